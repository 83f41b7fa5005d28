"""One house per run of tests, served as in the demo; one browser per file; windows that must not complain."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from okiagari.cli import serve
from tests.support.browser import Numbers, Windows, launched, numbers
from tests.support.served import DEMO_DATA, Served, sample_house

OF_YESTERDAY = "of-yesterday"


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("house")
    a_demo_of_yesterday(folder)
    with sample_house(folder) as served:
        yield served


def a_demo_of_yesterday(folder: Path) -> None:
    """A folder that says of itself that the demo is loaded: only `--fresh` throws it away."""
    data = folder / DEMO_DATA
    data.mkdir()
    (data / serve.DONE).touch()
    (data / OF_YESTERDAY).touch()


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
