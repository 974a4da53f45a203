"""Opening: exactly the right index or a refusal that says what to run; never a trace left."""

import json
import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Document
from index import manifest
from index.build import build_index
from index.errors import (
    DamagedIndexError,
    IndexNotBuiltError,
    PassageIndexError,
    StaleIndexError,
)
from index.faiss_engine import FaissEngine
from index.opening import open_index, open_live
from index.shelf_index import ShelfIndex
from index.spec import FORMAT_VERSION
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import ANKLE, ASKING_TEXTS, BALANCE, OUT_OF_SCOPE, asking

ASKING_ANKLE, ASKING_BALANCE = ASKING_TEXTS

FILES = (
    "texts.jsonl",
    "texts.starts",
    "cards.jsonl",
    "documents.ids",
    "passages.rows",
    "sentences.rows",
    "asked.rows",
    "passage.units",
    "sentence.counts",
    "asked.keys",
    "words.json",
    "questions.json",
    "questions.rows",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    build_index(ASKING_TEXTS, FakeEncoder(), tmp_path, out_of_scope=OUT_OF_SCOPE)
    return tmp_path


def opened(
    root: Path,
    documents: Sequence[Document] = ASKING_TEXTS,
    encoder: FakeEncoder | None = None,
    out_of_scope: Sequence[str] = OUT_OF_SCOPE,
) -> ShelfIndex:
    return open_index(documents, encoder or FakeEncoder(), root, out_of_scope=out_of_scope)


def stored(root: Path, name: str) -> Path:
    (path,) = root.glob(f"**/{name}")
    return path


def refusal(root: Path, kind: type[PassageIndexError]) -> str:
    with pytest.raises(kind) as caught:
        opened(root)
    assert "python -m assistant index" in str(caught.value)
    return str(caught.value)


def edit_label(root: Path, change: Callable[[dict[str, dict[str, object]]], object]) -> None:
    label = json.loads(stored(root, "manifest.json").read_text())
    change(label)
    stored(root, "manifest.json").write_text(json.dumps(label))


def test_what_was_built_is_what_is_opened(root: Path) -> None:
    shelf = {document.id: document for document in ASKING_TEXTS}
    for passage in opened(root).passages:
        assert shelf[passage.span.document_id].words_at(passage.span) == passage.text


def test_the_questions_are_opened_with_their_sentences(root: Path) -> None:
    found = {s.text: s.asked for each in opened(root).passages for s in each.sentences if s.asked}
    assert found == {
        "Potassium.": ("which mineral", "do bananas help"),
        "Hang the heels off a kerb.": ("what about steps",),
        "Socks make it harder.": ("barefoot or shod", "shoes on", "on carpet"),
    }


def test_opening_wakes_no_encoder(root: Path) -> None:
    encoder = FakeEncoder()
    opened(root, encoder=encoder)
    assert encoder.encoded == []


def test_opening_and_searching_leave_no_trace(root: Path) -> None:
    def trace() -> dict[str, tuple[int, int, int]]:
        paths = [root, *root.rglob("*")]
        stats = {str(path): path.stat() for path in paths}
        return {name: (s.st_mtime_ns, s.st_ctime_ns, s.st_size) for name, s in stats.items()}

    before = trace()
    opened(root).search("heels", 3)
    with pytest.raises(StaleIndexError):
        opened(root, (ASKING_ANKLE,))
    assert trace() == before


def test_opening_where_nothing_is_leaves_nothing(tmp_path: Path) -> None:
    refusal(tmp_path / "nowhere", IndexNotBuiltError)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_noticed(root: Path, name: str) -> None:
    stored(root, name).unlink()
    assert name in refusal(root, DamagedIndexError)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("left", [0, 0.1, 0.9])
def test_a_file_cut_short_is_noticed(root: Path, name: str, left: float) -> None:
    path = stored(root, name)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * left)])
    assert name in refusal(root, DamagedIndexError)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [0, 0.3, 0.99])
def test_a_single_flipped_bit_is_noticed(root: Path, name: str, place: float) -> None:
    path = stored(root, name)
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 1
    path.write_bytes(content)
    assert name in refusal(root, DamagedIndexError)


def test_a_missing_label_counts_as_not_built(root: Path) -> None:
    stored(root, "manifest.json").unlink()
    refusal(root, IndexNotBuiltError)


@pytest.mark.parametrize("label", ["", "{", "null", '{"spec": {}}', "\x00\xff"])
def test_an_unreadable_label_is_noticed(root: Path, label: str) -> None:
    stored(root, "manifest.json").write_text(label)
    refusal(root, DamagedIndexError)


def test_a_label_that_leaves_a_segment_out_is_noticed(root: Path) -> None:
    edit_label(root, lambda label: label["segments"].clear())
    assert refusal(root, DamagedIndexError)


def test_a_label_that_reaches_outside_is_refused(root: Path) -> None:
    def outside(label: dict[str, dict[str, object]]) -> None:
        ((name, segment),) = label["segments"].items()
        label["segments"] = {"../../secret": segment}
        assert name

    edit_label(root, outside)
    refusal(root, DamagedIndexError)


