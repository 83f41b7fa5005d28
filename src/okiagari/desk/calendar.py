"""The maker's business calendar: public holidays of Japan, with the days it closes or works besides.

Enters: the maker's own days. Leaves: which days are worked, as a `Calendar` for the deadlines that count
working days, and one ledger line per change, from which upper rooms reckon their clocks anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from okiagari.desk import permits
from okiagari.desk.models import OwnDay
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ledger
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards import deadlines
from okiagari.standards.deadlines import BusinessCalendar
from okiagari.standards.localtext import LANGUAGES, LocalText

COUNTRY = "JP"
STREAM = ("desk", "calendar")
DAY_NEEDS_NAME = define(
    "desk.day_needs_name",
    Kind.INVALID,
    gettext_noop("What is this day?"),
    gettext_noop("Give it the name by which people know it, such as summer holidays."),
)
NO_OWN_DAY = define(
    "desk.no_own_day",
    Kind.NOT_FOUND,
    gettext_noop("%(day)s is not one of our own days."),
    gettext_noop("Public holidays come from the calendar of the country; only own days can be taken out."),
)


@dataclass(frozen=True)
class DayView:
    """A day that differs from an ordinary week. `is_own`: set by us, not by the country."""

    day: date
    name: LocalText
    is_worked: bool
    is_own: bool


@dataclass(frozen=True)
class YearView:
    """The special days of one year, and how many days of it are worked."""

    year: int
    country: str
    days: tuple[DayView, ...]
    worked: int


def business() -> BusinessCalendar:
    """The calendar as it stands, in one query."""
    own = list(OwnDay.objects.values_list("day", "is_worked"))
    return BusinessCalendar(
        COUNTRY,
        closed=frozenset(day for day, is_worked in own if not is_worked),
        worked=frozenset(day for day, is_worked in own if is_worked),
    )


def is_working_day(day: date) -> bool:
    return business().is_working_day(day)


def next_working_day(day: date) -> date:
    """The first working day after this one."""
    return deadlines.next_working_day(day, business())


def plus_working_days(day: date, count: int) -> date:
    """The `count`-th working day after this one."""
    return deadlines.plus_working_days(day, count, business())


def year(subject: Subject, number: int) -> YearView:
    """The special days of a year in their order; an own day stands in place of a public one."""
    permits.require(subject, "desk.calendar")
    days = {day: DayView(day, name, is_worked=False, is_own=False) for day, name in _public(number)}
    for row in OwnDay.objects.filter(day__year=number):
        days[row.day] = DayView(row.day, row.name, is_worked=row.is_worked, is_own=True)
    calendar, first = business(), date(number, 1, 1)
    every = (first + timedelta(days=ahead) for ahead in range((date(number + 1, 1, 1) - first).days))
    worked = sum(calendar.is_working_day(day) for day in every)
    return YearView(number, COUNTRY, tuple(days[day] for day in sorted(days)), worked)


def _public(number: int) -> Iterable[tuple[date, LocalText]]:
    said = {language: deadlines.public_holidays(COUNTRY, number, language) for language in LANGUAGES}
    for day in said["en"]:
        yield day, LocalText({language: said[language][day] for language in LANGUAGES}, "ja")


def put_holiday(subject: Subject, day: date, *, name: LocalText, is_worked: bool = False) -> None:
    """Close on a day, or work on one that would be off; said again, it is renamed. Raises DAY_NEEDS_NAME."""
    permits.require(subject, "desk.put_holiday")
    if not name:
        raise DAY_NEEDS_NAME().at("name")
    with ledger.action():
        OwnDay.objects.update_or_create(day=day, defaults={"name": name, "is_worked": is_worked})
        verb = "desk.day_worked" if is_worked else "desk.day_closed"
        facts = {"day": day, "name": dict(name.texts)}
        ledger.append(STREAM, subject=subject, verb=verb, facts=facts)


def drop_holiday(subject: Subject, day: date) -> None:
    """Go back to the public calendar on this day. Raises NO_OWN_DAY."""
    permits.require(subject, "desk.put_holiday")
    with ledger.action():
        row = OwnDay.objects.filter(day=day).first()
        if row is None:
            raise NO_OWN_DAY(day=day.isoformat()).at("day")
        facts = {"day": day, "name": dict(row.name.texts)}
        row.delete()
        ledger.append(STREAM, subject=subject, verb="desk.day_dropped", facts=facts)
