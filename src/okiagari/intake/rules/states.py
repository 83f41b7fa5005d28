"""How a report moves, what may become of it, when it is late. Values and instants in, decisions out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards import deadlines

SOURCES = ("form", "api", "jpcert", "support", "press", "own", "supplier", "user", "field", "mail")
DESK_SOURCES = ("jpcert", "user", "support", "press", "supplier", "own", "field")
"""What a desk may enter; the doors themselves say form, api and mail."""
LEARNED_SOURCES = (*DESK_SOURCES, "mail")
"""What a report may turn out to be from; mail again, where it was corrected by mistake."""
KINDS = ("product", "service", "infrastructure")
STATES = ("received", "valid", "invalid", "accepted", "deferred", "closed")
OPEN = frozenset({"received", "valid", "deferred"})
"""States in which somebody of the team still has to do something."""
VERDICTS = ("duplicate", "not_ours", "not_security", "obsolete")
TEAMS: Mapping[str, tuple[str, ...]] = {
    "product": ("psirt",),
    "service": ("psirt", "csirt"),
    "infrastructure": ("csirt",),
}
IDENTITY_TEAMS: Mapping[str, tuple[str, ...]] = {
    "product": ("psirt",),
    "service": ("psirt",),
    "infrastructure": ("csirt",),
}
MOVES: Mapping[str, frozenset[str]] = {
    "valid": frozenset({"received", "valid", "invalid", "deferred"}),
    "invalid": frozenset({"received", "valid", "invalid", "deferred", "accepted"}),
    "accepted": frozenset({"received", "valid", "deferred", "accepted"}),
    "deferred": frozenset({"received", "valid"}),
    "closed": frozenset({"received", "valid", "invalid", "accepted", "deferred"}),
    "received": frozenset({"closed"}),
}
IS_CLOSED = define(
    "intake.is_closed",
    Kind.CONFLICT,
    gettext_noop("This report is closed."),
    gettext_noop("Reopen it, with a reason, then try again."),
)
WRONG_STATE = define(
    "intake.wrong_state",
    Kind.CONFLICT,
    gettext_noop("This does not fit where the report stands now."),
    gettext_noop("Look at its state; where the facts have changed, judge it anew first."),
)
REASON_NEEDED = define(
    "intake.reason_needed",
    Kind.INVALID,
    gettext_noop("There is no reason."),
    gettext_noop("One sentence that somebody will still understand in three years."),
)
WRONG_VERDICT = define(
    "intake.wrong_verdict",
    Kind.INVALID,
    gettext_noop("“%(verdict)s” is not a reason for which a report is invalid."),
    gettext_noop("The reasons are: %(known)s."),
)
DUPLICATE_OF_WHAT = define(
    "intake.duplicate_of_what",
    Kind.INVALID,
    gettext_noop("A duplicate needs the report it repeats."),
    gettext_noop("Name another report that is not a duplicate of this one."),
)
WRONG_SOURCE = define(
    "intake.wrong_source",
    Kind.INVALID,
    gettext_noop("“%(source)s” is not where a report can come from."),
    gettext_noop("The sources are: %(known)s."),
)
WRONG_KIND = define(
    "intake.wrong_kind",
    Kind.INVALID,
    gettext_noop("“%(kind)s” is not a kind of incident."),
    gettext_noop("The kinds are: %(known)s."),
)


def check_move(state: str, wanted: str) -> None:
    """Raises IS_CLOSED, WRONG_STATE."""
    if state not in MOVES[wanted]:
        raise IS_CLOSED() if state == "closed" else WRONG_STATE()


def check_reason(reason: str) -> str:
    """The reason, tidied. Raises REASON_NEEDED."""
    if not reason.strip():
        raise REASON_NEEDED().at("reason")
    return reason.strip()


def check_verdict(verdict: str, *, has_original: bool) -> None:
    """Raises WRONG_VERDICT, DUPLICATE_OF_WHAT."""
    if verdict not in VERDICTS:
        raise WRONG_VERDICT(verdict=verdict, known=", ".join(VERDICTS)).at("verdict")
    if verdict == "duplicate" and not has_original:
        raise DUPLICATE_OF_WHAT().at("duplicate_of")


def check_origin(source: str, kind: str) -> None:
    """Raises WRONG_SOURCE, WRONG_KIND."""
    if source not in SOURCES:
        raise WRONG_SOURCE(source=source, known=", ".join(SOURCES)).at("source")
    if kind not in KINDS:
        raise WRONG_KIND(kind=kind, known=", ".join(KINDS)).at("kind")


def check_source_learned(source: str, reason: str) -> None:
    """Who sent it may be learned later; by which of our own doors it came cannot. Raises WRONG_SOURCE."""
    if source not in LEARNED_SOURCES:
        raise WRONG_SOURCE(source=source, known=", ".join(LEARNED_SOURCES)).at("source")
    check_reason(reason)


def acknowledge_due(received_at: datetime, zone: ZoneInfo) -> datetime:
    """The last instant at which an acknowledgement is in time (ISO/IEC 29147: 7 days)."""
    situation = deadlines.Situation(zone, {deadlines.Anchor.REPORT_RECEIVED: received_at})
    result = deadlines.compute(deadlines.ACKNOWLEDGE_REPORT, situation)
    assert isinstance(result, deadlines.Due)
    return result.at


Need = Literal["acknowledge", "assess", "accept", "read", ""]


def need(state: str, *, is_acknowledged: bool, is_assessed: bool, has_news: bool) -> Need:
    """The next thing the team owes this report; "" where it owes nothing."""
    if state == "closed":
        return "read" if has_news else ""
    if not is_acknowledged:
        return "acknowledge"
    if not is_assessed:
        return "assess"
    if has_news:
        return "read"
    return "accept" if state == "valid" else ""
