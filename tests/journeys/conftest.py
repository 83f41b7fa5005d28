"""A house as the story finds it: the maker's catalogue, the sample people with passwords, no case yet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache

from tests.support.fleet import a_place
from tests.support.people import PASSWORD, TOKYO


@pytest.fixture
def fleet_place(tmp_path: Path) -> Iterator[str]:
    """Where the units of this story are kept, for the desk and for the device door."""
    from okiagari.fleet import access
    from okiagari.fleet.stores import open_store

    with a_place(tmp_path) as place:
        store = open_store(place)
        with access.using(store):
            yield place
        store.close()


@pytest.fixture
def empty_house(
    transactional_db: None, fleet_place: str, settings: LazySettings, tmp_path: Path
) -> Iterator[Path]:
    """A data folder in which nothing has happened yet."""
    from okiagari.fleet import keys

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, site_dir=tmp_path / "site", data=tmp_path)
    settings.PASSWORD_HASHERS = ["tests.support.hashing.Quick"]
    cache.clear()
    keys.ensure_key(keys.key_path(tmp_path))
    yield tmp_path
    cache.clear()


@pytest.fixture
def house(empty_house: Path) -> Path:
    """The people and the catalogue of the replay, none of its events. Gives the data folder."""
    from okiagari.replay import player, reading

    story = reading.read(reading.find("np-bbrs"))
    before = datetime(2015, 6, 1, tzinfo=TOKYO)
    played = player.play(story, until=before, password=PASSWORD)
    assert played.events == 0
    return empty_house
