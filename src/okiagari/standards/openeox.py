"""The life of a product as dates that programs read (OASIS OpenEoX Core 1.0, review draft 2026-05-20).

In: the dates of one product as far as they are known. Out: the Core object (required: `$schema`,
`end_of_life`, `end_of_security_support`, `last_updated`; dates as RFC 3339 instants with upper-case T
and Z, or "tba") and what it could not carry. The Core names no product; whoever publishes it does, by
its address. A day stands for its last moment in the maker's zone where support ends with it, and for its
first where it begins. It never invents a date: what is not known is "tba".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from okiagari.problems import Kind, Problem, define, gettext_noop
from okiagari.standards.documents import Fault, Json, Loss, Reading, Unread, instant, moment, pruned
from okiagari.standards.partialdate import PartialDate

SCHEMA = "https://docs.oasis-open.org/openeox/eox-core/v1.0/schema/eox-core.json"
"""The one place of the address: it differed between drafts."""
TBA = "tba"
ENDS = ("end_of_sales", "end_of_security_support", "end_of_life")
NOT_KNOWN = PartialDate()
REQUIRED = ("end_of_security_support", "end_of_life")

INEXACT = gettext_noop("%(name)s is known as “%(text)s” only; the document says %(instant)s.")
BACKWARDS = define(
    "openeox.backwards",
    Kind.INVALID,
    gettext_noop("%(first)s (%(first_date)s) lies after %(then)s (%(then_date)s)."),
    gettext_noop("A product is first available, then supported; its end of life comes last. Mend the dates."),
)

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z", re.ASCII)


@dataclass(frozen=True)
class Life:
    """The dates of one product; a date that is not known is empty. `updated`: when they were last changed."""

    updated: datetime
    general_availability: PartialDate = NOT_KNOWN
    end_of_sales: PartialDate = NOT_KNOWN
    end_of_security_support: PartialDate = NOT_KNOWN
    end_of_life: PartialDate = NOT_KNOWN

    @property
    def dates(self) -> Mapping[str, PartialDate]:
        """Name to date, the first in a product's life first."""
        names = ("general_availability", *ENDS)
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Built:
    document: Json
    losses: tuple[Loss, ...]


def build(life: Life, zone: str) -> Built:
    """The Core object. `zone`: in which the maker's days begin and end. Raises BACKWARDS."""
    for problem in problems(life):
        raise problem
    losses: list[Loss] = []
    told: dict[str, object] = {}
    for name, day in life.dates.items():
        known = _edge_of(name, life)
        text = _edge(known, zone, is_end=name in ENDS) if known else TBA
        told[name] = text if known or name in REQUIRED else None
        if known and not day.is_exact:
            losses.append(Loss(f"/{name}", INEXACT, {"name": name, "text": str(day), "instant": text}))
    document = pruned(**{"$schema": SCHEMA, "last_updated": instant(life.updated), **told})
    return Built(document, tuple(losses))


def _edge_of(name: str, life: Life) -> date | None:
    """The day an instant is made of: of a date known in part the last one, but none after the end of life."""
    day, end = life.dates[name], life.end_of_life.latest
    if name not in ENDS:
        return day.earliest
    return min(day.latest, end) if day.latest and end else day.latest


def _edge(day: date, zone: str, *, is_end: bool) -> str:
    """The first or the last second of a day, in UTC."""
    clock = time(23, 59, 59) if is_end else time(0, 0, 0)
    return str(instant(datetime.combine(day, clock, ZoneInfo(zone))))


def problems(life: Life) -> tuple[Problem, ...]:
    """Dates that contradict one another: those that surely do, where they are not known to the day."""
    dates = life.dates
    return tuple(
        BACKWARDS(first=first, first_date=dates[first], then=then, then_date=dates[then])
        for first, then in contradictions(dates)
    )


def contradictions(dates: Mapping[str, PartialDate]) -> tuple[tuple[str, str], ...]:
    """By name: which date should come before which, and surely does not."""
    known = {name: day for name, day in dates.items() if day}
    return tuple(
        (first, then)
        for first, then in _orders(known)
        if (earliest := known[first].earliest) and (latest := known[then].latest) and earliest > latest
    )


def _orders(dates: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Which date comes before which: availability before all, end of life after all."""
    for name in dates:
        if name != "general_availability" and "general_availability" in dates:
            yield "general_availability", name
    for name in dates:
        if name not in {"general_availability", "end_of_life"} and "end_of_life" in dates:
            yield name, "end_of_life"


def faults(document: Mapping[str, object]) -> tuple[Fault, ...]:
    """What is wrong with a Core object, whoever wrote it; nothing if all is well."""
    return tuple(_faults(document))


def _faults(document: Mapping[str, object]) -> Iterator[Fault]:
    allowed = {"$schema", "last_updated", "general_availability", *ENDS}
    for name in sorted({"$schema", "last_updated", *REQUIRED} - set(document)):
        yield Fault(f"/{name}", "is missing")
    for name in sorted(set(document) - allowed):
        yield Fault(f"/{name}", "is not known to the Core")
    if document.get("$schema", SCHEMA) != SCHEMA:
        yield Fault("/$schema", f"is not {SCHEMA}")
    known: dict[str, datetime] = {}
    for name in sorted(allowed & set(document) - {"$schema"}):
        value = document[name]
        if value == TBA and name != "last_updated":
            continue
        found = moment(value) if isinstance(value, str) and _INSTANT.fullmatch(value) else None
        if found is None:
            yield Fault(f"/{name}", "is neither an RFC 3339 instant in UTC nor “tba”")
        elif name != "last_updated":
            known[name] = found
    for first, then in _orders(known):
        if known[first] > known[then]:
            yield Fault(f"/{first}", f"lies after {then}")


def read(document: Mapping[str, object], zone: str) -> tuple[Life | None, tuple[Unread, ...]]:
    """The dates somebody else published, as days in a zone; None without `last_updated`."""
    unread: list[Unread] = []
    reading = Reading(document, "", unread)
    reading.drop("$schema")
    updated = reading.moment("last_updated")
    days = {}
    for name in ("general_availability", *ENDS):
        if reading.raw(name) == TBA:
            reading.drop(name)
            continue
        found = reading.moment(name)
        if found is not None:
            day = found.astimezone(ZoneInfo(zone))
            days[name] = PartialDate(day.year, day.month, day.day)
    reading.done()
    return (Life(updated.astimezone(UTC), **days) if updated else None), tuple(unread)
