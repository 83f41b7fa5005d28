"""Lengths of time, and the instant they end at.

In: an anchor (an instant with its zone, or a calendar day where only the day is known), a zone and a
calendar of working days. Out: the last instant that is still in time.

Decided once, for every clock:
- Hours run from the instant, 24 hours are 24 hours, also across a change of the clocks.
- Days are whole calendar days in the zone of the rule: the day of the anchor is day 0, and the
  deadline is the last microsecond of day n. A report of Monday 09:00 with seven days is in time
  until Monday 23:59 one week later.
- Months follow Regulation (EEC, Euratom) 1182/71, article 3(2)(c): the same date of a later month,
  the last day of that month where the date does not exist, at the same time of day. Around midnight
  the zones of the Union disagree about the date, and so about the month's last day: the earliest of
  their readings counts, because it is in time under every other.
- An anchor known only by its day counts from the day's first instant for hours and months (the
  cautious reading) and as the day itself for days.
- Working days skip what the calendar calls a day off; the deadline is the end of the last one.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

Moment = datetime | date
UNION = tuple(ZoneInfo(name) for name in ("Europe/Lisbon", "Europe/Brussels", "Europe/Helsinki"))


class Calendar(Protocol):
    """Says which days are worked. The maker's own, with holidays, comes from the desk."""

    def is_working_day(self, day: date) -> bool: ...


class Weekdays:
    """Monday to Friday, no holidays: the calendar until the maker has set its own."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5


WEEKDAYS = Weekdays()


@dataclass(frozen=True)
class Place:
    """Where whole days begin and end, and which of them are worked."""

    zone: tzinfo
    calendar: Calendar = WEEKDAYS


@dataclass(frozen=True)
class End:
    """The last instant in time (UTC); `day` where the deadline is a whole day."""

    at: datetime
    day: date | None = None


def day_of(anchor: Moment, zone: tzinfo) -> date:
    """The calendar day of the anchor in this zone."""
    return anchor.astimezone(zone).date() if isinstance(anchor, datetime) else anchor


def first_instant(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def end_of_day(day: date, zone: tzinfo) -> End:
    """The last microsecond of the day, in UTC."""
    return End(first_instant(day + timedelta(days=1), zone) - timedelta(microseconds=1), day)


def instant_of(anchor: Moment, zone: tzinfo) -> datetime:
    """The instant itself; of a day, its first instant."""
    return anchor.astimezone(UTC) if isinstance(anchor, datetime) else first_instant(anchor, zone)


class Span(Protocol):
    """A way to get from an anchor to its deadline. A new kind of clock is a new class with this method."""

    def end(self, anchor: Moment, place: Place) -> End: ...


@dataclass(frozen=True)
class Hours:
    count: int

    def end(self, anchor: Moment, place: Place) -> End:
        return End(instant_of(anchor, place.zone) + timedelta(hours=self.count))


@dataclass(frozen=True)
class Days:
    count: int

    def end(self, anchor: Moment, place: Place) -> End:
        return end_of_day(day_of(anchor, place.zone) + timedelta(days=self.count), place.zone)


@dataclass(frozen=True)
class WorkingDays:
    """At least one; the day of the anchor never counts. A calendar that is off for a year ends the count."""

    count: int

    def end(self, anchor: Moment, place: Place) -> End:
        day, left = day_of(anchor, place.zone), self.count
        last = day + timedelta(days=self.count * 7 + 366)
        while left > 0 and day < last:
            day += timedelta(days=1)
            left -= place.calendar.is_working_day(day)
        return end_of_day(day, place.zone)


@dataclass(frozen=True)
class Months:
    count: int

    def end(self, anchor: Moment, place: Place) -> End:
        start = instant_of(anchor, place.zone)
        return End(min(self._later(start.astimezone(zone)).astimezone(UTC) for zone in UNION))

    def _later(self, start: datetime) -> datetime:
        year, month = divmod(start.year * 12 + start.month - 1 + self.count, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return start.replace(year=year, month=month + 1, day=min(start.day, last))


@dataclass(frozen=True)
class Itself:
    """The anchor is the deadline: an embargo's end, a promise. A day ends when it ends."""

    def end(self, anchor: Moment, place: Place) -> End:
        if isinstance(anchor, datetime):
            return End(anchor.astimezone(UTC))
        return end_of_day(anchor, place.zone)


def to_json(span: Span) -> Mapping[str, object]:
    """``{"kind": "Days", "count": 7}``; for a maker's own rules."""
    return {"kind": type(span).__name__, **getattr(span, "__dict__", {})}


def from_json(value: Mapping[str, object]) -> Span:
    """Read what `to_json` wrote. Raises ValueError for a kind or count that does not exist."""
    kinds: dict[str, type[Hours | Days | WorkingDays | Months]] = {
        kind.__name__: kind for kind in (Hours, Days, WorkingDays, Months)
    }
    kind, count = str(value.get("kind")), value.get("count")
    if kind == Itself.__name__:
        return Itself()
    if kind not in kinds or not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise ValueError(f"no span: {dict(value)}")
    return kinds[kind](count)
