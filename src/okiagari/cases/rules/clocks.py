"""Clocks of a case, over `okiagari.standards.deadlines`: when one is due, moved, met, or does not apply.

No anchor, no due time: a clock whose anchor has not happened waits and says for what.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

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

SAME_ANCHOR = define(
    "cases.same_anchor",
    Kind.INVALID,
    gettext_noop("The clock already runs from this instant."),
    gettext_noop("Give the instant from which it should have run."),
)
ANCHOR_IN_FUTURE = define(
    "cases.anchor_in_future",
    Kind.INVALID,
    gettext_noop("What a clock runs from has happened; this lies in the future."),
    gettext_noop("Give the instant at which it happened."),
)
CORRECTION_REASON = define(
    "cases.correction_reason",
    Kind.INVALID,
    gettext_noop("Why was the start of this clock wrong?"),
    gettext_noop("One sentence is enough; the old start stays in the history."),
)
PROOF_UNKNOWN = define(
    "cases.proof_unknown",
    Kind.INVALID,
    gettext_noop("“%(kind)s” does not say by what a deadline was met."),
    gettext_noop("Choose one of %(known)s, and give its number."),
)
PROOFS: Mapping[str, str] = {
    "message": gettext_noop("message"),
    "submission": gettext_noop("submission"),
    "publication": gettext_noop("publication"),
    "document": gettext_noop("document"),
}


@dataclass(frozen=True)
class Standing:
    """How a clock stands: a state of `deadlines.State`, and what it waits for (a marked text)."""

    state: str
    waits_for: str = ""


def rule_named(key: str, known: Mapping[str, deadlines.Rule] = deadlines.RULES) -> deadlines.Rule:
    """Raises RULE_UNKNOWN."""
    rule = known.get(key)
    if rule is None:
        raise RULE_UNKNOWN(rule=key, known=", ".join(known)).at("rule")
    return rule


def due(rule: deadlines.Rule, anchor_at: datetime | None, situation: deadlines.Situation) -> datetime | None:
    """When the clock falls due; None while its anchor does not exist. Raises NO_ZONE."""
    return _at(_computed(rule, anchor_at, situation, None))


def moved(
    rule: deadlines.Rule,
    anchor_at: datetime | None,
    situation: deadlines.Situation,
    agreement: deadlines.Agreement,
) -> datetime:
    """When it falls due by an agreement. Raises CLOCK_WAITS, NOT_MOVABLE, AGREEMENT_UNPROVEN."""
    at = _at(_computed(rule, anchor_at, situation, agreement))
    if at is None:
        raise CLOCK_WAITS()
    return at


def _computed(
    rule: deadlines.Rule,
    anchor_at: datetime | None,
    situation: deadlines.Situation,
    agreement: deadlines.Agreement | None,
) -> deadlines.Result:
    known = replace(
        situation,
        anchors={rule.anchor: anchor_at} if anchor_at else {},
        agreements={rule.key: agreement} if agreement else {},
    )
    return deadlines.compute(rule, known)


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
    rule: deadlines.Rule,
    due_at: datetime | None,
    now: datetime,
    *,
    met_at: datetime | None = None,
    waived: str = "",
) -> Standing:
    """How the clock stands now."""
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


def check_correction(before: datetime | None, at: datetime, reason: str, now: datetime) -> datetime:
    """The anchor as it was. Raises CLOCK_WAITS, SAME_ANCHOR, ANCHOR_IN_FUTURE, CORRECTION_REASON."""
    if before is None:
        raise CLOCK_WAITS()
    if at == before:
        raise SAME_ANCHOR().at("at")
    if at > now:
        raise ANCHOR_IN_FUTURE().at("at")
    if not reason.strip():
        raise CORRECTION_REASON().at("reason")
    return before


def check_proof(kind: str, ref: str) -> None:
    """Raises PROOF_UNKNOWN."""
    if (kind or ref) and (kind not in PROOFS or not ref.strip()):
        raise PROOF_UNKNOWN(kind=kind, known=", ".join(PROOFS)).at(
            "proof_kind" if kind not in PROOFS else "proof"
        )
