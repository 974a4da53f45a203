"""Building: whole or not at all, nothing done twice, never two at once, no damage left standing."""

import fcntl
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Document
from index.build import BuildSummary, build_index
from index.errors import (
    BuildInProgressError,
    IndexWriteError,
    OverlongTextError,
    PassageIndexError,
    StaleIndexError,
)
from index.faiss_engine import FaissEngine
from index.manifest import read_manifest
from index.opening import open_index
from index.sources import Source
from index.spec import questions_digest
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import ANKLE, ASKING_TEXTS, BALANCE, OUT_OF_SCOPE, TWO_TEXTS, document_of


def build(
    root: Path, documents: Sequence[Document | Source] = TWO_TEXTS, *, force: bool = False
) -> tuple[FakeEncoder, BuildSummary]:
    encoder = FakeEncoder()
    return encoder, build_index(documents, encoder, root, force=force)


def segments_in(root: Path) -> list[str]:
    return sorted(entry.name for entry in (root / "segments").iterdir())


def test_the_summary_counts_what_was_built(tmp_path: Path) -> None:
    encoder, summary = build(tmp_path)
    assert (summary.passages, summary.sentences, summary.reused) == (5, 12, False)
    assert (summary.added, summary.changed, summary.removed) == (2, 0, 0)
    assert summary.path == tmp_path
    assert summary.seconds > 0
    assert summary.encoded == len(encoder.encoded) == 5 + 12


def test_an_unchanged_shelf_encodes_nothing_and_writes_nothing(tmp_path: Path) -> None:
    _, first = build(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    encoder, second = build(tmp_path)
    assert second.reused
    assert encoder.encoded == []
    assert (second.passages, second.sentences) == (first.passages, first.sentences)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_unchanged_documents_are_not_even_read(tmp_path: Path) -> None:
    def refuse() -> Document:
        raise AssertionError("nobody needs this text")

    build(tmp_path, [Source("a", "0" * 64, lambda: replace(ANKLE, id="a")), BALANCE])
    _, summary = build(tmp_path, [Source("a", "0" * 64, refuse), BALANCE])
    assert summary.reused


def test_a_new_document_is_encoded_and_no_other(tmp_path: Path) -> None:
    build(tmp_path, [ANKLE])
    encoder, summary = build(tmp_path)
    assert (summary.added, summary.changed, summary.removed) == (1, 0, 0)
    assert len(encoder.encoded) == 2 + 7
    assert all("Creaking ankle" not in text for text in encoder.encoded)


def test_of_a_changed_document_only_what_changed_is_encoded(tmp_path: Path) -> None:
    def told(last: str) -> Document:
        return document_of(
            [
                ("One", "author", ["Hills are steep.", "Feet are flat."]),
                ("Two", "author", ["Socks are warm.", last]),
            ]
        )

    build(tmp_path, [told("Rain is wet.")])
    encoder, summary = build(tmp_path, [told("Snow is cold.")])
    assert (summary.added, summary.changed) == (0, 1)
    assert sorted(encoder.encoded) == [
        "A made-up text | Two | author\nSocks are warm. Snow is cold.",
        "Two: Snow is cold.",
    ]
    found = open_index([told("Snow is cold.")], FakeEncoder(), tmp_path)
    assert [each.text for each in found.passages][1] == "Socks are warm. Snow is cold."


def test_a_new_author_is_taken_over_and_encodes_nothing(tmp_path: Path) -> None:
    build(tmp_path)
    signed = replace(ANKLE, provenance=replace(ANKLE.provenance, author="Ada"))
    encoder, summary = build(tmp_path, [signed, BALANCE])
    assert (summary.changed, encoder.encoded) == (1, [])
    origin = open_index([signed, BALANCE], FakeEncoder(), tmp_path).origin(ANKLE.id)
    assert origin is not None
    assert origin.author == "Ada"


def test_a_removed_document_is_gone_from_search_and_words_at_once(tmp_path: Path) -> None:
    build(tmp_path)
    encoder, summary = build(tmp_path, [BALANCE])
    assert (summary.removed, encoder.encoded) == (1, [])
    opened = open_index([BALANCE], FakeEncoder(), tmp_path)
    assert {hit.passage.span.document_id for hit in opened.search("ankle", 99)} == {BALANCE.id}
    assert "potassium" not in opened.vocabulary
    assert opened.card(ANKLE.id) is None


def test_passage_ids_survive_a_rebuild_and_other_documents(tmp_path: Path) -> None:
    build(tmp_path, [ANKLE])
    before = [each.id for each in open_index([ANKLE], FakeEncoder(), tmp_path).passages]
    build(tmp_path, force=True)
    after = open_index(TWO_TEXTS, FakeEncoder(), tmp_path).passages_of(ANKLE.id)
    assert [each.id for each in after] == before


def test_new_out_of_scope_questions_are_encoded_and_no_others(tmp_path: Path) -> None:
    build_index(TWO_TEXTS, FakeEncoder(), tmp_path, out_of_scope=OUT_OF_SCOPE)
    encoder = FakeEncoder()
    more = ("is it late", *OUT_OF_SCOPE)
    summary = build_index(TWO_TEXTS, encoder, tmp_path, out_of_scope=more)
    assert encoder.encoded == ["is it late"]
    assert not summary.reused


def test_two_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="same id"):
        build(tmp_path, [ANKLE, ANKLE])


