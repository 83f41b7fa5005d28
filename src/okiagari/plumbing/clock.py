"""The only place that knows what time it is. No Django in here: the device door uses it too.

Tests and the replay player set the clock with `at`; everything else asks `now`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, tzinfo

_set_to: ContextVar[datetime | None] = ContextVar("okiagari_clock", default=None)


def now() -> datetime:
    """This instant in UTC, or the instant the clock was set to."""
    return _set_to.get() or datetime.now(UTC)


def today(zone: tzinfo) -> date:
    """The calendar date in this zone."""
    return now().astimezone(zone).date()


def is_set() -> bool:
    """True while the clock stands at a chosen instant instead of running."""
    return _set_to.get() is not None


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Stand still at this instant (aware) inside the block."""
    if instant.tzinfo is None:
        raise ValueError("the clock is set to an instant with a zone")
    mark = _set_to.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(mark)
