"""The password, how often it may be guessed, the sessions it opens."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.settings import SHELF_PASSWORD_VARIABLE, load_settings, shelf_password
from assistant.ui.shelf_door import (
    IDLE,
    MINUTE,
    TRIES_ALL,
    TRIES_EACH,
    Guesses,
    Sessions,
    comes_from_here,
    same_secret,
)
from assistant.ui.shelf_forms import PASSWORD_VARIABLE
from assistant.ui.shelf_keeper import Tell
from assistant.ui.shelf_work import Bench, Step, Work
from tests.ui.shelf_site import Time


@given(st.lists(st.tuples(st.floats(0, 20), st.sampled_from("abcdefgh")), max_size=200))
def test_wrong_passwords_are_bounded_and_a_wait_never_lasts_over_a_minute(
    tries: list[tuple[float, str]],
) -> None:
    clock = Time()
    guesses = Guesses(clock)
    missed: list[tuple[float, str]] = []
    for pause, who in tries:
        clock.now += pause
        wait = guesses.wait(who)
        assert 0 <= wait <= MINUTE
        if wait:
            continue
        guesses.missed(who)
        missed.append((clock.now, who))
        recent = [other for when, other in missed if clock.now - when < MINUTE]
        assert len(recent) <= TRIES_ALL
        assert recent.count(who) <= TRIES_EACH


def test_after_the_wait_one_may_try_again() -> None:
    clock = Time()
    guesses = Guesses(clock)
    for _ in range(TRIES_EACH):
        guesses.missed("a")
        clock.now += 1
    clock.now += guesses.wait("a")
    assert guesses.wait("a") == 0


def test_one_address_that_guesses_does_not_lock_out_another() -> None:
    guesses = Guesses(Time())
    for _ in range(TRIES_EACH):
        guesses.missed("a")
    assert guesses.wait("a") > 0
    assert guesses.wait("b") == 0


@given(st.text(), st.text())
def test_secrets_are_the_same_only_when_they_are(one: str, other: str) -> None:
    assert same_secret(one, other) == (one == other)
    assert same_secret(one, one)


@given(
    st.text(), st.text(st.characters(codec="ascii"), min_size=1), st.sampled_from(["", "same-site"])
)
def test_hardly_anything_comes_from_here(origin: str, host: str, site: str) -> None:
    ours = {f"http://{host}".lower(), f"https://{host}".lower()}
    assert comes_from_here(origin, host, site) <= (site == "" and origin.lower() in ours)


def test_our_own_page_comes_from_here() -> None:
    assert comes_from_here("https://club.example", "club.example", "same-origin")
    assert comes_from_here("http://127.0.0.1:7860", "127.0.0.1:7860", "")
    assert not comes_from_here("http://", "", "")
    assert not comes_from_here("ftp://club.example", "club.example", "")


def test_a_session_in_which_something_is_being_done_does_not_end() -> None:
    clock = Time()
    sessions = Sessions(clock)
    session = sessions.begin()
    session.work = Work(Step("Reading"))
    clock.now += IDLE * 2
    assert sessions.of(session.token, used=False) is session
    session.work.running = False
    assert sessions.of(session.token) is None


def test_only_its_own_token_opens_a_session() -> None:
    sessions = Sessions(Time())
    session = sessions.begin()
    assert sessions.of("") is None
    assert sessions.of(session.csrf) is None
    assert sessions.of(session.token) is session
    sessions.end("nothing")
    sessions.end(session.token)
    assert sessions.of(session.token) is None


def test_the_password_is_read_from_the_environment_and_is_no_setting() -> None:
    assert PASSWORD_VARIABLE == SHELF_PASSWORD_VARIABLE
    environment = {SHELF_PASSWORD_VARIABLE: "a secret of ours"}
    assert shelf_password(environment) == "a secret of ours"
    assert shelf_password({}) == ""
    assert "a secret of ours" not in repr(load_settings(environment=environment))


def test_one_thing_is_done_at_a_time_and_what_fails_says_why() -> None:
    bench = Bench()
    said: list[str] = []

    def fail(tell: Tell) -> None:
        tell("Reading", 1, 2)
        assert bench.start("Another", fail, said.append) is None
        raise KeyError("something private")

    work = bench.start("First", fail, said.append)
    assert work is not None
    while work.running:
        pass
    assert work.step == Step("Reading", 1, 2)
    assert len(said) == 1
    assert "doctor" in said[0]
    assert "private" not in said[0]
    assert not bench.busy()
