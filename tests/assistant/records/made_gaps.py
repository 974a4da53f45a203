"""Gaps put together by hand, with words that a page must not take for markup."""

from datetime import date

from assistant.records.gaps import Gap, Gaps

HOSTILE = 'does <script>alert(1)</script> & <b>beetroot</b> "help"?'

WHOLE = Gaps(
    since=date(2026, 10, 27),
    turns=14,
    untold=3,
    found=(
        Gap(
            7, 5, date(2026, 11, 1), date(2026, 11, 20), "Salt & <water>", (HOSTILE, "beet juice?")
        ),
        Gap(2, 2, date(2026, 11, 3), date(2026, 11, 3), "", ("هل يساعد الشمندر؟",)),
        Gap(2, 1, date(2026, 11, 3), date(2026, 11, 3), "On pacing", ()),
        Gap(1, 1, date(2026, 11, 4), date(2026, 11, 4), "On pacing", ()),
        Gap(1, 1, date(2026, 11, 5), date(2026, 11, 5), "", ()),
    ),
    least=2,
)
NOTHING = Gaps(date(2026, 10, 27), 0, 0, (), 2)
