"""Where check-ins are kept. `open_store` gives a store for an address or a file; no Django in here."""

from pathlib import Path

from okiagari.fleet.stores.base import Store
from okiagari.fleet.stores.sql import SqlStore

__all__ = ["Store", "open_store"]


def open_store(place: str | Path, *, zone: str = "") -> Store:
    """Open the store at a `postgres://` address, or in the SQLite file at a path; lay it out where it is new.

    `zone` is the maker's time zone, in which days begin. A store with observations keeps the one it has:
    another one raises `ZONE_FIXED`.
    """
    if str(place).startswith(("postgres://", "postgresql://")):
        from okiagari.fleet.stores.postgres import PostgresEngine  # psycopg only where it is used

        return SqlStore(PostgresEngine(str(place)), zone=zone)
    from okiagari.fleet.stores.sqlite import SqliteEngine

    return SqlStore(SqliteEngine(Path(place)), zone=zone)