def test_code_hidden_in_any_file_is_not_run(root: Path, tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[object, ...]]:
            return Path.touch, (tmp_path / "sprung",)

    for name in (*FILES, "manifest.json"):
        stored(root, name).write_bytes(pickle.dumps(Trap()))
        refusal(root, DamagedIndexError)
    assert not (tmp_path / "sprung").exists()


def test_other_weights_under_the_same_name_are_refused(root: Path) -> None:
    with pytest.raises(StaleIndexError, match=r"encoder_digest .*python -m assistant index"):
        opened(root, encoder=FakeEncoder(seed=1))


def test_another_dimension_is_refused(root: Path) -> None:
    with pytest.raises(StaleIndexError, match="dimension 24 then, 48 now"):
        opened(root, encoder=FakeEncoder(dimension=48))


def test_another_encoder_is_named_in_the_refusal(root: Path) -> None:
    with pytest.raises(StaleIndexError, match="encoder fake then, better now"):
        opened(root, encoder=FakeEncoder("better"))


def test_changed_texts_are_named_in_the_refusal(root: Path) -> None:
    retitled = replace(ASKING_BALANCE, title="Worse balance")
    with pytest.raises(StaleIndexError, match=f"texts changed: {BALANCE.id}\\)"):
        opened(root, (ASKING_ANKLE, retitled))
    with pytest.raises(StaleIndexError, match=f"texts changed: {BALANCE.id}\\)"):
        opened(root, (ASKING_ANKLE,))


@pytest.mark.parametrize(
    "questions",
    [
        ["which mineral"],
        ["do bananas help", "which mineral"],
        ["which mineral", "do bananas help", "salt or not"],
        [],
    ],
)
def test_a_text_whose_questions_changed_is_named_in_the_refusal(
    root: Path, questions: list[str]
) -> None:
    changed = asking(ANKLE, {"Potassium.": questions, "Hang the heels off a kerb.": ["on steps"]})
    with pytest.raises(StaleIndexError, match=rf"\(texts changed: {ANKLE.id}\).*python -m"):
        opened(root, (changed, ASKING_BALANCE))


@pytest.mark.parametrize(
    "questions", [(), OUT_OF_SCOPE[:1], OUT_OF_SCOPE[::-1], (*OUT_OF_SCOPE, "how deep is the sea")]
)
def test_changed_out_of_scope_questions_are_named_in_the_refusal(
    root: Path, questions: tuple[str, ...]
) -> None:
    wanted = r"\(out-of-scope questions changed\).*python -m assistant index"
    with pytest.raises(StaleIndexError, match=wanted):
        opened(root, out_of_scope=questions)


def test_everything_that_changed_is_named_at_once(root: Path) -> None:
    with pytest.raises(StaleIndexError) as caught:
        opened(root, (ASKING_ANKLE,), FakeEncoder("better"), ())
    for part in (BALANCE.id, "out-of-scope questions changed", "encoder fake then, better now"):
        assert part in str(caught.value)


def test_an_older_format_is_named_in_the_refusal(root: Path) -> None:
    def age(label: dict[str, dict[str, object]]) -> None:
        label["spec"]["format_version"] = FORMAT_VERSION - 1
        del label["out_of_scope"]
        label["retired_field"] = {}

    edit_label(root, age)
    told = refusal(root, StaleIndexError)
    assert f"in format {FORMAT_VERSION - 1}, this program reads format {FORMAT_VERSION}." in told


def test_documents_a_club_added_are_no_reason_to_refuse_a_live_index(root: Path) -> None:
    encoder = FakeEncoder()
    live = open_live(ASKING_TEXTS[:1], encoder, FaissEngine(root), out_of_scope=OUT_OF_SCOPE)
    assert live.count == 5
    assert live.document_ids == [ANKLE.id, BALANCE.id]
    assert encoder.encoded == []


def test_a_live_index_without_the_bundled_documents_as_they_are_is_refused(root: Path) -> None:
    other = (replace(ASKING_ANKLE, title="Another"),)
    with pytest.raises(StaleIndexError, match=rf"texts changed: {ANKLE.id}\)"):
        open_live(other, FakeEncoder(), FaissEngine(root), out_of_scope=OUT_OF_SCOPE)


def test_a_file_that_is_swept_away_while_it_is_read_is_looked_for_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A builder replaces the index between the label being read and the files it names."""
    engine = FaissEngine(root)
    read = manifest.read_manifest
    built: list[bool] = []

    def overtaken(place: Path) -> manifest.Manifest | None:
        found = read(place)
        if not built:
            built.append(True)
            build_index(ASKING_TEXTS, FakeEncoder(), root, out_of_scope=OUT_OF_SCOPE, force=True)
        return found

    monkeypatch.setattr("index.faiss_engine.read_manifest", overtaken)
    assert engine.open().label.passages == 5
    assert built


def test_a_snapshot_answers_as_before_after_its_files_are_gone(root: Path) -> None:
    before = opened(root)
    expected = before.search("heels", 9)
    build_index((ASKING_BALANCE,), FakeEncoder(), root, out_of_scope=(), force=True)
    assert before.search("heels", 9) == expected
    assert before.passages_of(ANKLE.id)
