"""What a page promises: the day, or the hour, of its next edition.

In: text as people write it ("2017-10-20", "2017-10-20T18:00", "late 2017-10"). Out: the same, exact: an
instant carries its offset, a day stays a day.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from okiagari.problems import Problem
from okiagari.standards.partialdate import PartialDate

DAY = timedelta(days=1)
_DAY_LENGTH = len("2017-10-20")


def read(text: str, zone: str) -> str:
    """Raises ValueError. An instant without an offset is one of the maker's zone."""
    said = text.strip()
    if not said:
        return ""
    if len(said) > _DAY_LENGTH and said[_DAY_LENGTH] in "T ":
        instant = datetime.fromisoformat(said)
        known = instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(zone))
        return known.isoformat(timespec="minutes")
    try:
        return str(PartialDate.parse(said))
    except Problem as problem:
        raise ValueError(said) from problem


def instant_of(promise: str) -> datetime | None:
    """The instant itself, where one was promised; None for a day."""
    return datetime.fromisoformat(promise) if promise[_DAY_LENGTH : _DAY_LENGTH + 1] == "T" else None


def kept_until(promise: str, zone: str) -> datetime | None:
    """After this the promise is broken; None where nothing was promised."""
    if not promise:
        return None
    known = instant_of(promise)
    if known is not None:
        return known
    last = PartialDate.parse(promise).latest
    return datetime.combine(last, time(), ZoneInfo(zone)) + DAY if last else None
