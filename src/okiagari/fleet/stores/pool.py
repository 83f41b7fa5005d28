"""Connections of a store that are opened when needed and used again.

In: how one is opened. Out: one connection at a time, each in one thread only. What failed is closed and never
used again; a database that is not there raises UNAVAILABLE. Knows no SQL.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from okiagari.fleet.stores.base import UNAVAILABLE


class Closable(Protocol):
    def close(self) -> None: ...


C = TypeVar("C", bound=Closable)


class Pool(Generic[C]):
    """`is_away`: the error of the driver that says so."""

    def __init__(self, open_one: Callable[[], C], is_away: type[Exception]) -> None:
        self._open_one = open_one
        self._is_away = is_away
        self._free: list[C] = []
        self._is_closed = False

    @contextmanager
    def connection(self) -> Iterator[C]:
        connection = self._one()
        try:
            yield connection
        except self._is_away as error:
            connection.close()
            raise UNAVAILABLE() from error
        except BaseException:
            connection.close()
            raise
        if self._is_closed:
            connection.close()
        else:
            self._free.append(connection)

    def close(self) -> None:
        """Close what is free now; what is in use is closed when it comes back."""
        self._is_closed = True
        while self._free:
            self._free.pop().close()

    def _one(self) -> C:
        try:
            return self._free.pop()
        except IndexError:
            pass
        try:
            return self._open_one()
        except self._is_away as error:
            raise UNAVAILABLE() from error
