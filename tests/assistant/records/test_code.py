"""A chat's code can be read out over the telephone, and cannot be found from what is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import RecordsError
from assistant.records.code import ChatCode, new_code, read_code

MARKS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
codes = st.text(MARKS, min_size=12, max_size=12).map(ChatCode)


def test_a_new_code_has_three_groups_of_four_and_is_never_the_same() -> None:
    shown = {str(new_code()) for _ in range(200)}
    assert len(shown) == 200
    assert {tuple(map(len, one.split("-"))) for one in shown} == {(4, 4, 4)}
    assert set("".join(shown)) - set(MARKS) == {"-"}


@given(codes)
def test_a_code_is_read_as_it_is_shown(code: ChatCode) -> None:
    assert read_code(str(code)) == code


@given(codes, st.sampled_from(["", " ", "-", "–", " - ", "\u00a0"]), st.booleans())
def test_a_code_is_read_however_it_was_written_down(
    code: ChatCode, between: str, small: bool
) -> None:
    text = between.join(str(code).split("-")).replace("0", "O").replace("1", "l")
    assert read_code(f" {text.lower() if small else text}\n") == code


@pytest.mark.parametrize(
    "text", ["", "9K3M", "9K3M-Q9TX-2HVB-1", "9K3M-Q9TX-2HVU", "9K3M-Q9TX-2HV!", "7" * 100_000]
)
def test_what_is_no_code_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(RecordsError, match="not the code of a chat") as refused:
        read_code(text)
    assert not text or text not in str(refused.value)


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    try:
        read = read_code(text)
    except RecordsError:
        return
    assert read_code(str(read)) == read


def test_the_digest_is_all_there_is_of_a_code() -> None:
    code, other = ChatCode("7K3MQ9TX2HVB"), ChatCode("7K3MQ9TX2HVC")
    assert len(code.digest) == 64
    assert code.digest != other.digest
    assert code.marks not in code.digest.upper()
    assert "7K3M" not in repr(code)


def test_a_code_of_other_marks_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="twelve marks"):
        ChatCode("7k3mq9tx2hvb")
