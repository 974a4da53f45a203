"""A kept encoder is the one that was written, or it is not used; writing one loses none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoder_paths import EncoderPath
from index.errors import EncoderError, IndexWriteError
from index.onnx_files import keep, kept_file, read_kept

WEIGHTS, OTHER = "a" * 64, "b" * 64
ONNX, INT8 = EncoderPath.ONNX, EncoderPath.ONNX_INT8


def test_what_was_kept_is_found_and_read(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there yet"
    written = keep(folder, WEIGHTS, ONNX, b"model")
    assert kept_file(folder, WEIGHTS, ONNX) == written
    assert read_kept(written) == b"model"


def test_a_file_is_for_its_weights_and_its_path_alone(tmp_path: Path) -> None:
    keep(tmp_path, WEIGHTS, INT8, b"small")
    assert kept_file(tmp_path, WEIGHTS, ONNX) is None
    assert kept_file(tmp_path, OTHER, INT8) is None
    assert kept_file(tmp_path / "nowhere", WEIGHTS, INT8) is None


def test_a_new_file_takes_the_place_of_the_old_and_of_no_other(tmp_path: Path) -> None:
    keep(tmp_path, WEIGHTS, ONNX, b"old")
    small = keep(tmp_path, WEIGHTS, INT8, b"small")
    new = keep(tmp_path, WEIGHTS, ONNX, b"new")
    assert sorted(tmp_path.iterdir()) == sorted([small, new])
    assert keep(tmp_path, WEIGHTS, ONNX, b"new") == new
    assert read_kept(new) == b"new"


@given(st.binary(min_size=1, max_size=64), st.data())
def test_any_flipped_bit_and_any_cut_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, data: st.DataObject
) -> None:
    file = keep(tmp_path_factory.mktemp("kept"), WEIGHTS, ONNX, content)
    bit = data.draw(st.integers(0, 8 * len(content) - 1))
    flipped = bytearray(content)
    flipped[bit // 8] ^= 1 << bit % 8
    for harmed in (bytes(flipped), content[: data.draw(st.integers(0, len(content) - 1))]):
        file.write_bytes(harmed)
        with pytest.raises(EncoderError, match=r"damaged.*assistant index"):
            read_kept(file)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    file = keep(tmp_path, WEIGHTS, ONNX, b"model")
    file.unlink()
    with pytest.raises(EncoderError, match=r"cannot be read.*assistant index"):
        read_kept(file)


def test_a_full_disk_leaves_the_file_that_was_there_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = keep(tmp_path, WEIGHTS, ONNX, b"old")

    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.onnx_files.write_through", full)
    with pytest.raises(IndexWriteError, match="No space left"):
        keep(tmp_path, WEIGHTS, ONNX, b"new")
    assert list(tmp_path.iterdir()) == [old]
    assert read_kept(old) == b"old"


def test_a_place_that_is_no_folder_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexWriteError, match="cannot be written"):
        keep(tmp_path / "file", WEIGHTS, ONNX, b"model")
