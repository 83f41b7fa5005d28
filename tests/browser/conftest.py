"""One house per run of tests, served as in the demo; one browser per file; windows that must not complain."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import Numbers, Windows, launched, numbers
from tests.support.served import Served, sample_house


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with sample_house(tmp_path_factory.mktemp("house")) as served:
        yield served


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """Closed with the file: while it lives, an event loop runs in this thread."""
    with launched(chromium) as found:
        yield found


@pytest.fixture(scope="module")
def all_windows(browser: Browser, house: Served) -> Windows:
    return Windows(browser, house)


@pytest.fixture(scope="module")
def number(all_windows: Windows) -> Numbers:
    return numbers(all_windows)


@pytest.fixture
def windows(all_windows: Windows) -> Iterator[Windows]:
    """Windows for one test; afterwards nothing may have been refused or gone wrong in them."""
    all_windows.complaints.clear()
    yield all_windows
    all_windows.close()
    assert not all_windows.complaints, "\n".join(all_windows.complaints)
