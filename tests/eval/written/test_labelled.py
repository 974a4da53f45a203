"""Labelled sentences are read whole, held against the shelf, and never quoted in an error."""

from pathlib import Path
from typing import Any

import pytest

from corpus import DocumentKind, load_documents
from eval.cases.case import Half
from eval.written.labelled import Kept, LabelledError, digest_of, read_labelled
from tests.eval.rivals.shelf import HEELS, document
from tests.eval.written.made import DRAFT, LIE, write_rows

SHELF = (document("heels", HEELS), document("talk", HEELS, DocumentKind.FORUM_THREAD))


def test_lies_come_before_drafts_with_whoever_is_cited(tmp_path: Path) -> None:
    write_rows(tmp_path / "drafts_small.jsonl", DRAFT, {**DRAFT, "id": "q-2", "half": "sealed"})
    talk = [{"document": "talk", "quote": "Then walk about."}]
    write_rows(tmp_path / "lies_dev.jsonl", LIE, {**LIE, "id": "d-2", "cites": talk})
    first, second, draft = read_labelled(Half.DEV, SHELF, tmp_path)
    assert (first.kept, first.group, first.supported) == (Kept.LIES, "number", False)
    assert [source.speaker for source in first.sources] == [("heels", "author")]
    assert not first.sources[0].forum
    assert second.sources[0].forum
    assert (draft.kept, draft.group, draft.sentence) == (Kept.DRAFTS, "small", "Then walk about.")
    (sealed,) = read_labelled(Half.SEALED, SHELF, tmp_path)
    assert (sealed.id, sealed.half) == ("q-2", Half.SEALED)


def test_a_draft_may_cite_nothing(tmp_path: Path) -> None:
    write_rows(tmp_path / "drafts_small.jsonl", {**DRAFT, "cites": []})
    (draft,) = read_labelled(Half.DEV, SHELF, tmp_path)
    assert draft.sources == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"supported": "perhaps"}, "line 1 is no labelled sentence: supported"),
        ({"extra": 1}, "line 1 is no labelled sentence: extra"),
        ({"cites": [{"document": "none", "quote": "Secret."}]}, "cites a document that is not"),
        ({"cites": [{"document": "heels", "quote": "Secret."}]}, "no whole sentence of heels"),
    ],
)
def test_an_unsound_line_is_named_and_not_quoted(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    write_rows(tmp_path / "lies_sealed.jsonl", {**LIE, **change})
    with pytest.raises(LabelledError, match=said) as caught:
        read_labelled(Half.SEALED, SHELF, tmp_path)
    assert "ten seconds" not in str(caught.value)
    assert "Secret" not in str(caught.value)


def test_no_two_are_called_the_same_and_there_must_be_some(tmp_path: Path) -> None:
    with pytest.raises(LabelledError, match="git checkout eval"):
        read_labelled(Half.DEV, SHELF, tmp_path)
    write_rows(tmp_path / "lies_dev.jsonl", LIE, LIE)
    with pytest.raises(LabelledError, match="two labelled sentences are called d-1"):
        read_labelled(Half.DEV, SHELF, tmp_path)


def test_the_digest_sees_labels(tmp_path: Path) -> None:
    write_rows(tmp_path / "lies_dev.jsonl", LIE)
    before = digest_of(read_labelled(Half.DEV, SHELF, tmp_path))
    write_rows(tmp_path / "lies_dev.jsonl", {**LIE, "supported": True})
    assert digest_of(read_labelled(Half.DEV, SHELF, tmp_path)) != before


@pytest.mark.parametrize("half", list(Half))
def test_the_kept_ones_cite_the_shelf_as_it_is(half: Half) -> None:
    read = read_labelled(half, load_documents())
    lies = [one for one in read if one.kept is Kept.LIES]
    assert sum(not one.supported for one in lies) >= 100
    assert sum(one.supported for one in lies) >= 80
    assert all(one.sources for one in lies)