def test_an_index_is_built_again_when_forced_and_the_old_one_swept_away(tmp_path: Path) -> None:
    build(tmp_path)
    before = segments_in(tmp_path)
    encoder, second = build(tmp_path, force=True)
    assert not second.reused
    assert encoder.encoded
    assert len(segments_in(tmp_path)) == 1
    assert segments_in(tmp_path) != before


NAMES = ["texts.jsonl", "passages.rows", "asked.keys", "documents.first", "cards.jsonl"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [b"nonsense", b""])
def test_a_damaged_part_is_made_anew_unasked_and_nothing_else(
    tmp_path: Path, name: str, content: bytes
) -> None:
    build(tmp_path, [ASKING_TEXTS[0]])
    damaged = next(tmp_path.glob(f"segments/*/{name}"))
    build(tmp_path, ASKING_TEXTS)
    damaged.write_bytes(content)
    encoder, repaired = build(tmp_path, ASKING_TEXTS)
    assert not repaired.reused
    assert all("Better balance" not in text for text in encoder.encoded)
    assert len(open_index(ASKING_TEXTS, FakeEncoder(), tmp_path).passages) == 5


@pytest.mark.parametrize("name", ["questions.json", "questions.rows"])
def test_damaged_questions_are_made_anew_and_no_document_is(tmp_path: Path, name: str) -> None:
    build_index(TWO_TEXTS, FakeEncoder(), tmp_path, out_of_scope=OUT_OF_SCOPE)
    next(tmp_path.glob(f"questions/*/{name}")).write_bytes(b"nonsense")
    encoder = FakeEncoder()
    repaired = build_index(TWO_TEXTS, encoder, tmp_path, out_of_scope=OUT_OF_SCOPE)
    assert not repaired.reused
    assert sorted(encoder.encoded) == sorted(OUT_OF_SCOPE)
    opened = open_index(TWO_TEXTS, FakeEncoder(), tmp_path, out_of_scope=OUT_OF_SCOPE)
    assert opened.scope(opened.encode(OUT_OF_SCOPE[:1])).out_of_scope == pytest.approx(1.0)


def test_damage_is_repaired_even_while_something_else_is_added(tmp_path: Path) -> None:
    build(tmp_path, [ANKLE])
    rows = next(tmp_path.glob("segments/*/sentences.rows"))
    flipped = bytearray(rows.read_bytes())
    flipped[7] ^= 64
    rows.write_bytes(flipped)
    build(tmp_path)  # quick looks see no flipped bit
    _, repaired = build(tmp_path)
    assert repaired.changed in {0, 1}
    assert len(open_index(TWO_TEXTS, FakeEncoder(), tmp_path).passages) == 5


