import gzip
from pathlib import Path

import pytest

from eval.external.files import Line, read_rows
from eval.external.report import ExternalError


class Pair(Line):
    question: str
    number: int


def test_plain_and_gzipped_lines_are_read_alike_and_unknown_fields_let_by(tmp_path: Path) -> None:
    lines = '{"question": "why?", "number": 1, "licence": "x"}\n\n{"question": "é", "number": 2}\n'
    plain, packed = tmp_path / "a.jsonl", tmp_path / "a.jsonl.gz"
    plain.write_text(lines, "utf-8")
    packed.write_bytes(gzip.compress(lines.encode()))
    wanted = (Pair(question="why?", number=1), Pair(question="é", number=2))
    assert read_rows(plain, Pair) == wanted
    assert read_rows(packed, Pair) == wanted


def test_a_missing_file_says_which_option_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(ExternalError, match="--data DIR"):
        read_rows(tmp_path / "none.jsonl", Pair)


def test_a_line_of_another_shape_is_named_by_its_fields_and_not_quoted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"question": "private words", "number": "many"}\n', "utf-8")
    with pytest.raises(ExternalError, match="number") as raised:
        read_rows(path, Pair)
    assert "private" not in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_an_empty_file_is_no_set(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    with pytest.raises(ExternalError, match="empty"):
        read_rows(path, Pair)


def test_a_torn_archive_is_an_error_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"question": "q", "number": 1}\n' * 99)[:-9])
    with pytest.raises(ExternalError, match="cannot be read"):
        read_rows(path, Pair)
