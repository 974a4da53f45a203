import asyncio

from assistant.ui.private import ForgettingMiddleware, Message, Receive, Scope, Send, as_ours

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
        middleware = ForgettingMiddleware(page_left, forgotten.append, grace=0.01)
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
        middleware = ForgettingMiddleware(first_leaves_then_stays, forgotten.append, grace=0.05)
        await beats(middleware, "one")
        await beats(middleware, "one")
        assert forgotten == []

    asyncio.run(visited())


def test_other_requests_are_no_visits() -> None:
    forgotten: list[str] = []

    async def visited() -> None:
        middleware = ForgettingMiddleware(page_left, forgotten.append, grace=0.0)
        await middleware({"type": "http", "path": "/config"}, disconnected, nothing)
        await middleware({"type": "lifespan"}, disconnected, nothing)
        await asyncio.sleep(0.02)

    asyncio.run(visited())
    assert forgotten == []
