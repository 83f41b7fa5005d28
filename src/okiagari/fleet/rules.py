"""What may stand in an observation of a unit. Pure: a text in, the same text trimmed or a problem out.

The device door and the imports share it. Reported texts are trimmed and otherwise left as they are;
one that is too long or holds control characters is refused, never cut: two versions cut to one text would
be counted as one. Health is the exception: it is a detail, so it is cut to what fits.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from okiagari.problems import Kind, define, gettext_noop

LIMITS: Mapping[str, int] = {"unit": 128, "product": 128, "hardware": 64, "version": 128, "source": 64}
OPTIONAL = frozenset({"hardware"})
HEALTH_FACTS = 32
HEALTH_NAME = 64
HEALTH_TEXT = 200
HEALTH_BYTES = 2048
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
TOLERANCE = timedelta(minutes=5)

MISSING = define(
    "fleet.missing",
    Kind.INVALID,
    gettext_noop("%(field)s is missing."),
    gettext_noop("Every observation names a unit, its product and its version; hardware is optional."),
)
TOO_LONG = define(
    "fleet.too_long",
    Kind.INVALID,
    gettext_noop("%(field)s is too long."),
    gettext_noop("It may have up to %(limit)s characters."),
)
CONTROL_CHARACTERS = define(
    "fleet.control_characters",
    Kind.INVALID,
    gettext_noop("%(field)s contains characters that cannot be shown."),
    gettext_noop("Leave out line breaks, tabs and other control characters."),
)
NOT_A_TIME = define(
    "fleet.not_a_time",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not a time with a zone."),
    gettext_noop("Write a time like 2016-10-28T09:30:00+09:00."),
)
NOT_A_TIME_OR_DATE = define(
    "fleet.not_a_time_or_date",
    Kind.INVALID,
    gettext_noop("“%(text)s” is neither a time with a zone nor a date."),
    gettext_noop("Write a time like 2016-10-28T09:30:00+09:00, or a date like 2016-10-28."),
)
IN_THE_FUTURE = define(
    "fleet.in_the_future",
    Kind.INVALID,
    gettext_noop("“%(text)s” lies in the future."),
    gettext_noop("Check the clock and the zone of the source. Five minutes are let pass."),
)
TOO_EARLY = define(
    "fleet.too_early",
    Kind.INVALID,
    gettext_noop("“%(text)s” lies before the year 2000."),
    gettext_noop("Check the clock of the source: it was probably not set."),
)


def text(value: str, field: str) -> str:
    """This field's text, trimmed. Raises MISSING, TOO_LONG or CONTROL_CHARACTERS."""
    value = value.strip()
    if not value and field not in OPTIONAL:
        raise MISSING(field=field).at(field)
    if len(value) > LIMITS[field]:
        raise TOO_LONG(field=field, limit=LIMITS[field]).at(field)
    if not value.isprintable() and any(unicodedata.category(each) in ("Cc", "Cs") for each in value):
        raise CONTROL_CHARACTERS(field=field).at(field)
    return value


def instant(value: str, *, now: datetime, zone: tzinfo | None = None, field: str = "at") -> datetime:
    """The time that is written here, never later than `now`. With a `zone`, a date stands for its
    beginning there: a sign with a time on the same day comes after it. Raises a problem."""
    value = value.strip()
    if not value:
        raise MISSING(field=field).at(field)
    at = _read(value, zone)
    if at is None:
        wrong = NOT_A_TIME if zone is None else NOT_A_TIME_OR_DATE
        raise wrong(text=value[:40]).at(field)
    return plausible(at, now=now, field=field)


def plausible(at: datetime, *, now: datetime, field: str = "at") -> datetime:
    """The same instant, never later than `now`. Raises IN_THE_FUTURE or TOO_EARLY."""
    if at > now + TOLERANCE:
        raise IN_THE_FUTURE(text=at.isoformat()).at(field)
    if at < EARLIEST:
        raise TOO_EARLY(text=at.isoformat()).at(field)
    return min(at, now)


def capped_health(facts: Mapping[str, object] | None) -> str | None:
    """What is kept of a unit's health as JSON text: its first plain facts, long texts cut. None if none."""
    kept: dict[str, object] = {}
    size = 2
    for name, value in (facts or {}).items():
        if not isinstance(value, str | int | float | bool | None) or len(kept) == HEALTH_FACTS:
            continue
        fact = {name[:HEALTH_NAME]: value[:HEALTH_TEXT] if isinstance(value, str) else value}
        size += len(_json(fact).encode("utf-8", "surrogatepass"))
        if size > HEALTH_BYTES:
            break
        kept.update(fact)
    return _json(kept) if kept else None


def _read(value: str, zone: tzinfo | None) -> datetime | None:
    try:
        if zone is not None and len(value) == 10:
            return datetime.combine(date.fromisoformat(value), time(), tzinfo=zone)
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
