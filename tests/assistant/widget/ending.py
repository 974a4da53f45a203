"""What a reader presses to be done with a question that is under way."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, expect

from tests.assistant.widget import looking
from tests.assistant.widget.visiting import kept_here, wait_until_seen

ENDINGS: Mapping[str, Callable[[Locator], None]] = {
    "Stop": lambda chat: looking.stop(chat).click(),
    "New chat": lambda chat: looking.new_chat(chat).click(),
    "Delete this chat": looking.erase,
}


def expect_ended(chat: Locator, pressed: str, question: str) -> None:
    """Nothing is under way, and the question is shown as what it now is: stopped, or gone."""
    expect(looking.stop(chat)).to_be_hidden()
    expect(looking.send(chat)).to_be_visible()
    if pressed == "Stop":
        wait_until_seen(chat.page, question)
        wait_until_seen(chat.page, "Stopped.")
    else:
        expect(chat).not_to_contain_text(question)
        assert kept_here(chat.page)[0] == []
