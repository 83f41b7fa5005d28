"""Tasks of a case. The playbooks of `flow` add theirs here, too, each key once."""

from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.actions.frame import changing_child, changing_open, write_line
from okiagari.cases.models import Case, Task
from okiagari.cases.reading import is_theirs
from okiagari.cases.rules.tasks import NOT_YOUR_TASK
from okiagari.desk import permits
from okiagari.desk.aggregates import find_for
from okiagari.desk.models import Person
from okiagari.desk.people import team_named
from okiagari.desk.problems import NO_SUCH_PERSON
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

NOTHING_TO_CHANGE = define(
    "cases.nothing_to_change",
    Kind.INVALID,
    gettext_noop("Neither somebody else nor another time was given."),
    gettext_noop("Choose a team or a person, or write until when."),
)


def add_task(
    subject: Subject,
    case_id: str,
    *,
    title: LocalText,
    team: str | None = None,
    person: str | None = None,
    due_at: datetime | None = None,
    key: str = "",
    part: str = "",
) -> str:
    """Add a task; one with the key of an open task is that task. Returns its number."""
    rules.check_task(title)
    known = _open_task(subject, case_id, key)
    if known is not None:
        return known.public_id
    with changing_open(subject, "cases.task", case_id, part=part) as case:
        row = Task.objects.create(
            case=case,
            scope_id=case.here_scope_id,
            key=key,
            title=title,
            team=team_named(team) if team else None,
            person=person_named(person) if person else None,
            due_at=due_at,
            made_at=clock.now(),
        )
        write_line(
            case,
            subject,
            "task_added",
            task=row.public_id,
            key=key,
            title=dict(title.texts),
            team=team,
            person=person,
            due=due_at,
        )
    return row.public_id


def _open_task(subject: Subject, case_id: str, key: str) -> Task | None:
    if not key:
        return None
    case = find_for(subject, "cases.task", Case, case_id)
    open_tasks = case.tasks.filter(key=key, done_at=None, dropped_at=None)
    return open_tasks.filter(scope_id__in=permits.scopes(subject)).first()


def person_named(username: str) -> Person:
    found = Person.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise NO_SUCH_PERSON(username=username).at("person")
    return found


def change_task(
    subject: Subject,
    task_id: str,
    *,
    team: str | None = None,
    person: str | None = None,
    due_at: datetime | None = None,
    reason: str = "",
) -> None:
    """Hand a task over or set when it is due; the rest stays. Raises NOTHING_TO_CHANGE, TASK_OVER."""
    with changing_child(subject, "cases.task", Task, task_id) as (case, row):
        if row.done_at is not None or row.dropped_at is not None:
            raise rules.TASK_OVER()
        if not is_theirs(subject, row):
            raise NOT_YOUR_TASK()
        if not (team or person or due_at):
            raise NOTHING_TO_CHANGE()
        if team or person:
            row.team = team_named(team) if team else None
            row.person = person_named(person) if person else None
        row.due_at = due_at or row.due_at
        row.save()
        write_line(
            case,
            subject,
            "task_changed",
            task=row.public_id,
            title=dict(row.title.texts),
            team=team,
            person=person,
            due=due_at,
            reason=reason.strip(),
        )


def finish_task(subject: Subject, task_id: str, *, outcome: str) -> None:
    """Say that a task is done. Raises TASK_OVER, NOT_YOUR_TASK, DECIDE_IT, REVIEW_IT."""
    with changing_child(subject, "cases.task", Task, task_id) as (case, row):
        if row.done_at is not None or row.dropped_at is not None:
            raise rules.TASK_OVER()
        rules.check_finish(row.key, is_theirs=is_theirs(subject, row))
        end_task(subject, case, row, outcome)


def end_task(subject: Subject, case: Case, row: Task, outcome: str) -> None:
    """A task is done, by whichever deed ends it; the case is locked."""
    row.done_at, row.done_by_id, row.outcome = clock.now(), subject.person_id, outcome.strip()
    row.save()
    facts = {"task": row.public_id, "key": row.key, "title": dict(row.title.texts)}
    write_line(case, subject, "task_done", reason=row.outcome, **facts)


def drop_task(subject: Subject, task_id: str, *, reason: str) -> None:
    """Say that a task need not be done. Raises TASK_OVER, REASON_NEEDED."""
    with changing_child(subject, "cases.work", Task, task_id) as (case, row):
        if row.done_at is not None or row.dropped_at is not None:
            raise rules.TASK_OVER()
        if not reason.strip():
            raise rules.REASON_NEEDED().at("reason")
        row.dropped_at, row.outcome = clock.now(), reason.strip()
        row.save()
        write_line(
            case,
            subject,
            "task_dropped",
            task=row.public_id,
            key=row.key,
            title=dict(row.title.texts),
            reason=row.outcome,
        )
