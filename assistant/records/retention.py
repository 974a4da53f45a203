"""When what is kept has to go. Tells no time itself: whoever asks says what time it is."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assistant.records.store import Records

EVERY = timedelta(hours=1)
"""Between two sweeps: nothing is kept longer than its days and this."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long turns are kept, and when somebody last looked."""

    days: int
    swept_at: datetime | None = None

    def since(self, now: datetime) -> datetime:
        """What was asked before this moment must go, and is shown to nobody."""
        return now - timedelta(days=self.days)

    def due(self, now: datetime) -> bool:
        """Whether it is time for a sweep; also after a clock was put back."""
        return self.swept_at is None or not timedelta() <= now - self.swept_at < EVERY

    def swept(self, records: Records, now: datetime) -> tuple["Retention", int]:
        """Sweeps; the retention from now on, and how many turns went. Raises RecordsError."""
        gone = records.sweep(self.since(now))
        return replace(self, swept_at=now), gone
