"""Clocks of a case: started by an event, moved by an agreement, met by a deed, or not applying.

What is owed stays owed when the case is closed: a clock is extended, met, corrected and waived then, too.
"""

from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.actions.clockwork import is_part_of, mark
from okiagari.cases.actions.frame import changing_any, changing_child, in_every_language, write_line
from okiagari.cases.clockbook import book
from okiagari.cases.models import Case, Obligation
from okiagari.desk import permits
from okiagari.desk.aggregates import find, find_for
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
    evidence: str = "",
    part: str = "",
) -> str:
    """Start a clock, or note that one waits for its anchor; a waiting one starts when the anchor comes.

    `evidence`: where the anchor is recorded. The same rule from the same source is one clock; one that
    did not apply applies from now on. Raises RULE_UNKNOWN, CLOCK_RUNS.
    """
    known_rules = book()
    due = known_rules.due(rule, anchor_at)
    known = find_for(subject, "cases.work", Case, case_id).obligations.filter(
        rule=rule, anchor_source=anchor_source
    )
    same = known.filter(anchor_at=anchor_at, waived_reason="", scope_id__in=permits.scopes(subject)).first()
    if same is not None:
        return same.public_id
    with changing_any(subject, "cases.work", case_id, part=part) as case:
        row = case.obligations.filter(rule=rule, anchor_source=anchor_source).first()
        if row is None:
            row = Obligation(case=case, scope_id=case.here_scope_id, rule=rule, anchor_source=anchor_source)
        elif row.anchor_at is not None and not row.waived_reason:
            raise rules.CLOCK_RUNS().at("anchor_at")
        row.anchor_at, row.due_at, row.anchor_evidence = anchor_at, due, evidence.strip()
        row.waived_reason, row.waived_at = "", None
        row.label = label or row.label or in_every_language(known_rules.rule(rule).title)
        row.save()
        write_line(
            case,
            subject,
            "clock_started" if anchor_at else "clock_waits",
            **mark(row),
            label=dict(row.label.texts) or None,
            anchor_at=anchor_at,
            anchor_source=anchor_source,
            due=due,
        )
    return row.public_id


def run_clock(subject: Subject, clock_id: str, *, at: datetime, evidence: str) -> None:
    """What a waiting clock waits for has happened. Raises CLOCK_RUNS, ALREADY_MET, ANCHOR_IN_FUTURE."""
    with changing_child(subject, "cases.work", Obligation, clock_id, even_closed=True) as (case, row):
        rules.check_open(row.met_at, row.waived_reason)
        if row.anchor_at is not None:
            raise rules.CLOCK_RUNS().at("at")
        if at > clock.now():
            raise rules.ANCHOR_IN_FUTURE().at("at")
        row.anchor_at, row.due_at = at, book().due(row.rule, at)
        row.anchor_evidence = evidence.strip()
        row.save()
        facts = {"anchor_at": at, "due": row.due_at, "evidence": row.anchor_evidence}
        write_line(case, subject, "clock_started", **mark(row), **facts)


def correct_anchor(subject: Subject, clock_id: str, *, at: datetime, reason: str, evidence: str = "") -> None:
    """Say that a clock runs from another instant; every clock that runs from the same event follows.

    The earlier start and due time stay in the history. An end that was agreed stays agreed. Raises
    CLOCK_WAITS, SAME_ANCHOR, ANCHOR_IN_FUTURE, CORRECTION_REASON.
    """
    with changing_child(subject, "cases.work", Obligation, clock_id, even_closed=True) as (case, row):
        now, known = clock.now(), book()
        before = rules.check_correction(row.anchor_at, at, reason, now)
        same = [each for each in case.obligations.order_by("pk") if is_part_of(known, row, each)]
        for each in same:
            each.corrections = [
                *each.corrections,
                {
                    "before": before.isoformat(),
                    "due_before": each.due_at.isoformat() if each.due_at else None,
                    "at": now.isoformat(),
                    "by": subject.key,
                    "reason": reason.strip(),
                },
            ]
            each.due_at = known.due(each.rule, at) if each.rule in known.rules else each.due_at
            each.anchor_at = at
            each.anchor_evidence = evidence.strip() or each.anchor_evidence
            each.save()
        write_line(
            case,
            subject,
            "anchor_corrected",
            **mark(row),
            clocks=[each.public_id for each in same],
            before=row.anchor_at,
            anchor_at=at,
            due_before=row.due_at,
            due=next(each.due_at for each in same if each.pk == row.pk),
            reason=reason.strip(),
        )


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
    changing = changing_child(subject, "cases.work", Obligation, clock_id, version=version, even_closed=True)
    with changing as (case, row):
        rules.check_open(row.met_at, row.waived_reason)
        agreement = Agreement(until, agreed_with, reason)
        before = row.extended_to or row.due_at
        row.extended_to = book().moved(row.rule, row.anchor_at, agreement)
        row.extension = {
            "agreed_with": agreed_with.strip(),
            "reason": reason.strip(),
            "at": clock.now().isoformat(),
            "by": subject.key,
        }
        row.save()
        write_line(
            case,
            subject,
            "clock_extended",
            **mark(row),
            before=before,
            until=row.extended_to,
            agreed_with=agreed_with.strip(),
            reason=reason.strip(),
        )


