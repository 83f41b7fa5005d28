"""A fleet in PostgreSQL, beside the desk's tables or in a database of its own.

Rows travel as arrays, one statement per table and batch. Writers take turns by an advisory lock that
ends with the transaction: batches never deadlock, and the counters need no locks of their own.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache

import psycopg

from okiagari.fleet.stores.pool import Pool
from okiagari.fleet.stores.schema import POSTGRES, Merge
from okiagari.fleet.stores.session import AROUND, Row, Session

PATIENCE = "10s"  # to wait for the other writers
WRITERS = 0x0F1EE7  # the advisory lock of this room
STREAMED = 10_000  # rows fetched at once

Connection = psycopg.Connection[Row]


@lru_cache(maxsize=128)
def _spoken(statement: str) -> str:
    return statement.replace("?", "%s")


class PostgresSession:
    """One connection, used by one thread at a time."""

    words = POSTGRES

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def run(self, statement: str, *parameters: object) -> None:
        self.connection.execute(_spoken(statement), parameters)

    def rows(self, statement: str, *parameters: object) -> list[Row]:
        return self.connection.execute(_spoken(statement), parameters).fetchall()

    def rows_among(self, statement: str, values: Sequence[str] | Sequence[int], *more: object) -> list[Row]:
        return self.rows(statement.format(among="= ANY(?)"), list(values), *more)

    def stream(self, statement: str) -> Iterator[Row]:
        with self.connection.transaction(), self.connection.cursor(name="fleet_stream") as cursor:
            cursor.itersize = STREAMED
            cursor.execute(_spoken(statement))
            yield from cursor

    def merge(self, merge: Merge, rows: Iterable[Row]) -> None:
        columns = [list(column) for column in zip(*rows, strict=True)]
        if columns:
            arrays = ", ".join(f"?::{kind}[]" for _, kind in merge.columns)
            rows_of_arrays = f"SELECT * FROM unnest({arrays})"  # noqa: S608 - only types and marks
            self.run(merge.statement(rows_of_arrays, POSTGRES), *columns)

    def touch(self, instants: Mapping[str, int]) -> None:
        statement = """
            UPDATE fleet_unit SET last_at = w.last_at
            FROM unnest(?::text[], ?::bigint[]) AS w (unit, last_at)
            WHERE fleet_unit.unit = w.unit COLLATE "C"
        """
        self.run(statement, list(instants), list(instants.values()))

    def around(self, wanted: Mapping[str, tuple[int, int]]) -> list[Row]:
        table = """(SELECT unit COLLATE "C" AS unit, lo, hi
                    FROM unnest(?::text[], ?::integer[], ?::integer[]) AS t (unit, lo, hi)) w"""
        los, his = [lo for lo, _ in wanted.values()], [hi for _, hi in wanted.values()]
        return self.rows(AROUND.format(wanted=table), list(wanted), los, his)


class PostgresEngine:
    """Connections are opened when needed and used again."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._pool = Pool(self._open, psycopg.OperationalError)
        self._writer = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._pool.connection() as connection:
            yield PostgresSession(connection)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self._writer, self._pool.connection() as connection, connection.transaction():
            connection.execute("SELECT set_config('lock_timeout', %s, true)", (PATIENCE,))
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS,))
            yield PostgresSession(connection)

    def close(self) -> None:
        self._pool.close()

    def _open(self) -> Connection:
        return psycopg.connect(self.url, autocommit=True, connect_timeout=10)
