"""Moves a whole story in time, so that a past case stands before its reader as if it happened now.

In: the data of a replay and a span of whole weeks (weekdays stay what they were). Out: the same data with
every date moved that is known at least to its month. A year alone stays: a product of 2004 stays one of 2004.
Words are not read: a date inside a sentence stays as it is.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

_MONTH = re.compile(r"^(?P<part>(?:early|mid|late) )?(?P<year>\d{4})-(?P<month>\d{2})$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?$")
_MIDST = {"early ": 5, "mid ": 15, "late ": 25, "": 15}


def whole_weeks(point: date, today: date) -> timedelta:
    """How far to move a story so that this day of it lies at most six days before today."""
    return timedelta(weeks=(today - point).days // 7)


def moved(value: Any, by: timedelta) -> Any:
    """The value with every date in it moved."""
    if isinstance(value, Mapping):
        return {name: moved(each, by) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [moved(each, by) for each in value]
    if isinstance(value, date):  # an instant is one, too
        return value + by
    return _moved_text(value, by) if isinstance(value, str) else value


def _moved_text(text: str, by: timedelta) -> str:
    month = _MONTH.match(text)
    try:
        if month:
            part = month["part"] or ""
            day = date(int(month["year"]), int(month["month"]), _MIDST[part]) + by
            return f"{part}{day:%Y-%m}"
        if _DAY.match(text):
            instant = datetime.fromisoformat(text)
            return (instant + by).isoformat() if "T" in text else (instant + by).date().isoformat()
    except (ValueError, OverflowError):
        return text
    return text
