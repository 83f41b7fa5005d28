"""A fleet in a SQLite file of its own: WAL, one writer at a time (IMMEDIATE), every commit on the disk."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from okiagari.fleet.stores.pool import Pool
from okiagari.fleet.stores.schema import SQLITE, Merge
from okiagari.fleet.stores.session import AROUND, Row, Session

PATIENCE = 10.0  # seconds to wait for the write lock


class SqliteSession:
    """One connection, used by one thread at a time."""

    words = SQLITE

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def run(self, statement: str, *parameters: object) -> None:
        self.connection.execute(statement, parameters)

    def rows(self, statement: str, *parameters: object) -> list[Row]:
        return self.connection.execute(statement, parameters).fetchall()

    def rows_among(self, statement: str, values: Sequence[str] | Sequence[int], *more: object) -> list[Row]:
        among = statement.format(among="IN (SELECT value FROM json_each(?))")
        return self.rows(among, json.dumps(list(values)), *more)

    def stream(self, statement: str) -> Iterator[Row]:
        yield from self.connection.execute(statement)

    def merge(self, merge: Merge, rows: Iterable[Row]) -> None:
        marks = ", ".join("?" * len(merge.columns))
        self.connection.executemany(merge.statement(f"VALUES ({marks})", SQLITE), rows)

    def touch(self, instants: Mapping[str, int]) -> None:
        rows = [(at, unit) for unit, at in instants.items()]
        self.connection.executemany("UPDATE fleet_unit SET last_at = ? WHERE unit = ?", rows)

    def around(self, wanted: Mapping[str, tuple[int, int]]) -> list[Row]:
        table = """(SELECT json_extract(value, '$[0]') AS unit, json_extract(value, '$[1]') AS lo,
                           json_extract(value, '$[2]') AS hi FROM json_each(?)) w"""
        stretches = [[unit, lo, hi] for unit, (lo, hi) in wanted.items()]
        return self.rows(AROUND.format(wanted=table), json.dumps(stretches))


class SqliteEngine:
    """Connections are opened when needed and used again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pool = Pool(self._open, sqlite3.OperationalError)
        self._writer = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._pool.connection() as connection:
            yield SqliteSession(connection)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self._writer, self._pool.connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield SqliteSession(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        self._pool.close()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")
        return connection
