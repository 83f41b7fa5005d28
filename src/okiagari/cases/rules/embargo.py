"""The embargo: its states, the order they may follow in, and whether it holds at an instant.

Proposed by somebody, agreed with the parties, revised by a new agreement, ended by a person. A fact
(published elsewhere, exploit seen) ends nothing. What was agreed holds until the agreed instant; what
is only proposed holds until somebody ends it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from okiagari.problems import Kind, define, gettext_noop

ORDER = define(
    "cases.embargo_order",
    Kind.CONFLICT,
    gettext_noop("An embargo that is %(before)s cannot become %(after)s."),
    gettext_noop("From here it can become: %(possible)s."),
)
STATE_UNKNOWN = define(
    "cases.embargo_state",
    Kind.INVALID,
    gettext_noop("“%(state)s” is not a state of an embargo."),
    gettext_noop("The states are: %(known)s."),
)
UNTIL_NEEDED = define(
    "cases.embargo_until",
    Kind.INVALID,
    gettext_noop("An agreed embargo needs its end: day, hour and zone."),
    gettext_noop("While the end is open, the embargo is proposed."),
)
UNTIL_PAST = define(
    "cases.embargo_past",
    Kind.INVALID,
    gettext_noop("The end of the embargo lies in the past."),
    gettext_noop("Choose a later instant, or say that the embargo has ended, with a reason."),
)
WITH_WHOM = define(
    "cases.embargo_with_whom",
    Kind.INVALID,
    gettext_noop("An agreement has another side."),
    gettext_noop("Say with whom the end was agreed, for example JPCERT/CC."),
)
WHY = define(
    "cases.embargo_why",
    Kind.INVALID,
    gettext_noop("A change of the embargo needs a reason."),
    gettext_noop("One sentence is enough; it stays in the timeline."),
)
ZONE_UNKNOWN = define(
    "cases.zone_unknown",
    Kind.INVALID,
    gettext_noop("“%(zone)s” is not a time zone."),
    gettext_noop("Write it as Asia/Tokyo or UTC."),
)

_ORDER: Mapping[str, tuple[str, ...]] = {
    "": ("proposed", "agreed"),
    "proposed": ("proposed", "agreed", "ended"),
    "agreed": ("revised", "ended"),
    "revised": ("revised", "ended"),
    "ended": ("proposed", "agreed"),
}
STATES = ("proposed", "agreed", "revised", "ended")
_AGREED = ("agreed", "revised")


@dataclass(frozen=True)
class Said:
    """What somebody says of the embargo."""

    state: str
    until: datetime | None
    zone: str
    agreed_with: str = ""
    reason: str = ""


def next_states(before: str) -> tuple[str, ...]:
    return _ORDER[before]


def check_embargo(said: Said, before: str, now: datetime) -> None:
    """Raises STATE_UNKNOWN, ORDER, UNTIL_NEEDED, UNTIL_PAST, WITH_WHOM, WHY, ZONE_UNKNOWN."""
    if said.state not in STATES:
        raise STATE_UNKNOWN(state=said.state, known=", ".join(STATES)).at("state")
    if said.state not in _ORDER[before]:
        raise ORDER(before=before, after=said.state, possible=", ".join(_ORDER[before])).at("state")
    if (said.state in ("revised", "ended") or before == "ended") and not said.reason.strip():
        raise WHY().at("reason")
    if said.state == "ended":
        return
    try:
        ZoneInfo(said.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZONE_UNKNOWN(zone=said.zone).at("zone") from None
    if said.state in _AGREED and said.until is None:
        raise UNTIL_NEEDED().at("until")
    if said.until is not None and said.until <= now:
        raise UNTIL_PAST().at("until")
    if said.state in _AGREED and not said.agreed_with.strip():
        raise WITH_WHOM().at("agreed_with")


def holds(state: str, until: datetime | None, now: datetime) -> bool:
    """Does it still bind us?"""
    if state in _AGREED:
        return until is not None and now < until
    return state == "proposed"
