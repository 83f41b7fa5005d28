"""Shipping stopped and resumed, each by two people: who asks, and the executive or approver who approves.

Protection never waits for a signature: `stop_shipping(urgent=True)` takes effect at once, and is approved
or ended by an approver afterwards. Nothing here resumes shipping by itself.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from okiagari.cases.models import Case
from okiagari.desk.aggregates import changing
from okiagari.desk.models import Person
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.remedy import problems, rules
from okiagari.remedy.actions.common import changing_measure, must_be, write
from okiagari.remedy.actions.planning import raise_all, rows_of
from okiagari.remedy.models import Measure
from okiagari.remedy.rules import Kind


def stop_shipping(
    subject: Subject,
    case_id: str,
    *,
    targets: Sequence[str],
    reason: str,
    places: Sequence[str] = (),
    since: datetime | None = None,
    urgent: bool = False,
    version: int | None = None,
) -> str:
    """Ask that products are no longer shipped (`places`: from which warehouses and channels, none means all).

    An executive or approver approves it. `urgent`: it holds at once and is approved afterwards.
    """
    verb = "remedy.stop_at_once" if urgent else "remedy.stop"
    with changing(subject, verb, Case, case_id, version=version) as case:
        now = clock.now()
        found = [*_unknown(targets), *_stopped_already(case, targets)]
        raise_all([*found, *([] if reason.strip() else [problems.REASON_NEEDED().at("reason")])])
        measure = Measure.objects.create(
            case=case,
            scope_id=case.scope_id,
            kind=Kind.SHIPPING_STOP,
            state="ready" if urgent else "planned",
            places=[each.strip() for each in places if each.strip()],
            begins_at=since or now,
            is_urgent=urgent,
            reason=reason.strip(),
            made_at=now,
            made_by_id=subject.person_id,
            ready_at=now if urgent else None,
        )
        measure.targets.set(rows_of(targets))
        facts = {"places": measure.places, "since": measure.begins_at, "reason": measure.reason}
        write(subject, measure, "remedy.stopped_at_once" if urgent else "remedy.stop_asked", **facts)
        return str(measure.public_id)


def _unknown(targets: Sequence[str]) -> list[Problem]:
    """A stop may come before anybody has asked which products are affected: they only have to exist."""
    known = {row.key for row in rows_of(targets)}
    found = [] if targets else [problems.NO_TARGETS().at("targets")]
    return found + [problems.NO_SUCH_TARGET(target=key).at("targets") for key in targets if key not in known]


def _stopped_already(case: Case, targets: Iterable[str]) -> list[Problem]:
    held = Measure.objects.filter(case=case, kind=Kind.SHIPPING_STOP, state__in=rules.ALIVE)
    known = set(held.values_list("targets__key", flat=True))
    return [problems.ALREADY_STOPPED(target=key).at("targets") for key in targets if key in known]


def approve_stop(subject: Subject, measure_id: str, *, note: str = "") -> None:
    """Approve a shipping stop that somebody else asked for; from now on it is in force."""
    with changing_measure(subject, measure_id, "remedy.approve") as measure:
        _waits_for_approval(measure)
        _four_eyes(subject, measure.made_by)
        measure.approved_by_id = subject.person_id
        measure.state, measure.ready_at = "ready", measure.ready_at or clock.now()
        measure.save(update_fields=["approved_by", "state", "ready_at"])
        write(subject, measure, "remedy.stop_approved", note=note.strip(), since=measure.begins_at)


def refuse_stop(subject: Subject, measure_id: str, *, reason: str) -> None:
    """Refuse a shipping stop. One that was made at once ends: shipping goes on."""
    if not reason.strip():
        raise problems.REASON_NEEDED().at("reason")
    with changing_measure(subject, measure_id, "remedy.approve") as measure:
        _waits_for_approval(measure)
        _four_eyes(subject, measure.made_by)
        measure.state = "ended" if measure.state == "ready" else "withdrawn"
        measure.ended_at, measure.end_reason = clock.now(), reason.strip()
        measure.end_approved_by_id = subject.person_id
        measure.save(update_fields=["state", "ended_at", "end_reason", "end_approved_by"])
        write(subject, measure, "remedy.stop_refused", reason=reason.strip())


def resume_shipping(subject: Subject, measure_id: str, *, condition: str) -> None:
    """Ask that shipping resumes, naming the condition that was met. Somebody else approves it."""
    if not condition.strip():
        raise problems.CONDITION_NEEDED().at("condition")
    with changing_measure(subject, measure_id, "remedy.stop") as measure:
        _is_in_force(measure)
        measure.end_reason, measure.end_asked_at = condition.strip(), clock.now()
        measure.end_asked_by_id = subject.person_id
        measure.save(update_fields=["end_reason", "end_asked_at", "end_asked_by"])
        write(subject, measure, "remedy.resume_asked", condition=condition.strip())


def approve_resume(subject: Subject, measure_id: str, *, note: str = "") -> None:
    """Approve that shipping resumes: the condition was met."""
    with changing_measure(subject, measure_id, "remedy.approve") as measure:
        _is_in_force(measure)
        if measure.end_asked_at is None:
            raise problems.NOT_A_STOP()
        _four_eyes(subject, measure.end_asked_by)
        measure.state, measure.ended_at = "ended", clock.now()
        measure.end_approved_by_id = subject.person_id
        measure.save(update_fields=["state", "ended_at", "end_approved_by"])
        write(subject, measure, "remedy.resumed", condition=measure.end_reason, note=note.strip())


def refuse_resume(subject: Subject, measure_id: str, *, reason: str) -> None:
    """Shipping stays stopped."""
    if not reason.strip():
        raise problems.REASON_NEEDED().at("reason")
    with changing_measure(subject, measure_id, "remedy.approve") as measure:
        _is_in_force(measure)
        if measure.end_asked_at is None:
            raise problems.NOT_A_STOP()
        _four_eyes(subject, measure.end_asked_by)
        asked, measure.end_reason = measure.end_reason, ""
        measure.end_asked_at = measure.end_asked_by = None
        measure.save(update_fields=["end_reason", "end_asked_at", "end_asked_by"])
        write(subject, measure, "remedy.resume_refused", condition=asked, reason=reason.strip())


def _waits_for_approval(measure: Measure) -> None:
    if measure.kind != Kind.SHIPPING_STOP or measure.approved_by_id:
        raise problems.NOT_A_STOP()
    must_be(measure, "planned", "ready")


def _is_in_force(measure: Measure) -> None:
    if measure.kind != Kind.SHIPPING_STOP:
        raise problems.NOT_A_STOP()
    must_be(measure, "ready")


def _four_eyes(subject: Subject, asker: Person | None) -> None:
    """A named person approves, who neither asked for it nor stands in for who did."""
    asked_by = asker.username if asker else ""
    if subject.person_id is None or not rules.may_approve(subject.key, subject.stands_in_for, asked_by):
        raise problems.OWN_APPROVAL()
