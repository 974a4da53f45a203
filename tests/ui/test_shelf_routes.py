"""Who may do what at /shelf, and what an answer gives away: asked over HTTP."""

import re

import pytest

from assistant.ui.gate import LARGEST_BODY
from assistant.ui.shelf_door import IDLE, MOST_SESSIONS
from assistant.ui.shelf_upload import LARGEST_FILE, LARGEST_UPLOAD
from tests.ui.shelf_keeping import CALVES
from tests.ui.shelf_site import HERE, PASSWORD, Site

ACTIONS = ("leave", "accept", "discard", "edit", "remove", "undo")
SHEET = ("sheet.md", b"# Heel drops\n\nStand on a step and sink slowly.\n")


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def inside(site: Site) -> Site:
    assert site.enter() == 303
    return site


def test_anybody_may_read_and_nobody_gets_a_cookie_for_it(site: Site) -> None:
    answer = site.client.get("/shelf")
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert "Newsletter 0" in answer.text
    assert 'name="csrf"' not in answer.text
    assert "upload:" not in answer.text


def test_every_answer_is_strict(inside: Site) -> None:
    for answer in (
        inside.client.get("/shelf"),
        inside.client.get("/shelf?document=nothing"),
        inside.client.get("/shelf/status"),
        inside.post("undo"),
        inside.post("undo", origin="https://evil.example"),
    ):
        policy = answer.headers["content-security-policy"]
        assert policy.count("default-src") == 1
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_signing_in_sets_a_cookie_that_no_script_and_no_other_site_can_use(site: Site) -> None:
    answer = site.post("enter", password=PASSWORD)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    assert "Path" not in cookie
    assert "Max-Age" not in cookie
    assert "You can change this shelf" in site.look()
    assert PASSWORD not in site.look()


def test_over_https_the_cookie_is_for_https_alone(site: Site) -> None:
    client = site.visitor()
    client.base_url = "https://testserver"
    answer = client.post(
        "/shelf/enter", data={"password": PASSWORD}, headers={"Origin": "https://testserver"}
    )
    assert "Secure" in answer.headers["set-cookie"]


def test_each_sign_in_gets_a_token_of_its_own(site: Site) -> None:
    tokens = set()
    for _ in range(3):
        site.enter()
        tokens.add(site.client.cookies["shelf"])
    assert len(tokens) == 3
    assert len(site.desk.sessions._open) == 1


@pytest.mark.parametrize("wrong", ["", "x", PASSWORD[:-1], PASSWORD + " ", "\ud83d" * 3])
def test_a_wrong_password_does_not_open(site: Site, wrong: str) -> None:
    sent = wrong.encode("utf-8", "surrogatepass")
    answer = site.client.post("/shelf/enter", data={"password": sent}, headers={"Origin": HERE})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "That is not the password." in answer.text


def test_guessing_is_slowed_and_the_right_password_is_not_locked_out_for_long(site: Site) -> None:
    assert [site.enter("wrong") for _ in range(5)] == [403] * 5
    answer = site.post("enter", password=PASSWORD)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 61
    site.clock.now += 61
    assert site.enter() == 303


@pytest.mark.parametrize("password", ["", "short"])
def test_without_a_proper_password_nobody_gets_in_and_the_page_says_how(password: str) -> None:
    site = Site(password=password)
    assert "SOLEUS_SHELF_PASSWORD=" in site.look()
    assert 'type="password"' not in site.look()
    assert site.enter(password) == 403
    assert site.desk.sessions._open == {}


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_is_done_for_strangers(site: Site, action: str) -> None:
    before = dict(site.keeper.shelf)
    answer = site.post(action, document="news-0", csrf="x")
    assert answer.status_code == 403
    assert "Sign in" in answer.text
    assert site.keeper.shelf == before


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_is_done_without_the_token_of_the_form(inside: Site, action: str) -> None:
    before = dict(inside.keeper.shelf)
    for forged in ({}, {"csrf": ""}, {"csrf": "x"}, {"csrf": inside.csrf()[:-1]}):
        answer = inside.post(action, document="news-0", **forged)
        assert answer.status_code == 403
        assert "out of date" in answer.text
    assert inside.keeper.shelf == before
    assert "You can change this shelf" in inside.look()


