"""A reading: while it lasts, each question marked as `shared` is put to the database once.

In: a block of reads, such as the gates of one case or the page that shows it, which ask the same things one
after the other. Out: the same answers, for the price of one. An answer is never old: it lives no longer than
the block, a write makes the reading forget every answer that was read from a table the write names, and
whatever else is not plainly a read (a lock, a rollback) makes it forget all. Who shares an answer does not
change it.
"""

import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection

P = ParamSpec("P")
R = TypeVar("R")
_READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT")
_LOCK = " FOR UPDATE"
_WRITE = re.compile(r"\s*(insert|update|delete)\b", re.IGNORECASE)
_TABLE = re.compile(r'\b(?:from|join)\s+"?(\w+)', re.IGNORECASE)


@dataclass
class _Known:
    """The answers so far, each with the tables it was read from; and the questions being asked now."""

    answers: dict[Hashable, tuple[Any, frozenset[str]]] = field(default_factory=dict)
    asking: list[set[str]] = field(default_factory=list)

    def watch(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.lstrip(" (").startswith(_READS) and _LOCK not in sql:
            if self.asking:
                self.asking[-1].update(_TABLE.findall(sql))
        elif _WRITE.match(sql):
            said = sql.lower()
            changed = [key for key, (_, read) in self.answers.items() if any(each in said for each in read)]
            for key in changed:
                del self.answers[key]
        else:
            self.answers.clear()
        return execute(sql, *rest)

    def answer(self, key: Hashable, question: Callable[[], R]) -> R:
        if key in self.answers:
            answer, tables = self.answers[key]
        else:
            self.asking.append(set())
            try:
                answer = question()
            finally:
                tables = frozenset(self.asking.pop())
            self.answers[key] = answer, tables
        if self.asking:
            self.asking[-1].update(tables)
        found: R = answer
        return found


_known: ContextVar[_Known | None] = ContextVar("okiagari_reading", default=None)


@contextmanager
def reading(*, of_page: bool = False) -> Iterator[None]:
    """Share what is asked within this block. A reading within a reading is part of it.

    Outside a transaction nothing is shared, as others may write meanwhile; but for a page (`of_page`), which
    is read at one moment and only shows.
    """
    if _known.get() is not None or not (connection.in_atomic_block or of_page):
        yield
        return
    known = _Known()
    mark = _known.set(known)
    try:
        with connection.execute_wrapper(known.watch):
            yield
    finally:
        _known.reset(mark)


def shared(question: Callable[P, R]) -> Callable[P, R]:
    """Mark a query whose answer one reading may share: it depends on its arguments and the database alone."""

    @wraps(question)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        known = _known.get()
        if known is None:
            return question(*args, **kwargs)
        key = (question, *map(_fixed, args), *((name, _fixed(each)) for name, each in sorted(kwargs.items())))
        return known.answer(key, lambda: question(*args, **kwargs))

    return asked


def _fixed(argument: object) -> Hashable:
    return tuple(argument) if isinstance(argument, list) else argument
