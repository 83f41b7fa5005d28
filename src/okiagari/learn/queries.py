"""Nouns of learning: the lessons of a case, and promises not yet kept."""

from dataclasses import dataclass
from datetime import datetime

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.learn.models import Lesson, LessonAction
from okiagari.plumbing import clock, ids
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class PromiseView:
    """What somebody does about a lesson. `is_mine`: it was given to the reader, or to one of their teams."""

    id: str
    lesson_id: str
    lesson: LocalText
    case_id: str
    case_title: LocalText
    text: LocalText
    team: LocalText
    team_key: str
    person: LocalText
    person_key: str
    due: datetime | None
    done_at: datetime | None
    outcome: str
    is_late: bool
    is_mine: bool


@dataclass(frozen=True)
class LessonView:
    id: str
    area: str
    text: LocalText
    at: datetime
    by: LocalText
    promises: tuple[PromiseView, ...]


def lessons(subject: Subject, case_id: str) -> tuple[LessonView, ...]:
    """What one case taught, oldest first. Not for those who read from outside. Raises NOTHING_HERE."""
    case = find(subject, Case, case_id)
    permits.require(subject, "cases.inside", case.scope_id)
    rows = Lesson.objects.filter(case=case).select_related("by", "case")
    rows = rows.prefetch_related("actions__team", "actions__person")
    return tuple(
        LessonView(
            id=row.public_id,
            area=row.area,
            text=row.text,
            at=row.at,
            by=row.by.name if row.by else LocalText(),
            promises=tuple(
                _promise(subject, action, row)
                for action in sorted(row.actions.all(), key=lambda action: action.pk)
            ),
        )
        for row in rows.order_by("pk")
    )


def promise(subject: Subject, action_id: str) -> PromiseView:
    """One promise. Raises NOTHING_HERE."""
    permits.require(subject, "cases.inside")
    found = LessonAction.objects.filter(public_id=ids.folded(action_id))
    row = found.filter(scope_id__in=permits.scopes(subject)).select_related(*_JOINED).first()
    if row is None:
        raise permits.NOTHING_HERE()
    return _promise(subject, row, row.lesson)


def open_actions(subject: Subject) -> tuple[PromiseView, ...]:
    """Promises not yet kept that this subject may know of: the earliest due first, those without last."""
    permits.require(subject, "cases.inside")
    found = LessonAction.objects.filter(scope_id__in=permits.scopes(subject), done_at__isnull=True)
    rows = found.select_related(*_JOINED).order_by("pk")
    views = [_promise(subject, row, row.lesson) for row in rows]
    return tuple(sorted(views, key=lambda view: (view.due is None, view.due or clock.now())))


_JOINED = ("lesson__case", "team", "person")


def _promise(subject: Subject, row: LessonAction, lesson: Lesson) -> PromiseView:
    is_mine = (row.person is not None and row.person_id == subject.person_id) or (
        row.team is not None and row.team.key in subject.teams
    )
    return PromiseView(
        id=row.public_id,
        lesson_id=lesson.public_id,
        lesson=lesson.text,
        case_id=lesson.case.public_id,
        case_title=lesson.case.title,
        text=row.text,
        team=row.team.name if row.team else LocalText(),
        team_key=row.team.key if row.team else "",
        person=row.person.name if row.person else LocalText(),
        person_key=row.person.username if row.person else "",
        due=row.due_at,
        done_at=row.done_at,
        outcome=row.outcome,
        is_late=row.done_at is None and row.due_at is not None and row.due_at < clock.now(),
        is_mine=is_mine,
    )
