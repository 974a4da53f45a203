import asyncio

from assistant.ui.gate import Message, Receive, Scope, Send
from assistant.ui.private import ForgettingMiddleware, as_ours

FOREIGN_HEAD = (
    '<head><meta property="og:url" content="https://gradio.app/" />\n'
    '<meta\n name="twitter:image"\n content="https://a.example/b.jpg"\n/>'
    '<link rel="preconnect" href="https://fonts.example" />'
    '<link rel="manifest" href="/manifest.json" /><link rel="stylesheet" href="./a.css"></head>'
)


def test_our_head_replaces_what_names_foreign_hosts() -> None:
    page = as_ours(FOREIGN_HEAD)
    assert "https://" not in page
    assert "manifest" not in page
    assert '<link rel="stylesheet" href="./a.css">' in page
    assert "./look/page.css" in page


async def nothing(_: Message) -> None:
    return None


async def disconnected() -> Message:
    return {"type": "http.disconnect"}


async def beats(middleware: ForgettingMiddleware, visit: str) -> None:
    scope = {"type": "http", "path": f"/gradio_api/heartbeat/{visit}"}
    await middleware(scope, disconnected, nothing)


async def page_left(scope: Scope, receive: Receive, send: Send) -> None:
    """A heartbeat that ends at once."""


def test_a_left_visit_is_forgotten_after_its_grace() -> None:
    forgotten: list[str] = []

    async def visited() -> None:
        middleware = ForgettingMiddleware(page_left, forgotten.append, tuple, grace=0.01)
        await beats(middleware, "one")
        assert forgotten == []
        await asyncio.sleep(0.1)

    asyncio.run(visited())
    assert forgotten == ["one"]


def test_a_visit_that_comes_back_is_kept() -> None:
    forgotten: list[str] = []
    back = asyncio.Event()

    async def first_leaves_then_stays(scope: Scope, receive: Receive, send: Send) -> None:
        if back.is_set():
            await asyncio.sleep(0.2)
        back.set()

    async def visited() -> None:
        middleware = ForgettingMiddleware(
            first_leaves_then_stays, forgotten.append, tuple, grace=0.05
        )
        await beats(middleware, "one")
        await beats(middleware, "one")
        assert forgotten == []

    asyncio.run(visited())


def test_other_requests_are_no_visits() -> None:
    forgotten: list[str] = []

    async def visited() -> None:
        middleware = ForgettingMiddleware(page_left, forgotten.append, tuple, grace=0.0)
        await middleware({"type": "http", "path": "/config"}, disconnected, nothing)
        await middleware({"type": "lifespan"}, disconnected, nothing)
        await asyncio.sleep(0.02)

    asyncio.run(visited())
    assert forgotten == []


class Kept:
    """What a server remembers of its visitors."""

    def __init__(self, *visits: str) -> None:
        self.visits = set(visits)
        self.gone = asyncio.Event()

    def forget(self, visit: str) -> None:
        self.visits.discard(visit)
        self.gone.set()

    def named(self) -> tuple[str, ...]:
        return tuple(self.visits)


async def asks(middleware: ForgettingMiddleware, query: str = "") -> None:
    scope = {"type": "http", "path": "/gradio_api/queue/data", "query_string": query.encode()}
    await middleware(scope, disconnected, nothing)


def test_a_visit_that_never_had_a_page_open_is_forgotten_too() -> None:
    kept = Kept("stranger")

    async def visited() -> None:
        middleware = ForgettingMiddleware(page_left, kept.forget, kept.named, grace=0.01)
        await asks(middleware)
        await kept.gone.wait()

    asyncio.run(visited())
    assert kept.visits == set()


def test_a_visit_that_fetched_its_answer_is_forgotten_a_grace_later() -> None:
    kept = Kept("one", "two")

    async def visited() -> None:
        middleware = ForgettingMiddleware(page_left, kept.forget, kept.named, grace=0.01)
        await asks(middleware, "session_hash=one")
        await kept.gone.wait()
        assert kept.visits == {"two"}

    asyncio.run(visited())


def test_who_still_listens_is_not_taken_for_a_stranger() -> None:
    kept = Kept("here", "stranger")
    let_go = asyncio.Event()

    async def stays(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].endswith("/here"):
            await let_go.wait()

    async def visited() -> None:
        middleware = ForgettingMiddleware(stays, kept.forget, kept.named, grace=0.01)
        page = asyncio.create_task(beats(middleware, "here"))
        await kept.gone.wait()
        assert kept.visits == {"here"}
        kept.gone.clear()
        let_go.set()
        await page
        await kept.gone.wait()
        assert kept.visits == set()

    asyncio.run(visited())


def test_once_nobody_is_remembered_the_rounds_end() -> None:
    kept, looks = Kept("stranger"), [0]

    def named() -> tuple[str, ...]:
        looks[0] += 1
        return kept.named()

    async def visited() -> None:
        middleware = ForgettingMiddleware(page_left, kept.forget, named, grace=0.0)
        await asks(middleware)
        await kept.gone.wait()
        before = looks[0]
        await asyncio.sleep(0.05)
        assert looks[0] <= before + 1

    asyncio.run(visited())
    assert looks[0] > 1
