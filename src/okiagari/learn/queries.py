"""Nouns of learning: the lessons of a case, and promises not yet kept."""

from dataclasses import dataclass
from datetime import datetime

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.learn.models import Lesson, LessonAction
from okiagari.plumbing import clock
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class PromiseView:
    """What somebody does about a lesson."""

    id: str
    lesson_id: str
    case_id: str
    case_title: LocalText
    text: LocalText
    team: LocalText
    person: LocalText
    due: datetime | None
    done_at: datetime | None
    outcome: str
    is_late: bool


@dataclass(frozen=True)
class LessonView:
    id: str
    area: str
    text: LocalText
    at: datetime
    by: str
    promises: tuple[PromiseView, ...]


def lessons(subject: Subject, case_id: str) -> tuple[LessonView, ...]:
    """What one case taught, oldest first. Raises NOTHING_HERE."""
    case = find(subject, Case, case_id)
    permits.require(subject, "cases.read", case.scope_id)
    rows = (
        Lesson.objects.filter(case=case)
        .select_related("by")
        .prefetch_related("actions__team", "actions__person", "actions__lesson__case")
    )
    return tuple(
        LessonView(
            id=row.public_id,
            area=row.area,
            text=row.text,
            at=row.at,
            by=row.by.get_full_name() if row.by else "",
            promises=tuple(_promise(action) for action in row.actions.all()),
        )
        for row in rows.order_by("pk")
    )


def open_actions(subject: Subject) -> tuple[PromiseView, ...]:
    """Promises not yet kept that this subject may know of, the earliest due first."""
    permits.require(subject, "cases.read")
    found = LessonAction.objects.filter(scope_id__in=permits.scopes(subject), done_at__isnull=True)
    return tuple(
        _promise(row)
        for row in found.select_related("lesson__case", "team", "person").order_by("due_at", "pk")
    )


def _promise(row: LessonAction) -> PromiseView:
    return PromiseView(
        id=row.public_id,
        lesson_id=row.lesson.public_id,
        case_id=row.lesson.case.public_id,
        case_title=row.lesson.case.title,
        text=row.text,
        team=row.team.name if row.team else LocalText(),
        person=row.person.name if row.person else LocalText(),
        due=row.due_at,
        done_at=row.done_at,
        outcome=row.outcome,
        is_late=row.done_at is None and row.due_at is not None and row.due_at < clock.now(),
    )
