from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.support.device import Door, a_door
from tests.support.fleet import a_place


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def fleet_place(tmp_path: Path) -> Iterator[str]:
    """Where a new store may be opened."""
    with a_place(tmp_path) as place:
        yield place


@pytest.fixture
async def door(fleet_place: str, tmp_path: Path) -> AsyncIterator[Door]:
    """A device door over an empty fleet."""
    async with a_door(fleet_place, tmp_path) as opened:
        yield opened
