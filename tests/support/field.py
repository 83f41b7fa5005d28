"""Units in the field for tests of the desk's side: a fleet store of the run's database, used instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from okiagari.fleet import access
from okiagari.fleet.stores import Store, open_store
from okiagari.fleet.stores.base import CheckIn
from tests.support.fleet import a_place


@contextmanager
def a_field(folder: Path) -> Iterator[Store]:
    """An empty fleet that everything in the block reads and writes."""
    with a_place(folder) as place:
        store = open_store(place)
        with access.using(store):
            yield store
        store.close()


def heard(
    store: Store, product: str, units: int, version: str, at: datetime, *, hardware: str = "", first: int = 0
) -> None:
    """So many units report this version at this instant."""
    store.apply(
        [
            CheckIn(f"{product}-{number:04d}", product, hardware, version, at, "check-in")
            for number in range(first, first + units)
        ]
    )
