"""Tasks of a case, or of every case the subject is in."""

from datetime import datetime

from django.db.models import F

from okiagari.cases import rules
from okiagari.cases.models import Task
from okiagari.cases.reading import is_theirs, part_keys, person_name, readable, team_name
from okiagari.cases.values import TaskView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ids


def tasks(
    subject: Subject, case_id: str | None = None, *, is_open: bool | None = None
) -> tuple[TaskView, ...]:
    """Tasks by due time: those of one case, or (without one) of all cases the subject is inside of."""
    rows = Task.objects.filter(scope_id__in=permits.scopes(subject))
    if case_id is not None:
        rows = rows.filter(case=readable(subject, case_id, "cases.inside"))
    elif not permits.may(subject, "cases.inside"):
        return ()
    if is_open is not None:
        over = rows.filter(done_at=None, dropped_at=None)
        rows = over if is_open else rows.exclude(pk__in=over)
    rows = rows.select_related("case", "team", "person", "done_by").order_by(
        F("due_at").asc(nulls_last=True), "pk"
    )
    now, parts = clock.now(), part_keys((row.scope_id, row.case.scope_id) for row in rows)
    return tuple(_task(subject, row, now, parts.get(row.scope_id, "")) for row in rows)


def task(subject: Subject, task_id: str) -> TaskView:
    """One task. Raises NOTHING_HERE."""
    rows = Task.objects.select_related("case", "team", "person", "done_by")
    row = rows.filter(public_id=ids.folded(task_id), scope_id__in=permits.scopes(subject)).first()
    if row is None or not permits.may(subject, "cases.inside"):
        raise permits.NOTHING_HERE()
    part = part_keys([(row.scope_id, row.case.scope_id)]).get(row.scope_id, "")
    return _task(subject, row, clock.now(), part)


def _state(row: Task, now: datetime) -> str:
    if row.done_at is not None:
        return "done"
    if row.dropped_at is not None:
        return "dropped"
    return "late" if row.due_at is not None and row.due_at < now else "open"


def _task(subject: Subject, row: Task, now: datetime, part: str) -> TaskView:
    return TaskView(
        id=row.public_id,
        case_id=row.case.public_id,
        case_title=row.case.title,
        key=row.key,
        title=row.title,
        team=team_name(row.team),
        person=person_name(row.person),
        due=row.due_at,
        made_at=row.made_at,
        done_at=row.done_at,
        done_by=person_name(row.done_by),
        outcome=row.outcome,
        state=_state(row, now),
        is_decision=rules.is_decision(row.key),
        is_mine=is_theirs(subject, row),
        part=part,
    )
