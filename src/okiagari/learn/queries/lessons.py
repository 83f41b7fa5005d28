"""Nouns of learning: the lessons of a case, and promises not yet kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.models import Grant, Membership
from okiagari.desk.subjects import Subject
from okiagari.learn.models import Lesson, LessonAction
from okiagari.learn.rules import AREAS
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
    area: str
    due: datetime | None
    done_at: datetime | None
    outcome: str
    evidence: str
    criteria_version: int | None
    is_late: bool
    is_mine: bool
    is_unreachable: bool = False
    """Its owner may not see the case: nothing waits on their desk until they are let in."""

    @property
    def state(self) -> str:
        return "kept" if self.done_at else "late" if self.is_late else "open"


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


def promises(
    subject: Subject,
    *,
    area: str = "",
    state: str = "",
    owner: str = "",
    mine: bool = False,
    sort: str = "due",
) -> tuple[PromiseView, ...]:
    """Every promise this subject may know of, kept ones too. Filters: area, state (open, late, kept), owner
    (key of a team or person), mine. Sorts: due, area, owner, state."""
    permits.require(subject, "cases.inside")
    found = LessonAction.objects.filter(scope_id__in=permits.scopes(subject))
    if area:
        found = found.filter(lesson__area=area)
    if owner:
        found = found.filter(Q(team__key=owner) | Q(person__username=owner))
    rows = list(found.select_related(*_JOINED).order_by("pk"))
    unreachable = _unreachable(rows)
    views = [
        replace(_promise(subject, row, row.lesson), is_unreachable=row.pk in unreachable) for row in rows
    ]
    wanted = [each for each in views if state in ("", each.state) and (each.is_mine or not mine)]
    return tuple(sorted(wanted, key=_ORDERS.get(sort, _by_due)))


def _by_due(view: PromiseView) -> tuple[object, ...]:
    return (view.done_at is not None, view.due is None, view.due or clock.now())


_ORDERS = {
    "due": _by_due,
    "area": lambda view: (AREAS.index(view.area), _by_due(view)),
    "owner": lambda view: (view.team_key or view.person_key or "~", _by_due(view)),
    "state": lambda view: (("late", "open", "kept").index(view.state), _by_due(view)),
}


def _unreachable(rows: Sequence[LessonAction]) -> set[int]:
    """Open promises whose owner holds no grant of the case, neither themselves nor by a team."""
    open_rows = [row for row in rows if row.done_at is None and (row.team or row.person)]
    grants = set(
        Grant.objects.filter(scope_id__in={row.scope_id for row in open_rows}).values_list(
            "scope_id", "principal_id"
        )
    )
    people = {row.person_id for row in open_rows if row.person_id}
    teams: dict[int | None, set[int]] = {}
    for person, principal in Membership.objects.filter(person_id__in=people).values_list(
        "person_id", "team__principal_id"
    ):
        teams.setdefault(person, set()).add(principal)
    return {
        row.pk
        for row in open_rows
        if not any((row.scope_id, principal) in grants for principal in _principals(row, teams))
    }


def _principals(row: LessonAction, teams: Mapping[int | None, set[int]]) -> set[int]:
    if row.person is not None:
        return {row.person.principal_id, *teams.get(row.person_id, ())}
    return {row.team.principal_id} if row.team is not None else set()


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
        area=lesson.area,
        text=row.text,
        team=row.team.name if row.team else LocalText(),
        team_key=row.team.key if row.team else "",
        person=row.person.name if row.person else LocalText(),
        person_key=row.person.username if row.person else "",
        due=row.due_at,
        done_at=row.done_at,
        outcome=row.outcome,
        evidence=row.evidence,
        criteria_version=row.criteria_version,
        is_late=row.done_at is None and row.due_at is not None and row.due_at < clock.now(),
        is_mine=is_mine,
    )
