"""A reading: while it lasts, each question marked as `shared` is put to the database once.

In: a block of reads, such as the gates of one case, which ask the same things one after the other. Out: the
same answers, for the price of one. An answer is never old: it lives no longer than the block, any statement
that is not plainly a read makes the reading forget all it knows, and outside a transaction nothing is
shared. Who shares an answer does not change it.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection

P = ParamSpec("P")
R = TypeVar("R")
_READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT")
_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("okiagari_reading", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Share what is asked within this block. A reading within a reading is part of it."""
    if _known.get() is not None or not connection.in_atomic_block:
        yield
        return
    known: dict[Hashable, Any] = {}

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.lstrip(" (").startswith(_READS):
            known.clear()
        return execute(sql, *rest)

    mark = _known.set(known)
    try:
        with connection.execute_wrapper(watch):
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
        if key not in known:
            known[key] = question(*args, **kwargs)
        answer: R = known[key]
        return answer

    return asked


def _fixed(argument: object) -> Hashable:
    return tuple(argument) if isinstance(argument, list) else argument
