"""What a club's documents look like in a terminal."""

from io import StringIO

from rich.console import Console

from assistant.shelving import Outcome, State
from assistant.terminal_shelf import print_card, print_list, print_outcomes
from corpus import Document
from tests.corpus.library.made_entries import entry_of, text_about


def printed_outcomes(*outcomes: Outcome, width: int = 120) -> str:
    out = StringIO()
    print_outcomes(outcomes, Console(file=out, width=width))
    return out.getvalue()


def test_every_file_has_a_row_and_what_it_is_called_is_no_markup() -> None:
    added = Outcome("[red]a.md", State.ADDED, "“[b]A[/b]”: article")
    text = printed_outcomes(added, Outcome("b.md", State.REFUSED, "it is empty"))
    assert "[red]a.md  added    “[b]A[/b]”: article" in text
    assert "b.md       refused  it is empty" in text


def test_very_many_files_that_did_not_change_share_a_row() -> None:
    same = [Outcome(f"{n}.md", State.UNCHANGED, "as it was") for n in range(21)]
    text = printed_outcomes(*same, Outcome("new.md", State.ADDED, "“New”"))
    assert "21 others  unchanged  all as they were" in text
    assert "new.md" in text
    assert "7.md" not in text
    assert "7.md" in printed_outcomes(*same[:20])


def test_the_list_shows_every_id_whole(documents: tuple[Document, ...]) -> None:
    entry = entry_of("file:/a", text_about("calf"), "A very long title of a hand-out of the physio")
    out = StringIO()
    print_list(documents, [entry], Console(file=out, width=80))
    ids = [*(each.id for each in documents), entry.id]
    assert [each for each in ids if each not in out.getvalue()] == []


def test_a_document_that_the_index_does_not_have_says_what_to_run() -> None:
    out = StringIO()
    print_card(entry_of("upload:a.md", text_about("calf")), (), Console(file=out, width=80))
    assert "from: upload:a.md" in out.getvalue()
    assert "wording: author's own" in out.getvalue()
    assert "Run: python -m assistant index" in out.getvalue()