def meet_clock(
    subject: Subject,
    clock_id: str,
    *,
    at: datetime | None = None,
    by: str,
    proof_kind: str = "",
    proof: str = "",
) -> None:
    """Say by what a clock was met; `proof`: the number of the message, publication or document that shows it.
    Raises ALREADY_MET, PROOF_NEEDED, PROOF_UNKNOWN, MET_IN_FUTURE."""
    with changing_child(subject, "cases.work", Obligation, clock_id, even_closed=True) as (case, row):
        now = clock.now()
        met_at = at or now
        rules.check_open(row.met_at, row.waived_reason)
        rules.check_meet(by, met_at, now)
        rules.check_proof(proof_kind, proof)
        row.met_at, row.met_by = met_at, by.strip()[:200]
        row.proof = {"kind": proof_kind, "ref": proof.strip()} if proof_kind else {}
        row.save()
        facts = {"met_at": met_at, "evidence": by.strip(), "proof": proof.strip()}
        write_line(case, subject, "clock_met", **mark(row), **facts)


def waive_clock(subject: Subject, clock_id: str, *, reason: str) -> None:
    """Say why a clock does not apply. Raises ALREADY_MET, WAIVE_REASON."""
    with changing_child(subject, "cases.work", Obligation, clock_id, even_closed=True) as (case, row):
        rules.check_open(row.met_at, row.waived_reason)
        rules.check_reason(reason)
        row.waived_reason, row.waived_at = reason.strip(), clock.now()
        row.save()
        write_line(case, subject, "clock_waived", **mark(row), reason=row.waived_reason)


def rule_out(
    subject: Subject, case_id: str, *, rule: str, reason: str, anchor_source: str = "", part: str = ""
) -> str:
    """Record that an obligation does not apply, as a row of its own, before any clock of it ran. The same
    again does nothing. Raises RULE_UNKNOWN, WAIVE_REASON, CLOCK_RUNS."""
    known = book().rule(rule)
    rules.check_reason(reason)
    with changing_any(subject, "cases.work", case_id, part=part) as case:
        row = case.obligations.filter(rule=rule, anchor_source=anchor_source).first()
        if row is not None and not row.waived_reason:
            raise rules.CLOCK_RUNS()
        if row is None:
            row = Obligation(case=case, scope_id=case.here_scope_id, rule=rule, anchor_source=anchor_source)
            row.label = in_every_language(known.title)
            row.waived_reason, row.waived_at = reason.strip(), clock.now()
            row.save()
            write_line(case, subject, "clock_waived", **mark(row), reason=row.waived_reason)
    return row.public_id


def reckon_anew(subject: Subject, case_id: str) -> int:
    """Reckon running clocks again, after the calendar or a rule has changed. Returns how many moved.

    A case none of whose clocks moved is left alone.
    """
    known = book()
    seen = find(subject, Case, case_id)
    running = seen.obligations.filter(met_at=None, waived_reason="", anchor_at__isnull=False)
    moved = [
        row for row in running if row.rule in known.rules and known.due(row.rule, row.anchor_at) != row.due_at
    ]
    for row in moved:
        with changing_child(subject, "cases.work", Obligation, row.public_id, even_closed=True) as (
            case,
            one,
        ):
            before, one.due_at = one.due_at, known.due(one.rule, one.anchor_at)
            one.save()
            write_line(case, subject, "clock_reckoned", **mark(one), before=before, due=one.due_at)
    return len(moved)
