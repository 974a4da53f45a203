"""What is accepted goes on the shelf and into the index, or nothing does; and it can be undone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.shelving import PathSource, State, UploadSource, amended
from corpus import TrustTier
from corpus.errors import (
    DamagedLibraryError,
    InvalidCardError,
    LibraryBusyError,
    NothingToUndoError,
    UnknownEntryError,
)
from corpus.library.card import CardChange
from corpus.library.disk import only_writer
from index.errors import IndexWriteError
from tests.assistant.shelving.made_shelving import TODAY, Club, about, fates, line


@pytest.fixture
def club(tmp_path: Path) -> Club:
    made = Club(tmp_path)
    for name in ("calf", "shin"):
        made.write(f"{name}.md", about(name))
    made.bring()
    return made


def upload(title: str, more: str = "") -> UploadSource:
    return UploadSource(f"{title}.md", about(title, more).encode())


def failing(error: BaseException) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def test_proposing_changes_nothing(club: Club, tmp_path: Path) -> None:
    before = club.shelving.library().catalogue, club.index.times
    outcomes = club.propose(upload("heel"))
    assert fates(outcomes) == {"heel.md": State.ADDED}
    assert outcomes[0].entry is not None
    assert outcomes[0].entry.added == TODAY
    assert outcomes[0].text is not None
    assert (club.shelving.library().catalogue, club.index.times) == before
    fresh = Club(tmp_path / "fresh")
    fresh.propose(upload("heel"))
    assert not fresh.own.exists()


@pytest.mark.parametrize("error", [IndexWriteError("disk full"), KeyboardInterrupt()])
def test_if_the_index_cannot_follow_the_shelf_stays_as_it_was(
    club: Club, error: BaseException
) -> None:
    before = club.shelving.library().catalogue
    calf = before.entries[0].id
    club.index.fails = failing(error)
    outcomes = club.propose(upload("heel"))
    for change in (
        lambda: club.shelving.accept(outcomes),
        lambda: club.shelving.edit(calf, CardChange(title="Other")),
        lambda: club.shelving.remove([calf]),
        club.shelving.undo,
    ):
        with pytest.raises(type(error)):
            change()
        assert club.shelving.library().catalogue == before
        assert len(list((club.own / "texts").iterdir())) == 2
        assert not (club.own / "pending.json").exists()
    club.index.fails = lambda: None
    club.shelving.accept(outcomes)
    assert club.titles == ["calf", "heel", "shin"]


def test_an_interruption_just_after_the_change_loses_none_of_its_texts(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = club.propose(upload("heel"))
    real = Path.replace

    def interrupted(source: Path, target: Path) -> None:
        real(source, target)
        if target.name == "library.json":
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            club.shelving.accept(outcomes)
    assert club.titles == ["calf", "heel", "shin"]
    library = club.shelving.library()
    assert [library.document(entry.id).id for entry in library.entries]


def test_somebody_else_at_it_is_said_and_nothing_is_changed(club: Club) -> None:
    outcomes = club.propose(upload("heel"))
    with only_writer(club.own), pytest.raises(LibraryBusyError):
        club.shelving.accept(outcomes)
    assert club.titles == ["calf", "shin"]
    assert club.shelving.accept(outcomes).said == "1 added"


def test_the_same_accepted_twice_is_there_once(club: Club) -> None:
    outcomes = club.propose(upload("heel"))
    assert club.shelving.accept(outcomes).said == "1 added"
    assert club.shelving.accept(outcomes).said == "1 unchanged"
    assert club.titles == ["calf", "heel", "shin"]


def test_two_previews_of_one_text_end_as_one_document(club: Club) -> None:
    first = club.propose(upload("heel"))
    second = club.propose(UploadSource("other.md", about("heel").encode()))
    club.shelving.accept(first)
    done = club.shelving.accept(second)
    assert fates(done) == {"other.md": State.DUPLICATE}
    assert "duplicate of “heel”" in line(done, "other.md")
    assert club.titles == ["calf", "heel", "shin"]


def test_two_previews_of_one_name_end_as_one_document_of_the_later_text(club: Club) -> None:
    first = club.propose(UploadSource("a.md", about("first").encode()))
    second = club.propose(UploadSource("a.md", about("second").encode()))
    club.shelving.accept(first)
    assert fates(club.shelving.accept(second)) == {"a.md": State.CHANGED}
    assert club.titles == ["calf", "second", "shin"]


def test_what_was_taken_off_since_the_preview_is_not_half_put_back(club: Club) -> None:
    club.write("calf.md", about("calf"))
    calf, shin = club.shelving.entries()
    told = club.propose(tier=TrustTier.FORUM)
    club.shelving.remove([calf.id])
    done = club.shelving.accept(told)
    assert fates(done) == {"calf.md": State.REFUSED, "shin.md": State.CHANGED}
    assert "taken off meanwhile" in line(done, "calf.md")
    (club.files / "calf.md").unlink()
    (club.files / "shin.md").unlink()
    club.write("heel.md", about("heel"))
    gone = club.propose()
    club.shelving.remove([shin.id])
    assert fates(club.shelving.accept(gone)) == {
        "shin.md": State.UNCHANGED,
        "heel.md": State.ADDED,
    }


def test_what_the_operator_says_in_the_preview_is_kept(club: Club) -> None:
    [outcome] = club.propose(upload("heel"))
    change = CardChange(title="Heels", tier=TrustTier.CLINICIAN, published="2026-01-02")
    club.shelving.accept([amended(outcome, change)])
    heel = club.shelving.entries()[-1]
    assert (heel.title, heel.tier, heel.published) == ("Heels", "clinician", "2026-01-02")
    assert heel.edited == ("published", "tier", "title")
    [again] = club.propose(upload("heel"))
    assert again.state is State.UNCHANGED
    renamed = amended(again, CardChange(title="My heels"))
    assert fates(club.shelving.accept([renamed])) == {"heel.md": State.CHANGED}
    [duplicate] = club.propose(UploadSource("b.md", about("calf").encode()))
    assert amended(duplicate, change) == duplicate
    with pytest.raises(InvalidCardError):
        amended(outcome, CardChange(title=""))
    assert club.titles == ["My heels", "calf", "shin"]


def test_a_card_is_edited_in_the_index_too(club: Club) -> None:
    calf = club.shelving.entries()[0]
    edited = club.shelving.edit(calf.id, CardChange(author="The physio"))
    assert club.shelving.library().entry(calf.id) == edited
    assert club.index.held[calf.id] == edited.shape_digest != calf.shape_digest
    with pytest.raises(UnknownEntryError):
        club.shelving.edit("none-123456", CardChange(author="x"))


def test_removing_takes_all_or_none(club: Club) -> None:
    calf, shin = club.shelving.entries()
    with pytest.raises(UnknownEntryError, match="what comes with Soleus"):
        club.shelving.remove([calf.id, "cramp-release-article"])
    assert club.titles == ["calf", "shin"]
    assert club.shelving.remove([calf.id, shin.id, calf.id]) == (calf, shin)
    assert club.titles == []
    assert club.shelving.undo() == "Undone: 2 documents put back."
    assert club.titles == ["calf", "shin"]


def test_the_last_change_is_told_and_undone_one_after_the_other(club: Club) -> None:
    assert club.shelving.last_change() == "adding 2 documents"
    calf = club.shelving.entries()[0]
    club.shelving.edit(calf.id, CardChange(title="Calves"))
    assert club.shelving.last_change() == "changing “Calves”"
    club.bring(upload("heel"))
    assert club.shelving.last_change() == "adding “heel”"
    assert club.shelving.undo() == "Undone: “heel” taken off again."
    assert club.shelving.last_change() == "changing “Calves”"
    assert club.shelving.undo() == "Undone: “calf” as before."
    assert club.shelving.undo() == "Undone: 2 documents taken off again."
    assert club.titles == []
    assert club.shelving.last_change() == ""
    with pytest.raises(NothingToUndoError):
        club.shelving.undo()


def test_a_damaged_list_is_said_and_undo_puts_the_newest_sound_one_back(club: Club) -> None:
    club.bring(upload("heel"))
    (club.own / "library.json").write_text("{")
    with pytest.raises(DamagedLibraryError, match="python -m assistant undo"):
        club.shelving.entries()
    assert "2 documents" in club.shelving.undo()
    assert club.titles == ["calf", "shin"]


def test_progress_is_told_of_reading_saving_and_encoding(club: Club) -> None:
    told: list[tuple[str, int, int]] = []
    club.write("heel.md", about("heel"))
    outcomes = club.shelving.propose([], progress=lambda *each: told.append(each))
    assert (outcomes, told) == ((), [])
    outcomes = club.shelving.propose(
        [PathSource(club.files)], progress=lambda *each: told.append(each)
    )
    club.shelving.accept(outcomes, lambda *each: told.append(each))
    assert told == [
        ("Reading", 0, 3),
        ("Reading", 1, 3),
        ("Reading", 2, 3),
        ("Saving", 1, 1),
        ("Encoding", 1, 1),
    ]


def test_a_table_of_posts_holds_a_document_for_each_thread(club: Club) -> None:
    def table(*threads: str) -> UploadSource:
        rows = [f'{t},"What helps a {t}?"\n{t},"Rest the {t} for a week."\n' for t in threads]
        return UploadSource("posts.csv", ("thread,post\n" + "".join(rows)).encode())

    assert club.bring(table("sore heel")).said == "1 added"
    [*_, heel] = club.shelving.entries()
    assert (heel.part, heel.tier) == ("sore heel", TrustTier.FORUM)
    assert club.bring(table("sore heel", "tight calf")).said == "1 added, 1 unchanged"
    assert club.bring(table("sore heel", "tight calf")).said == "2 unchanged"
    done = club.bring(table("tight calf"))
    assert done.said == "1 unchanged, 1 removed"
    assert club.titles == ["calf", "shin", "tight calf"]
