"""Clocks of a case: started by an event, moved by an agreement, met by a deed, or not applying."""

from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.actions.frame import changing_child, changing_open, in_every_language, write_line, zone
from okiagari.cases.models import Case, Obligation
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.standards.deadlines import Agreement
from okiagari.standards.localtext import LocalText


def start_clock(
    subject: Subject,
    case_id: str,
    *,
    rule: str,
    anchor_at: datetime | None,
    anchor_source: str,
    label: LocalText | None = None,
) -> str:
    """Start a clock, or note that one waits for its anchor; a waiting one starts when the anchor comes.

    The same rule from the same source is one clock. Raises RULE_UNKNOWN, CLOCK_RUNS.
    """
    due = rules.due(rule, anchor_at, zone())
    known = find(subject, Case, case_id).obligations.filter(rule=rule, anchor_source=anchor_source)
    same = known.filter(anchor_at=anchor_at).first()
    if same is not None:
        return same.public_id
    with changing_open(subject, "cases.work", case_id) as case:
        row = case.obligations.filter(rule=rule, anchor_source=anchor_source).first()
        if row is None:
            row = Obligation(case=case, scope_id=case.scope_id, rule=rule, anchor_source=anchor_source)
        elif row.anchor_at is not None:
            raise rules.CLOCK_RUNS().at("anchor_at")
        row.anchor_at, row.due_at = anchor_at, due
        row.label = label or row.label or in_every_language(rules.rule_named(rule).title)
        row.save()
        write_line(
            case,
            subject,
            "clock_started" if anchor_at else "clock_waits",
            clock=row.public_id,
            rule=rule,
            label=dict(row.label.texts) or None,
            anchor_at=anchor_at,
            anchor_source=anchor_source,
            due=due,
        )
    return row.public_id


def extend_clock(
    subject: Subject,
    clock_id: str,
    *,
    until: datetime,
    agreed_with: str,
    reason: str,
    version: int | None = None,
) -> None:
    """Move a clock by an agreement, which is kept. Raises CLOCK_WAITS, NOT_MOVABLE, AGREEMENT_UNPROVEN."""
    with changing_child(subject, "cases.work", Obligation, clock_id, version=version) as (case, row):
        rules.check_open(row.met_at, row.waived_reason)
        agreement = Agreement(until, agreed_with, reason)
        before = row.extended_to or row.due_at
        row.extended_to = rules.moved(row.rule, row.anchor_at, zone(), agreement)
        row.extension = {
            "agreed_with": agreed_with.strip(),
            "reason": reason.strip(),
            "at": clock.now().isoformat(),
        }
        row.save()
        write_line(
            case,
            subject,
            "clock_extended",
            clock=row.public_id,
            rule=row.rule,
            before=before,
            until=row.extended_to,
            agreed_with=agreed_with.strip(),
            reason=reason.strip(),
        )


def meet_clock(subject: Subject, clock_id: str, *, at: datetime | None = None, by: str) -> None:
    """Say by what a clock was met. Raises ALREADY_MET, PROOF_NEEDED, MET_IN_FUTURE."""
    with changing_child(subject, "cases.work", Obligation, clock_id) as (case, row):
        now = clock.now()
        met_at = at or now
        rules.check_open(row.met_at, row.waived_reason)
        rules.check_meet(by, met_at, now)
        row.met_at, row.met_by = met_at, by.strip()[:200]
        row.save()
        write_line(
            case, subject, "clock_met", clock=row.public_id, rule=row.rule, met_at=met_at, evidence=by.strip()
        )


def waive_clock(subject: Subject, clock_id: str, *, reason: str) -> None:
    """Say why a clock does not apply. Raises ALREADY_MET, WAIVE_REASON."""
    with changing_child(subject, "cases.work", Obligation, clock_id) as (case, row):
        rules.check_open(row.met_at, row.waived_reason)
        rules.check_reason(reason)
        row.waived_reason = reason.strip()
        row.save()
        write_line(
            case, subject, "clock_waived", clock=row.public_id, rule=row.rule, reason=row.waived_reason
        )