def test_an_index_without_a_readable_label_is_built_again_unasked(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    _, repaired = build(tmp_path)
    assert not repaired.reused
    assert len(segments_in(tmp_path)) == 1


def test_another_encoder_makes_everything_anew(tmp_path: Path) -> None:
    build(tmp_path)
    other = FakeEncoder(seed=2)
    summary = build_index(TWO_TEXTS, other, tmp_path)
    assert len(other.encoded) == 17
    assert not summary.reused
    assert len(segments_in(tmp_path)) == 1
    with pytest.raises(StaleIndexError, match="encoder_digest"):
        open_index(TWO_TEXTS, FakeEncoder(), tmp_path)


def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    build_index(TWO_TEXTS, FakeEncoder(), tmp_path, progress=lambda *at: told.append(at))
    assert told
    assert told[-1][0] == told[-1][1]
    assert told == sorted(told)


def test_the_label_says_what_is_inside(tmp_path: Path) -> None:
    build(tmp_path)
    manifest = read_manifest(tmp_path)
    assert manifest is not None
    assert manifest.spec.encoder == "fake"
    assert set(manifest.documents) == {ANKLE.id, BALANCE.id}
    assert manifest.out_of_scope == questions_digest(())
    (label,) = manifest.segments.values()
    (folder,) = (tmp_path / "segments").iterdir()
    assert set(label.files) == {path.name for path in folder.iterdir()}
    assert json.loads((tmp_path / "manifest.json").read_bytes())["spec"]["encoder"] == "fake"


def test_many_small_changes_leave_few_segments_and_the_same_answers(tmp_path: Path) -> None:
    shelf = [
        document_of([("Part", "author", [f"Calf number {n} aches on hill {n % 3}."])], name=f"d{n}")
        for n in range(16)
    ]
    for count in range(1, 17):
        build(tmp_path, shelf[:count])
    for n in range(0, 16, 3):
        shelf[n] = replace(shelf[n], title=f"Renamed {n}")
        build(tmp_path, shelf)
    assert len(segments_in(tmp_path)) <= 6
    fresh = tmp_path / "fresh"
    build(fresh, shelf)
    grown, made = (open_index(shelf, FakeEncoder(), each) for each in (tmp_path, fresh))
    for query in ("hill 2", "calf number 7", "renamed"):
        assert grown.search(query, 99) == made.search(query, 99)
    assert grown.vocabulary == made.vocabulary


class DyingEncoder(FakeEncoder):
    """Gives up in the middle of the work."""

    def encode(self, texts: object) -> object:  # type: ignore[override]
        raise KeyboardInterrupt


def test_a_build_that_stops_half_way_leaves_the_old_index(tmp_path: Path) -> None:
    build(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        build_index(TWO_TEXTS, DyingEncoder(), tmp_path, force=True)  # type: ignore[arg-type]
    assert len(open_index(TWO_TEXTS, FakeEncoder(), tmp_path).passages) == 5
    build(tmp_path, force=True)
    assert len(segments_in(tmp_path)) == 1


def test_a_first_build_that_was_killed_counts_as_none(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(PassageIndexError, match="python -m assistant index"):
        open_index(TWO_TEXTS, FakeEncoder(), tmp_path)


def test_a_second_builder_is_turned_away(tmp_path: Path) -> None:
    with (tmp_path / ".building").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BuildInProgressError, match="python -m assistant index"):
            build(tmp_path)
    assert not build(tmp_path)[1].reused


def test_a_builder_that_was_overtaken_says_so(tmp_path: Path) -> None:
    class Slow(FakeEncoder):
        """Somebody else builds while this one thinks."""

        def count_tokens(self, text: str) -> int:
            if not self.encoded:
                self.encoded.append("overtaken")
                build_index([ANKLE], FakeEncoder(), tmp_path)
            return super().count_tokens(text)

    build(tmp_path, [ANKLE])
    engine = FaissEngine(tmp_path)
    before = engine.label()
    assert before is not None
    build(tmp_path, [BALANCE])
    with pytest.raises(BuildInProgressError, match="in the meantime"):
        engine.commit(
            before.spec, (), (ANKLE.id,), engine.open().out_of_scope(), since=before.generation
        )
    with pytest.raises(BuildInProgressError, match="Another process is building"):
        build_index(TWO_TEXTS, Slow(), tmp_path)
    assert len(open_index([BALANCE], FakeEncoder(), tmp_path).passages) == 2


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    occupied = tmp_path / "artifacts"
    occupied.write_text("a file where the folder should be")
    with pytest.raises(IndexWriteError, match=r"cannot be written.*artifacts.*python -m assistant"):
        build(occupied)
    assert occupied.read_text() == "a file where the folder should be"


def test_a_folder_that_forbids_writing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path)

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", forbidden)
    with pytest.raises(IndexWriteError, match="Permission denied"):
        build(tmp_path, force=True)
    monkeypatch.undo()
    assert len(open_index(TWO_TEXTS, FakeEncoder(), tmp_path).passages) == 5


def test_a_disk_that_fills_up_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(IndexWriteError, match="No space left"):
        build(tmp_path, force=True)
    monkeypatch.undo()
    assert len(open_index(TWO_TEXTS, FakeEncoder(), tmp_path).passages) == 5


def test_a_text_the_encoder_cannot_read_whole_stops_the_build(tmp_path: Path) -> None:
    class Miscounting(FakeEncoder):
        """Says a text is short until it stands under its header."""

        def count_tokens(self, text: str) -> int:
            return 1000 if "\n" in text else 1

    documents: tuple[Document, ...] = (document_of([("Point", "author", ["The point."])]),)
    with pytest.raises(OverlongTextError, match="drop the end"):
        build_index(documents, Miscounting(), tmp_path)
    assert not (tmp_path / "manifest.json").exists()
