"""The page as text: what is in it, and what is not."""

import base64
import hashlib
import re
from dataclasses import replace

import pytest

from eval.report.html import html_of
from eval.results import Quoted
from tests.eval.report.made import HOSTILE, case, figure, run, whole_run


@pytest.fixture(scope="module")
def page() -> str:
    others = [whole_run(2, "22222222", 12), run(case(), questions="other", commit="zzzz")]
    return html_of(whole_run(1), [*others, replace(whole_run(3, "333"), provider="rival")])


def test_only_our_own_style_and_script_may_run(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    said = policy[1].replace("&#39;", "'")
    assert said.startswith("default-src 'none';")
    assert "unsafe" not in said
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in said
    assert not re.search(r"<[^>]*\s(style|onclick|onload)=", page)


def test_nothing_is_asked_for(page: str) -> None:
    assert "http:" not in page
    assert "https:" not in page
    assert not re.search(r"<(link|img|iframe|object|base)\b|\bsrc=|url\(|@import", page)
    assert all(target.startswith("#") for target in re.findall(r'href="([^"]*)"', page))


def test_what_people_wrote_is_escaped(page: str) -> None:
    assert HOSTILE not in page
    assert "&lt;script&gt;document.title" in page
    assert "&lt;b&gt;every&lt;/b&gt;" in page
    assert page.count("<script>") == 1


def test_hostile_names_are_escaped_too() -> None:
    bad = '"><script>alert(1)</script>'
    page = html_of(
        replace(
            run(
                replace(case(bad, passed=False, reasons=[bad]), category=bad, question=bad),
                figures=[figure(bad, group=bad, target=0.5)],
                commit=bad,
                provider=bad,
            ),
        ),
        [run(case(), provider=bad, commit="<i>", figures=[figure(bad, target=0.5)])],
    )
    assert "<script>alert" not in page
    assert "<i>" not in page


def test_of_a_sealed_case_no_word_is_shown_even_if_the_file_held_some() -> None:
    leaky = replace(
        case("s-1", "sealed", passed=False, critical=True, reasons=["must not be said: HUSH"]),
        question="HUSH",
        earlier=("HUSH",),
        expected="HUSH",
        message="HUSH",
        tags=("HUSH",),
        sentences=(Quoted("HUSH", "HUSH", ("HUSH",), ("HUSH",), None),),
        missing=("HUSH",),
        uncovered=("HUSH",),
    )
    page = html_of(run(leaky))
    assert "HUSH" not in page
    assert "s-1" in page
    assert "not kept, by design" in page


def test_runs_left_out_of_the_trend_are_counted(page: str) -> None:
    assert "2 commits on the same questions" in page
    assert "1 kept run was left out: asked other questions than these." in page
    assert "1 kept run was left out: the replies were not Soleus’s." in page
    assert "there is no trend yet" in html_of(run(case()))


@pytest.mark.parametrize(
    ("cases", "verdict"),
    [
        ([case(critical=True)], "No critical case failed by what was said"),
        ([case()], "No critical case was asked"),
        (
            [case(passed=False, critical=True, harmful=True)],
            "1 critical case failed by what was said",
        ),
        (
            [case(passed=False, critical=True)],
            "1 of the 1 critical cases failed, all of them only by not answering.",
        ),
    ],
)
def test_the_verdict_says_what_stops_a_release(cases: list[object], verdict: str) -> None:
    assert verdict in html_of(run(*cases))  # type: ignore[arg-type]


def test_a_run_with_hardly_anything_has_a_page() -> None:
    page = html_of(run(case()))
    assert "Failed cases" in page
    assert '<p class="empty">None.</p>' in page
    assert "Latency by stage" not in page
    assert "Failed cases" in html_of(run())


def test_a_figure_without_value_is_no_nought() -> None:
    page = html_of(run(case(), figures=[figure("MRR", None, scored=0, unscored=4)]))
    assert "nothing scored" in page
    assert "4 unscored" in page
    assert "0.000" not in page


def test_every_failed_case_is_there_once(page: str) -> None:
    wrong = [one for one in whole_run(1).cases if not one.passed]
    assert len(re.findall(r"<li[^>]* data-case ", page)) == len(wrong)
    for one in wrong:
        if one.half == "dev":
            assert page.count(f'id="case-{one.id}"') == 1


def test_ids_are_unique(page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
