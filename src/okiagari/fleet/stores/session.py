"""What the shared code needs of a database: one open connection that speaks its dialect."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Any, Protocol

from okiagari.fleet.stores.schema import Merge

Row = tuple[Any, ...]


class Session(Protocol):
    """Statements use `?`. Nothing is committed here: the engine's `writing` does that."""

    words: MappingProxyType[str, str]

    def run(self, statement: str, *parameters: object) -> None: ...

    def rows(self, statement: str, *parameters: object) -> list[Row]: ...

    def rows_among(self, statement: str, values: Sequence[str] | Sequence[int], *more: object) -> list[Row]:
        """Rows of a statement whose `{among}` stands for "is one of these values", its first parameter."""

    def stream(self, statement: str) -> Iterator[Row]:
        """Rows one after another, without holding them all."""

    def merge(self, merge: Merge, rows: Iterable[Row]) -> None: ...

    def touch(self, instants: Mapping[str, int]) -> None:
        """Set `last_at` of these units."""

    def around(self, wanted: Mapping[str, tuple[int, int]]) -> list[Row]:
        """Observations of units from the last day before a stretch of days to the first day after it:
        (unit, day, bucket, source, first_at, last_at)."""


class Engine(Protocol):
    """A database. `reading` gives a session, `writing` one whose changes are committed together at its end,
    the only one of its kind at that time. Both raise UNAVAILABLE where the database does not answer."""

    def reading(self) -> AbstractContextManager[Session]: ...

    def writing(self) -> AbstractContextManager[Session]: ...

    def close(self) -> None: ...


AROUND = """
    SELECT o.unit, o.day, o.bucket, o.source, o.first_at, o.last_at
    FROM {wanted} CROSS JOIN fleet_observation o
    WHERE o.unit = w.unit
      AND o.day >= coalesce(
          (SELECT max(p.day) FROM fleet_observation p WHERE p.unit = w.unit AND p.day < w.lo), w.lo)
      AND o.day <= coalesce(
          (SELECT min(n.day) FROM fleet_observation n WHERE n.unit = w.unit AND n.day > w.hi), w.hi)
"""
