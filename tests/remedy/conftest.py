"""A case whose products are decided and whose measures are still to be planned."""

import pytest

from okiagari.catalog import actions as catalog
from okiagari.desk.subjects import SYSTEM
from tests.disclose.story import CATALOGUE, Story, decide, opened
from tests.factories import house
from tests.support.photographs import photographed


@pytest.fixture
def story(db: None) -> Story:
    return _decided()


@photographed
def _decided() -> Story:
    inside = house()
    catalog.import_catalogue(SYSTEM, CATALOGUE)
    made = opened(inside)
    decide(made)
    return made
