"""What is to be measured at one size, and where: all that a measured process is told."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from eval.bench.made_encoder import MadeEncoder
from eval.bench.made_shelf import MadeShelf
from index.encode import Encoder

WARM_UP = 50
"""Questions that are searched before the clock runs; none of them is asked again."""
TOP = 10

EncoderName = Literal["made", "real"]


@dataclass(frozen=True, slots=True)
class Plan:
    """One size."""

    folder: str
    """Where everything of this size is written."""
    size: int
    """Passages, about."""
    encoder: EncoderName
    questions: int
    """Questions that are timed and whose finds are compared."""
    repeats: int
    """Documents that are added, changed and deleted, one after the other."""
    memory: int
    """Bytes a rival may allocate; 0 for as many as there are."""
    exact: int
    """Passages up to which ours compares everything."""

    @property
    def shelf(self) -> MadeShelf:
        """The documents."""
        return MadeShelf.of_passages(self.size)

    @property
    def reference(self) -> Path:
        """Folder of the vectors that rivals are given, and of what an exact search finds."""
        return Path(self.folder) / "reference"

    def place(self, who: str) -> Path:
        """Folder of one contestant's index."""
        return Path(self.folder) / who

    def open_encoder(self) -> Encoder:
        """The encoder, not loaded yet."""
        if self.encoder == "made":
            return MadeEncoder()
        from index.encoders import SentenceTransformerEncoder

        return SentenceTransformerEncoder()

    def as_argument(self) -> str:
        """For the command line of a measured process."""
        return json.dumps(asdict(self))

    @classmethod
    def of_argument(cls, argument: str) -> "Plan":
        """What `as_argument` wrote."""
        return cls(**json.loads(argument))
