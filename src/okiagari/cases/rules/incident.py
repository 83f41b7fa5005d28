"""An incident in a service or in the company's own systems: what can be said of it, and in which order.

In: what a person said, what was known before, the clock. Out: nothing, or a problem at its field. Whether a
law makes the maker report it, `flow` asks of `okiagari.standards.deadlines`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

NOT_AN_INCIDENT = define(
    "cases.not_an_incident",
    Kind.CONFLICT,
    gettext_noop("This case is about a product only; it has no incident to describe."),
    gettext_noop("Add the kind service or infrastructure to the case first, with a reason."),
)
TRIAD_UNKNOWN = define(
    "cases.triad_unknown",
    Kind.INVALID,
    gettext_noop("“%(given)s” is neither yes, no nor unknown."),
    gettext_noop("Answer yes, no or unknown; it can be changed when more is known."),
)
INCIDENT_ORDER = define(
    "cases.incident_order",
    Kind.INVALID,
    gettext_noop("This lies before the incident was detected."),
    gettext_noop("Nobody is aware of an incident before it is detected; put the earlier time right first."),
)
INCIDENT_FUTURE = define(
    "cases.incident_future",
    Kind.INVALID,
    gettext_noop("This lies in the future."),
    gettext_noop("Record it when it has happened."),
)
AWARE_NEEDED = define(
    "cases.aware_needed",
    Kind.INVALID,
    gettext_noop("Since when do we know that personal data leaked?"),
    gettext_noop("The reports to the authorities count from that instant."),
)
COUNTRY_CODE = define(
    "cases.country_code",
    Kind.INVALID,
    gettext_noop("“%(country)s” is not a country."),
    gettext_noop("Write its two letters, such as JP or DE."),
)
CONTAINED_HOW = define(
    "cases.contained_how",
    Kind.INVALID,
    gettext_noop("How was it contained, and by whom?"),
    gettext_noop("One sentence and a name: others rely on it."),
)
COUNT_UNKNOWN = define(
    "cases.count_unknown",
    Kind.INVALID,
    gettext_noop("“%(given)s” is not something that is counted here."),
    gettext_noop("Choose one of: %(known)s."),
)
COUNT_NEGATIVE = define(
    "cases.count_negative",
    Kind.INVALID,
    gettext_noop("A count is a whole number, 0 or more."),
    gettext_noop("Give the best number there is, and say how certain it is."),
)
TRIAD: Mapping[str, str] = {
    "yes": gettext_noop("yes"),
    "no": gettext_noop("no"),
    "unknown": gettext_noop("not known yet"),
}
COUNTED: Mapping[str, str] = {
    "persons": gettext_noop("persons"),
    "records": gettext_noop("records"),
    "accounts": gettext_noop("accounts"),
    "units": gettext_noop("devices"),
}
CERTAINTY: Mapping[str, str] = {
    "known": gettext_noop("known"),
    "estimated": gettext_noop("estimated"),
    "at_most": gettext_noop("at most"),
}
NO_SUCH_SYSTEM = define(
    "cases.no_such_system",
    Kind.INVALID,
    gettext_noop("“%(system)s” is no system or service of ours."),
    gettext_noop("Add it to the inventory first, under Products."),
)
SYSTEM_STATE = define(
    "cases.system_state",
    Kind.INVALID,
    gettext_noop("“%(state)s” does not say how it is with a system."),
    gettext_noop("Choose one of: %(known)s."),
)
SYSTEM_STATES: Mapping[str, str] = {
    "examined": gettext_noop("being examined"),
    "affected": gettext_noop("affected"),
    "contained": gettext_noop("contained"),
    "restored": gettext_noop("restored"),
    "clear": gettext_noop("not affected"),
}
MOST = 10**12


@dataclass(frozen=True)
class Times:
    """When it began, when somebody saw it, when we knew of it; None where that is not known."""

    occurred_at: datetime | None = None
    detected_at: datetime | None = None
    aware_at: datetime | None = None


def check_kind(kinds: Sequence[str]) -> None:
    """Raises NOT_AN_INCIDENT."""
    if not {"service", "infrastructure"} & set(kinds):
        raise NOT_AN_INCIDENT()


def check_times(times: Times, now: datetime) -> None:
    """It may have begun long before it was seen; nobody knew of it before. Raises INCIDENT_FUTURE, _ORDER."""
    for name in ("occurred_at", "detected_at", "aware_at"):
        at = getattr(times, name)
        if at is not None and at > now:
            raise INCIDENT_FUTURE().at(name)
    if times.occurred_at and times.detected_at and times.detected_at < times.occurred_at:
        raise INCIDENT_ORDER().at("detected_at")
    if times.detected_at and times.aware_at and times.aware_at < times.detected_at:
        raise INCIDENT_ORDER().at("aware_at")


def check_data(personal_data: str, data_aware_at: datetime | None, unlawful: str, now: datetime) -> None:
    """Raises TRIAD_UNKNOWN, AWARE_NEEDED, INCIDENT_FUTURE."""
    for name, given in (("personal_data", personal_data), ("unlawful", unlawful)):
        if given and given not in TRIAD:
            raise TRIAD_UNKNOWN(given=given).at(name)
    if personal_data == "yes" and data_aware_at is None:
        raise AWARE_NEEDED().at("data_aware_at")
    if data_aware_at is not None and data_aware_at > now:
        raise INCIDENT_FUTURE().at("data_aware_at")


def country_codes(countries: Sequence[str]) -> list[str]:
    """The codes in capitals, each once. Raises COUNTRY_CODE."""
    codes = list(dict.fromkeys(code.strip().upper() for code in countries if code.strip()))
    for code in codes:
        if len(code) != 2 or not code.isascii() or not code.isalpha():
            raise COUNTRY_CODE(country=code).at("countries")
    return codes


def check_containment(at: datetime, by: str, how: LocalText, since: datetime | None, now: datetime) -> None:
    """Raises CONTAINED_HOW, INCIDENT_FUTURE, INCIDENT_ORDER."""
    if not how:
        raise CONTAINED_HOW().at("how")
    if not by.strip():
        raise CONTAINED_HOW().at("by")
    if at > now:
        raise INCIDENT_FUTURE().at("at")
    if since is not None and at < since:
        raise INCIDENT_ORDER().at("at")


def check_system(state: str) -> None:
    """Raises SYSTEM_STATE."""
    if state not in SYSTEM_STATES:
        raise SYSTEM_STATE(state=state, known=", ".join(SYSTEM_STATES)).at("state")


def check_count(of: str, number: int, certainty: str) -> None:
    """Raises COUNT_UNKNOWN, COUNT_NEGATIVE."""
    if of not in COUNTED:
        raise COUNT_UNKNOWN(given=of, known=", ".join(COUNTED)).at("of")
    if certainty not in CERTAINTY:
        raise COUNT_UNKNOWN(given=certainty, known=", ".join(CERTAINTY)).at("certainty")
    if not 0 <= number <= MOST:
        raise COUNT_NEGATIVE().at("number")
