"""The days that are worked: weekdays less public holidays, with the maker's own exceptions.

In: a country (ISO 3166-1), days the maker closes besides, days it works although they would be off.
Out: whether a day is worked, why not, and the working days after it. The holidays come from the package
`holidays` (Japan: 国民の祝日に関する法律, with its substitute and bridging days). It never asks for the time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays

from .spans import Calendar

_SPOKEN = {"ja": "ja", "en": "en_US"}
WEEKEND = 5
LONGEST_BREAK = 366
"""A calendar in which a whole year is off has been filled in wrongly; nobody waits for its next day."""


@lru_cache(maxsize=256)
def public_holidays(country: str, year: int, language: str = "en") -> Mapping[date, str]:
    """The public holidays of one year with their names, in the language as far as it is known."""
    known = holidays.country_holidays(country, years=year, language=_SPOKEN.get(language, "en_US"))
    return MappingProxyType({day: name for day, name in sorted(known.items()) if day.year == year})


@dataclass(frozen=True)
class BusinessCalendar:
    """`closed` and `worked` are the maker's own exceptions; where both name a day, it is worked."""

    country: str = "JP"
    closed: frozenset[date] = field(default_factory=frozenset)
    worked: frozenset[date] = field(default_factory=frozenset)

    def is_working_day(self, day: date) -> bool:
        if day in self.worked:
            return True
        if day in self.closed or day.weekday() >= WEEKEND:
            return False
        return day not in public_holidays(self.country, day.year)


def next_working_day(day: date, calendar: Calendar) -> date:
    """The first working day after this one. Raises ValueError where a whole year is off."""
    for ahead in range(1, LONGEST_BREAK + 1):
        if calendar.is_working_day(found := day + timedelta(days=ahead)):
            return found
    raise ValueError(f"no working day within a year after {day}")


def plus_working_days(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th working day after this one; this one itself never counts, and 0 is this one."""
    for _ in range(count):
        day = next_working_day(day, calendar)
    return day
