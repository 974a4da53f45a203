"""Where a reader finds things in the widget: by role and name, as a screen reader names them.

Nothing else in these tests knows how the widget is built.
"""

import re
from typing import TypeAlias

from playwright.sync_api import FrameLocator, Locator, Page, expect

Part: TypeAlias = Page | FrameLocator | Locator
THUMBS = "Did this help?"
_IGNORE = re.IGNORECASE


LAUNCHER = "Ask about calf pain"


def launcher(page: Page, title: str = LAUNCHER) -> Locator:
    """The button in the corner."""
    return page.get_by_role("button", name=title)


def chat(page: Page) -> Locator:
    """The open chat of the bubble."""
    return page.get_by_role("dialog")


def inline(page: Page) -> Locator:
    """A chat that stands in the page, after its button was pressed."""
    placed = page.locator("soleus-chat")
    placed.get_by_role("button").click()
    return placed


def opened(page: Page, title: str = LAUNCHER) -> Locator:
    """The chat after the launcher was pressed."""
    launcher(page, title).click()
    return ready(chat(page))


def reopened(page: Page) -> Locator:
    """The chat on a page where it may be open already."""
    called(page, "open")
    return ready(chat(page))


def ready(part: Locator) -> Locator:
    """The same, once one can ask there."""
    expect(question(part)).to_be_visible()
    return part


def called(page: Page, method: str, *values: str) -> None:
    """Calls a method of the element, once there is one, and waits for what it promises."""
    page.locator("soleus-chat").evaluate(
        """async (chat, [method, values]) => {
          await customElements.whenDefined("soleus-chat"); await chat[method](...values); }""",
        [method, list(values)],
    )


def question(part: Part) -> Locator:
    """The box one types into."""
    return part.get_by_role("textbox")


def send(part: Part) -> Locator:
    return part.get_by_role("button", name=re.compile("send", _IGNORE))


def stop(part: Part) -> Locator:
    return part.get_by_role("button", name=re.compile("stop", _IGNORE))


def close(part: Part) -> Locator:
    return part.get_by_role("button", name=re.compile("close", _IGNORE))


def back(part: Part) -> Locator:
    """From a passage to the answer."""
    return part.get_by_role("button", name=re.compile("back", _IGNORE))


def retry(part: Part) -> Locator:
    return part.get_by_role("button", name=re.compile("try again|ask again", _IGNORE))


def new_chat(part: Part) -> Locator:
    return part.get_by_role("button", name=re.compile("new chat", _IGNORE))


def about(part: Part) -> Locator:
    """Opens what this chat is and keeps."""
    return part.get_by_role("button", name="About this chat")


def delete_chat(part: Part) -> Locator:
    """Below what this chat is. Asks whether one is sure."""
    return part.get_by_role("button", name=re.compile("delete this chat", _IGNORE))


def erase(chat: Locator) -> None:
    """Has the chat deleted, as a reader does who is sure."""
    about(chat).click()
    delete_chat(chat).click()
    chat.get_by_role("button", name="Delete for good?").click()


def consent(part: Part, answer: str) -> Locator:
    """`answer`: "yes" or "no"."""
    return part.get_by_role("button", name=re.compile(rf"\b{answer}\b", _IGNORE))


def thumb(part: Part, answer: str) -> Locator:
    """`answer`: "Yes" or "No"."""
    group = part.get_by_role("group", name=THUMBS)
    return group.get_by_role("button", name=answer, exact=True)


def sources(part: Part) -> Locator:
    """Every citation."""
    return part.get_by_role("button", name=re.compile(r"^Source \d"))


def source(part: Part, number: int) -> Locator:
    """One of them, of the last reply."""
    return part.get_by_role("button", name=re.compile(rf"^Source {number}\b")).last


def marked(part: Part) -> Locator:
    """The cited words in the passage that was opened."""
    return part.locator("mark")


def choice(part: Part, text: str) -> Locator:
    """A suggestion, or one of several questions that were meant, as it stands lowest."""
    return part.get_by_role("button", name=text).last


def calls(part: Part) -> Locator:
    """Numbers to call."""
    return part.locator('a[href^="tel:"]')