@pytest.mark.parametrize("action", [*ACTIONS, "add", "enter"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "https://testserver.evil.example"},
        {"Origin": f"{HERE}.evil.example"},
        {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": HERE, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_sites_can_do_nothing(inside: Site, action: str, headers: dict[str, str]) -> None:
    form = {"document": "news-0", "csrf": inside.csrf(), "password": PASSWORD}
    answer = inside.client.post(f"/shelf/{action}", data=form, headers=headers)
    assert answer.status_code == 403
    assert "did not come from this page" in answer.text
    assert "news-0" in inside.keeper.shelf


@pytest.mark.parametrize("action", [*ACTIONS, "add", "enter"])
def test_fetching_changes_nothing(inside: Site, action: str) -> None:
    before = dict(inside.keeper.shelf)
    assert inside.client.get(f"/shelf/{action}").status_code == 404
    for query in ("remove=news-0", "edit=news-0", "show=work", "show=preview", "undo=1"):
        inside.client.get(f"/shelf?{query}", follow_redirects=True)
    assert inside.keeper.shelf == before
    assert inside.keeper.history == []


def test_a_session_ends_when_it_was_idle_and_when_it_is_left(site: Site) -> None:
    site.enter()
    site.clock.now += IDLE - 1
    assert "You can change this shelf" in site.look()
    site.clock.now += IDLE - 1
    assert site.client.get("/shelf/status").status_code == 200
    site.clock.now += 2
    assert "You can change this shelf" not in site.look()
    assert site.client.get("/shelf/status").status_code == 403
    site.enter()
    token = site.client.cookies["shelf"]
    assert site.post("leave", csrf=site.csrf()).status_code == 303
    site.client.cookies.set("shelf", token)
    assert "You can change this shelf" not in site.look()


def test_there_is_a_bound_on_sessions(site: Site) -> None:
    for _ in range(MOST_SESSIONS + 3):
        site.visitor().post("/shelf/enter", data={"password": PASSWORD}, headers={"Origin": HERE})
        site.clock.now += 1
    assert len(site.desk.sessions._open) == MOST_SESSIONS


def test_forms_are_small(inside: Site) -> None:
    csrf = inside.csrf()
    assert inside.post("edit", csrf=csrf, title="x" * LARGEST_BODY).status_code == 413
    many = "&".join(f"f{n}=1" for n in range(2000))
    answer = inside.client.post(
        "/shelf/edit",
        content=many,
        headers={"Origin": HERE, "Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 400
    answer = inside.client.post("/shelf/edit", json={"csrf": csrf}, headers={"Origin": HERE})
    assert answer.status_code == 400


def test_an_upload_that_is_too_long_is_refused_whole_and_says_so(inside: Site) -> None:
    part = b"x" * (LARGEST_FILE - 1)
    files = [(f"{n}.txt", part) for n in range(LARGEST_UPLOAD // LARGEST_FILE + 1)]
    answer = inside.upload(files, csrf=inside.csrf())
    assert answer.status_code == 413
    assert "came to more than 50 MB" in answer.text
    assert inside.desk.sessions.previews() == ()


def test_a_file_that_is_too_long_has_its_line_and_the_others_are_read(inside: Site) -> None:
    page = inside.bring([("huge.txt", b"x" * (LARGEST_FILE + 1)), SHEET])
    assert re.search(r"huge\.txt.*cannot be added.*longer than 20 MB", page, re.DOTALL)
    assert 'value="Heel drops"' in page


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/plain", b"x"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"nothing of the kind"),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="csrf"'),
        ("multipart/form-data; boundary=" + "b" * 999, b""),
    ],
)
def test_a_misshapen_upload_is_refused(inside: Site, kind: str, body: bytes) -> None:
    headers = {"Origin": HERE, "Content-Type": kind}
    assert inside.client.post("/shelf/add", content=body, headers=headers).status_code == 400


def test_an_upload_needs_a_session_and_a_token(site: Site) -> None:
    assert site.upload([SHEET]).status_code == 403
    site.enter()
    answer = site.upload([SHEET], csrf="x")
    assert answer.status_code == 403
    assert site.desk.sessions.previews() == ()


def test_a_password_that_is_given_again_ends_the_session_before(inside: Site) -> None:
    before = inside.client.cookies["shelf"]
    inside.enter()
    inside.client.cookies.set("shelf", before)
    assert "You can change this shelf" not in inside.look()


def test_what_is_uploaded_is_text_on_the_page_whatever_it_holds(inside: Site) -> None:
    nasty = '"><img src=x onerror=alert(1)>'
    page = inside.bring([(nasty, f"# {nasty}\n\n## {nasty}\n\n{nasty} hurts.\n".encode())])
    page += inside.act("accept", preview=inside.preview(), **{"keep-0": "yes", "title-0": nasty})
    page += inside.look(q=nasty) + inside.look()
    assert "<img src=x" not in page
    assert "onerror=alert(1)&gt;" in page


def test_a_head_request_says_the_same_without_words(site: Site) -> None:
    answer = site.client.head("/shelf")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


def test_a_document_that_is_not_there_is_not_found(site: Site) -> None:
    assert site.client.get("/shelf?document=../../etc/passwd").status_code == 404
    assert CALVES.split()[1] not in site.look(document="nothing")
