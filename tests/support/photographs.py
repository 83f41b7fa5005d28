"""What many tests start from is made once, through the real actions, and then put back row by row.

In: a maker that works on the database. Out: the same maker; called again at the same instant, with the same
arguments, after the very same line of the ledger, it writes the rows that the first call left. Nothing is
kept of what it did outside of the database.
"""

import copy
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from okiagari.plumbing import clock
from okiagari.plumbing.models import Line

P = ParamSpec("P")
T = TypeVar("T")
Row = tuple[Any, ...]
Rows = Mapping[type[Model], Mapping[Any, Row]]


def photographed(make: Callable[P, T]) -> Callable[P, T]:
    """Decorates a maker. Each call has a copy of its answer, whose parts must be values nobody changes."""
    taken: dict[object, _Photograph] = {}

    @functools.wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> T:
        instant = clock.now() if clock.is_set() else None
        key = (instant, _last_line(), repr(args), repr(kwargs))
        if key in taken:
            taken[key].put_back()
        else:
            before = _rows()
            answer = make(*args, **kwargs)
            taken[key] = _difference(answer, before, _rows())
        found: T = copy.copy(taken[key].answer)
        return found

    return made


@dataclass(frozen=True)
class _Photograph:
    """Of each table that changed: the keys that were there or are, and the rows that are."""

    answer: Any
    changed: Mapping[type[Model], Mapping[Any, Row | None]]

    def put_back(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for model, rows in self.changed.items():
                cursor.executemany(
                    f"DELETE FROM {_table(model)} WHERE {_key(model)} = %s", [[k] for k in rows]
                )
                there = [row for row in rows.values() if row is not None]
                holes = ", ".join(["%s"] * len(_columns(model)))
                names = ", ".join(_columns(model))
                cursor.executemany(f"INSERT INTO {_table(model)} ({names}) VALUES ({holes})", there)
            for line in connection.ops.sequence_reset_sql(no_style(), list(self.changed)):
                cursor.execute(line)


def _last_line() -> str | None:
    """Where the ledger stands. It is salted: the same hash is never reached in two ways."""
    return Line.objects.order_by("-pk").values_list("hash", flat=True).first()


def _difference(answer: Any, before: Rows, after: Rows) -> _Photograph:
    changed: dict[type[Model], Mapping[Any, Row | None]] = {}
    for model, rows in after.items():
        old = before[model]
        keys = [key for key in {**old, **rows} if old.get(key) != rows.get(key)]
        if keys:
            changed[model] = {key: rows.get(key) for key in keys}
    return _Photograph(answer, changed)


def _rows() -> Rows:
    """Every row of every table as the database gives it, by its primary key."""
    found: dict[type[Model], dict[Any, Row]] = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(
                f"SELECT {_key(model)}, {', '.join(_columns(model))} FROM {_table(model)} ORDER BY 1"
            )
            found[model] = {row[0]: row[1:] for row in cursor.fetchall()}
    return found


def _table(model: type[Model]) -> str:
    return _quoted(model._meta.db_table)


def _key(model: type[Model]) -> str:
    return _quoted(model._meta.pk.column)


def _columns(model: type[Model]) -> list[str]:
    return [_quoted(each.column) for each in model._meta.concrete_fields if not each.generated]


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
