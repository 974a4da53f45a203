"""A folder that is brought again is synced, and nothing is lost on the way."""

import os
from pathlib import Path

import pytest

from assistant.shelving import State
from assistant.shelving.walk import files_in
from corpus import DocumentKind, TrustTier
from corpus.library.card import CardChange
from tests.assistant.shelving.made_shelving import Club, about, fates, line


@pytest.fixture
def club(tmp_path: Path) -> Club:
    made = Club(tmp_path)
    made.write("calf.md", about("calf"))
    made.write("more/shin.md", about("shin"))
    return made


def test_a_folder_comes_to_the_shelf_with_all_its_folders(club: Club) -> None:
    club.write(".hidden.md", about("hidden"))
    club.write(".git/config.md", about("config"))
    done = club.bring()
    assert fates(done) == {"calf.md": State.ADDED, "more/shin.md": State.ADDED}
    assert line(done, "calf.md") == "“calf”: article, 3 sentences, tier practitioner"
    assert club.titles == ["calf", "shin"]
    assert done.said == "2 added"
    [entry, _] = club.shelving.entries()
    assert entry.id.startswith("calf-")
    assert entry.origin == f"file:{club.files / 'calf.md'}"
    assert entry.folder == str(club.files)
    assert entry.tier is TrustTier.PRACTITIONER
    assert club.shelving.library().document(entry.id).kind is DocumentKind.ARTICLE


def test_brought_again_nothing_is_read_and_nothing_changes(club: Club) -> None:
    club.bring()
    before = club.shelving.library().catalogue
    done = club.bring()
    assert set(fates(done).values()) == {State.UNCHANGED}
    assert club.read == []
    assert club.shelving.library().catalogue == before


def test_a_file_that_was_only_touched_is_not_read_anew(club: Club) -> None:
    path = club.write("calf.md", about("calf"))
    club.bring()
    os.utime(path, (1, 1))
    assert fates(club.bring())["calf.md"] is State.UNCHANGED
    assert club.read == []
    assert fates(club.bring(again=True))["calf.md"] is State.UNCHANGED
    assert club.read == ["calf.md", "more/shin.md"]


def test_a_file_written_a_moment_ago_is_never_taken_for_unchanged_by_its_time(club: Club) -> None:
    path = club.write("calf.md", about("calf", "Rest."), settled=False)
    club.bring()
    times = path.stat()
    path.write_text(about("calf", "Walk"))  # as long as before, and within one tick of the clock
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert fates(club.bring())["calf.md"] is State.CHANGED


def test_what_changed_is_read_and_what_is_gone_goes(club: Club) -> None:
    club.bring()
    [calf, shin] = club.shelving.entries()
    club.write("calf.md", about("calf", "And one sentence more."))
    (club.files / "more/shin.md").unlink()
    club.write("heel.md", about("heel"))
    done = club.bring()
    assert fates(done) == {
        "calf.md": State.CHANGED,
        "heel.md": State.ADDED,
        "more/shin.md": State.REMOVED,
    }
    assert "gone from the folder" in line(done, "more/shin.md")
    assert club.titles == ["calf", "heel"]
    assert club.shelving.library().entry(calf.id).text_digest != calf.text_digest
    assert "one sentence more" in club.shelving.library().text(calf.id)
    assert (
        club.shelving.undo() == "Undone: “shin” put back, “heel” taken off again, “calf” as before."
    )
    assert club.shelving.entries() == (calf, shin)
    assert club.titles == ["calf", "shin"]


def test_a_renamed_file_stays_the_same_document(club: Club) -> None:
    club.bring()
    before = {entry.title: entry.id for entry in club.shelving.entries()}
    (club.files / "calf.md").rename(club.files / "more" / "lower-leg.md")
    done = club.bring()
    assert fates(done) == {"more/lower-leg.md": State.CHANGED, "more/shin.md": State.UNCHANGED}
    assert "moved here" in line(done, "more/lower-leg.md")
    assert {entry.title: entry.id for entry in club.shelving.entries()} == before
    assert set(fates(club.bring()).values()) == {State.UNCHANGED}


