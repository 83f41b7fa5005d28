"""A fleet to look at: units of a product the catalogue knows, and of one it does not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from okiagari.fleet.stores import Store
from okiagari.plumbing import clock
from tests import factories
from tests.catalog.conftest import CATALOGUE
from tests.factories import House
from tests.support.field import a_field, heard
from tests.web.cases.conftest import enter

__all__ = ["enter"]
NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def house(db: None) -> House:
    house = factories.house()
    factories.catalogue(CATALOGUE, house.member)
    return house


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Store]:
    with a_field(tmp_path) as store, clock.at(NOW):
        yield store


@pytest.fixture
def fleet(house: House, field: Store) -> House:
    heard(field, "HDL-TC1", 6, "V1.21", datetime(2026, 2, 27, 3, tzinfo=UTC))
    heard(field, "HDL-TC1", 2, "1.00", datetime(2025, 12, 1, 3, tzinfo=UTC), first=6)
    heard(field, "HDL-TC1", 3, "1.2X/β", datetime(2026, 2, 28, 3, tzinfo=UTC), first=8)
    heard(field, "Other & Co", 1, "7", datetime(2026, 2, 20, 3, tzinfo=UTC))
    return house
