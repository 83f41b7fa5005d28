"""A past case that has happened: a replay played through the real actions into a world of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.test import override_settings

from okiagari.fleet import access
from okiagari.fleet.stores import open_store
from okiagari.replay import player, reading
from okiagari.replay.player import Played
from tests.support.fleet import a_place


@contextmanager
def a_world(folder: Path) -> Iterator[None]:
    """A data folder, a site and a fleet that nobody else sees. The database is the caller's."""
    environment = replace(
        settings.ENVIRONMENT,
        data=folder,
        site_dir=folder / "site",
        base_url="https://desk.example",
        site_url="https://maker.example/security",
    )
    with a_place(folder) as place, override_settings(ENVIRONMENT=environment):
        store = open_store(place, zone=settings.TIME_ZONE)
        try:
            with access.using(store):
                yield
        finally:
            store.close()


def played(name: str = "np-bbrs", *, until: datetime | None = None) -> Played:
    """Play the replay of this name, which comes along with the system."""
    return player.play(reading.read(reading.find(name)), until=until)
