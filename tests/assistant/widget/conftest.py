"""What tests of the widget share: a club with its Soleus for each file, and a browser to visit it.

A file that needs another house makes a fixture of that name.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.assistant.widget.serving import House, housed
from tests.assistant.widget.visiting import Visitor
from tests.ui.conftest import browser

__all__ = ["browser"]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with housed() as both:
        yield both


@pytest.fixture(scope="module")
def contexts() -> dict[str, BrowserContext]:
    return {}


@pytest.fixture
def visit(browser: Browser, contexts: dict[str, BrowserContext], house: House) -> Iterator[Visitor]:
    """Opens pages of the club. Nobody but the club and its Soleus may be asked for anything, and
    nothing may go wrong unnoticed.
    """
    visitor = Visitor(browser, house, contexts)
    yield visitor
    for page in visitor.pages:
        page.close()
    assert visitor.foreign() == []
    assert visitor.errors == []
