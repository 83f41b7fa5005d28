"""The fleet store of this installation, for the desk's side. The device process opens its own.

SQLite: `fleet.sqlite3` in the data folder, a file of its own, since its flushes hold the write lock.
PostgreSQL: the same database as the desk, through connections of its own.
"""

import atexit
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from okiagari.fleet.stores import Store, open_store

FILE = "fleet.sqlite3"

_opened: dict[str, Store] = {}
_opening = threading.Lock()
_instead: ContextVar[Store | None] = ContextVar("okiagari_fleet_store", default=None)


def store() -> Store:
    """The store, opened once per process."""
    instead = _instead.get()
    if instead is not None:
        return instead
    where = place()
    with _opening:
        if where not in _opened:
            if not _opened:
                atexit.register(close)
            _opened[where] = open_store(where, zone=settings.TIME_ZONE)
        return _opened[where]


def place() -> str:
    """Where the store of this installation lies: an address or a path."""
    if connection.vendor == "postgresql":
        return _address(connection.settings_dict)
    return str(settings.ENVIRONMENT.data / FILE)


@contextmanager
def using(other: Store | None) -> Iterator[None]:
    """Inside the block everything reads and writes this store instead: a drill's, a test's. None: its own."""
    mark = _instead.set(other)
    try:
        yield
    finally:
        _instead.reset(mark)


def _address(database: Mapping[str, Any]) -> str:
    parts = {
        "dbname": database["NAME"],
        "user": database["USER"],
        "password": database["PASSWORD"],
        "host": database["HOST"],
        "port": database["PORT"],
    }
    extra = {name: value for name, value in database["OPTIONS"].items() if isinstance(value, str)}
    return "postgresql:///?" + urlencode({name: value for name, value in {**extra, **parts}.items() if value})


def close() -> None:
    """Close what this process has opened."""
    with _opening:
        while _opened:
            _opened.popitem()[1].close()
