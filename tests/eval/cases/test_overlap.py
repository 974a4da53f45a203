"""A question may not repeat the texts: five words in a row, two of them content words."""

import pytest

from eval.cases.overlap import runs_of, shared_runs

SHELF = runs_of(["Grip the cramping calf tightly with both hands, and then let it go again."])


@pytest.mark.parametrize(
    ("question", "shared"),
    [
        ("do i grip the cramping calf tightly?", ("grip the cramping calf tightly",)),
        ("GRIP THE CRAMPING CALF TIGHTLY", ("grip the cramping calf tightly",)),
        ("so grip, the cramping; calf tightly", ("grip the cramping calf tightly",)),
        ("grip the cramping calf hard", ()),
        # Five words in a row, but only "let" and "go" could be content words, and they are not.
        ("with both hands and then", ()),
        ("", ()),
    ],
)
def test_shared_runs(question: str, shared: tuple[str, ...]) -> None:
    found = shared_runs(question, SHELF)
    assert found == shared


def test_longer_runs_are_found_by_their_parts() -> None:
    assert len(shared_runs("the cramping calf tightly with both hands", SHELF)) == 3


def test_a_curly_apostrophe_is_an_apostrophe() -> None:
    shelf = runs_of(["the runner’s calf cramps badly now"])
    assert shared_runs("the runner's calf cramps badly", shelf)
