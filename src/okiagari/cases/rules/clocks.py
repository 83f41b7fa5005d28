"""Clocks of a case, over `okiagari.standards.deadlines`: when one is due, moved, met, or does not apply.

No anchor, no due time: a clock whose anchor has not happened waits and says for what.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards import deadlines

RULE_UNKNOWN = define(
    "cases.rule_unknown",
    Kind.INVALID,
    gettext_noop("“%(rule)s” is not a clock this system knows."),
    gettext_noop("The clocks are: %(known)s."),
)
CLOCK_RUNS = define(
    "cases.clock_runs",
    Kind.CONFLICT,
    gettext_noop("This clock already runs, from another instant."),
    gettext_noop("Move it by an agreement, or say that it does not apply."),
)
CLOCK_WAITS = define(
    "cases.clock_waits",
    Kind.CONFLICT,
    gettext_noop("This clock has not started."),
    gettext_noop("Record the event it runs from first."),
)
ALREADY_MET = define(
    "cases.clock_over",
    Kind.CONFLICT,
    gettext_noop("This clock has already been met, or does not apply."),
    gettext_noop("Its line in the timeline says by what."),
)
PROOF_NEEDED = define(
    "cases.proof_needed",
    Kind.INVALID,
    gettext_noop("Say by what the deadline was met."),
    gettext_noop("A message, a publication, a report: whatever shows it."),
)
MET_IN_FUTURE = define(
    "cases.met_in_future",
    Kind.INVALID,
    gettext_noop("A deadline cannot be met in the future."),
    gettext_noop("Record it when it has happened."),
)
WAIVE_REASON = define(
    "cases.waive_reason",
    Kind.INVALID,
    gettext_noop("Why does this deadline not apply?"),
    gettext_noop("One sentence is enough; an auditor reads it."),
)


@dataclass(frozen=True)
class Standing:
    """How a clock stands: a state of `deadlines.State`, and what it waits for (a marked text)."""

    state: str
    waits_for: str = ""


def rule_named(key: str) -> deadlines.Rule:
    """Raises RULE_UNKNOWN."""
    rule = deadlines.RULES.get(key)
    if rule is None:
        raise RULE_UNKNOWN(rule=key, known=", ".join(deadlines.RULES)).at("rule")
    return rule


def due(key: str, anchor_at: datetime | None, zone: str) -> datetime | None:
    """When the clock falls due; None while its anchor does not exist. Raises RULE_UNKNOWN, NO_ZONE."""
    return _at(_computed(key, anchor_at, zone, None))


def moved(key: str, anchor_at: datetime | None, zone: str, agreement: deadlines.Agreement) -> datetime:
    """When it falls due by an agreement. Raises CLOCK_WAITS, NOT_MOVABLE, AGREEMENT_UNPROVEN."""
    at = _at(_computed(key, anchor_at, zone, agreement))
    if at is None:
        raise CLOCK_WAITS()
    return at


def _computed(
    key: str, anchor_at: datetime | None, zone: str, agreement: deadlines.Agreement | None
) -> deadlines.Result:
    rule = rule_named(key)
    situation = deadlines.Situation(
        zone=ZoneInfo(zone),
        anchors={rule.anchor: anchor_at} if anchor_at else {},
        agreements={key: agreement} if agreement else {},
    )
    return deadlines.compute(rule, situation)


def _at(result: deadlines.Result) -> datetime | None:
    return result.at if isinstance(result, deadlines.Due) else None


def check_open(met_at: datetime | None, waived: str) -> None:
    """Raises ALREADY_MET."""
    if met_at is not None or waived:
        raise ALREADY_MET()


def check_meet(by: str, at: datetime, now: datetime) -> None:
    """Raises PROOF_NEEDED, MET_IN_FUTURE."""
    if not by.strip():
        raise PROOF_NEEDED().at("by")
    if at > now:
        raise MET_IN_FUTURE().at("at")


def check_reason(reason: str) -> None:
    """Raises WAIVE_REASON."""
    if not reason.strip():
        raise WAIVE_REASON().at("reason")


def standing(
    key: str, due_at: datetime | None, now: datetime, *, met_at: datetime | None = None, waived: str = ""
) -> Standing:
    """How the clock stands now. A rule this version no longer knows still shows its due time."""
    rule = deadlines.RULES.get(key, deadlines.PROMISE)
    result: deadlines.Result
    if waived:
        result = deadlines.NotApplicable(waived)
    elif due_at is None:
        result = deadlines.Waiting(rule.anchor)
    else:
        result = deadlines.Due(due_at)
    state = deadlines.state(result, now, met_at=met_at, soon=rule.soon)
    waits = deadlines.ANCHOR_WORDS[rule.anchor] if state is deadlines.State.WAITING else ""
    return Standing(str(state), waits)