def test_a_folder_that_was_moved_stays_the_same_documents(club: Club) -> None:
    club.bring()
    ids = [entry.id for entry in club.shelving.entries()]
    club.files = club.files.rename(club.files.with_name("moved"))
    done = club.bring()
    assert set(fates(done).values()) == {State.CHANGED}
    assert [entry.id for entry in club.shelving.entries()] == ids
    (club.files / "calf.md").unlink()
    assert fates(club.bring())["calf.md"] is State.REMOVED


def test_an_empty_folder_takes_nothing_off(club: Club) -> None:
    """A disk that is not there looks like a folder that somebody emptied."""
    club.bring()
    for path in (club.files / "calf.md", club.files / "more/shin.md"):
        path.unlink()
    done = club.bring()
    assert fates(done) == {str(club.files): State.REFUSED}
    assert "2 documents came from it" in line(done, str(club.files))
    assert club.titles == ["calf", "shin"]
    assert list(files_in(club.files)) == []


def test_a_folder_that_is_not_there_takes_nothing_off(club: Club) -> None:
    club.bring()
    gone = club.files.rename(club.files.with_name("elsewhere"))
    done = club.bring()
    assert list(fates(done).values()) == [State.REFUSED]
    assert "no such file or folder" in done.outcomes[0].line
    assert club.titles == ["calf", "shin"]
    gone.rename(club.files)


def test_a_file_that_can_no_longer_be_read_leaves_what_was_read(club: Club) -> None:
    club.bring()
    club.write("calf.md", b"")
    done = club.bring()
    assert fates(done)["calf.md"] is State.REFUSED
    assert line(done, "calf.md").endswith("; “calf” stays on the shelf as read before")
    assert club.titles == ["calf", "shin"]


def test_a_part_of_a_folder_is_synced_alone(club: Club) -> None:
    club.bring()
    (club.files / "more/shin.md").unlink()
    club.write("more/heel.md", about("heel"))
    (club.files / "calf.md").unlink()
    done = club.bring(club.files / "more")
    assert fates(done) == {"heel.md": State.ADDED, "shin.md": State.REMOVED}
    assert club.titles == ["calf", "heel"]


def test_a_file_that_was_added_by_itself_is_not_the_folders_to_take_off(club: Club) -> None:
    lone = club.write("lone.md", about("lone"))
    assert fates(club.bring(lone)) == {str(lone): State.ADDED}
    club.bring()
    lone.unlink()
    assert "lone.md" not in fates(club.bring())
    assert "lone" in club.titles


def test_what_the_operator_set_outlives_a_change_of_the_file(club: Club) -> None:
    club.bring()
    [calf, shin] = club.shelving.entries()
    club.shelving.edit(calf.id, CardChange(title="Our calf sheet", author="The physio"))
    club.write("calf.md", about("calf", "Once more."))
    club.bring(tier=TrustTier.CLINICIAN)
    [calf, shin] = club.shelving.entries()
    assert (calf.title, calf.author, calf.tier) == (
        "Our calf sheet",
        "The physio",
        TrustTier.CLINICIAN,
    )
    assert (shin.tier, shin.edited) == (TrustTier.CLINICIAN, ("tier",))
    club.write("calf.md", about("calf", "And once more."))
    club.bring()
    assert club.shelving.entries()[0].tier is TrustTier.CLINICIAN
    assert club.titles == ["Our calf sheet", "shin"]


def test_files_that_did_not_change_are_not_even_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    club = Club(tmp_path)
    for number in range(100):
        club.write(f"{number % 7}/{number}.md", about(f"sheet {number}"))
    club.bring()
    assert len(club.titles) == 100
    opened: list[str] = []
    real = os.open

    def noted(path: str, *rest: int) -> int:
        opened.append(str(path))
        return real(path, *rest)

    monkeypatch.setattr(os, "open", noted)
    outcomes = club.propose()
    assert set(fates(outcomes).values()) == {State.UNCHANGED}
    assert [path for path in opened if path.endswith(".md")] == []
