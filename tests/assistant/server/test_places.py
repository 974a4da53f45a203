"""The exact words behind a citation, for programs and for people."""

import pytest

from tests.assistant.server.served import Served
from tests.ui import scripted

PASSAGES = "/api/v1/passages"
SOURCE = scripted.RELEASE
SECOND = SOURCE.sentences[1].span


def test_a_passage_says_who_speaks_and_marks_what_was_cited(server: Served) -> None:
    path = f"{PASSAGES}/{SOURCE.id}?start={SECOND.start}&end={SECOND.end}"
    told = server.get(path).json()
    low, high = told["marked"]
    assert told["text"][low:high] == SOURCE.sentences[1].text
    assert (told["speaker"], told["kind"]) == (SOURCE.speaker, SOURCE.kind.value)


def test_a_person_reads_it_as_a_page(server: Served) -> None:
    path = f"{PASSAGES}/{SOURCE.id}?start={SECOND.start}&end={SECOND.end}"
    response = server.get(path, accept="text/html,*/*")
    assert response.headers["content-type"].startswith("text/html")
    assert f"<mark>{SOURCE.sentences[1].text}</mark>" in response.text.replace("&#x27;", "'")
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


def test_a_link_from_before_the_text_was_cut_anew_finds_its_place(server: Served) -> None:
    within = f"{SOURCE.span.document_id}:{SECOND.start}-{SECOND.end}"
    assert server.get(f"{PASSAGES}/{within}").json()["passage"] == SOURCE.id


@pytest.mark.parametrize("query", ["", "?start=5", "?start=9&end=3", "?start=0&end=999999999"])
def test_marks_lie_within_the_passage(server: Served, query: str) -> None:
    told = server.get(f"{PASSAGES}/{SOURCE.id}{query}").json()
    low, high = told["marked"]
    assert 0 <= low <= high <= len(told["text"])


@pytest.mark.parametrize(
    "name",
    [
        "nothing",
        "nothing:1-2",
        "a:b-c",
        f"{SOURCE.span.document_id}:999999-1000000",
        "%00:1",
        f"{SOURCE.span.document_id}:{'9' * 400}",
        "..%2f..%2fetc%2fpasswd:1-2",
    ],
)
def test_what_is_not_there_is_said_to_be(server: Served, name: str) -> None:
    response = server.get(f"{PASSAGES}/{name}")
    assert response.status_code in {404, 405}
    assert response.json()["error"]["request"]


@pytest.mark.parametrize("query", ["?start=-1", "?start=x", f"?start={10**30}", "?end=1e5"])
def test_a_place_that_is_none_is_refused(server: Served, query: str) -> None:
    assert server.get(f"{PASSAGES}/{SOURCE.id}{query}").status_code == 422
