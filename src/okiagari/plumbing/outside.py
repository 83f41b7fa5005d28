"""May the house speak to anybody outside now? Asked before a letter goes and before a service is told.

What a replay plays is a tale of another time: it is kept as it was, and nobody outside hears of it again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_silent: ContextVar[bool] = ContextVar("okiagari_outside_silent", default=False)


@contextmanager
def silent() -> Iterator[None]:
    """Inside the block nothing leaves the house."""
    mark = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(mark)


def is_silent() -> bool:
    return _silent.get()
