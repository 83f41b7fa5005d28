from collections.abc import Iterator
from pathlib import Path

import pytest

from okiagari.fleet.stores import Store, open_store
from tests.support.fleet import a_place


@pytest.fixture
def fleet_place(tmp_path: Path) -> Iterator[str]:
    """Where a new store may be opened."""
    with a_place(tmp_path) as place:
        yield place


@pytest.fixture
def store(fleet_place: str) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(fleet_place)
    yield opened
    opened.close()
