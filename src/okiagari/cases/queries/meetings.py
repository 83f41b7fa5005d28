"""Meetings about a case, what was decided there or by a named person, and what was done without waiting."""

from django.db.models import Prefetch, QuerySet

from okiagari.cases import rules
from okiagari.cases.meeting_values import MeetingView, ResolutionView, UrgentActView
from okiagari.cases.models import Case, Meeting, Resolution, UrgentAct
from okiagari.cases.reading import person_name, readable
from okiagari.cases.values import Name, TaskView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ids
from okiagari.standards.localtext import LocalText

from .tasks import tasks

_RESOLUTIONS = Resolution.objects.select_related("meeting", "raised_by", "decided_by").order_by("pk")


def meetings(subject: Subject, case_id: str) -> tuple[MeetingView, ...]:
    """The meetings about a case, the newest first. Raises NOTHING_HERE."""
    case = readable(subject, case_id, "cases.inside")
    return tuple(_meeting(row) for row in _meetings().filter(case=case))


def meeting(subject: Subject, meeting_id: str) -> MeetingView:
    """One meeting. Raises NOTHING_HERE."""
    rows = _meetings().filter(public_id=ids.folded(meeting_id), scope_id__in=permits.scopes(subject))
    row = rows.first()
    if row is None or not permits.may(subject, "cases.inside"):
        raise permits.NOTHING_HERE()
    return _meeting(row)


def _meetings() -> "QuerySet[Meeting]":
    rows = Meeting.objects.select_related("case", "called_by").order_by("-at", "-pk")
    return rows.prefetch_related(Prefetch("resolutions", _RESOLUTIONS))


def embargo_decisions(subject: Subject, case_id: str) -> tuple[ResolutionView, ...]:
    """What named persons decided about the embargo when facts asked for it, the newest first."""
    case = readable(subject, case_id, "cases.inside")
    rows = _RESOLUTIONS.filter(case=case, matter__startswith=f"{rules.EMBARGO_MATTER}:")
    return tuple(_resolution(row) for row in rows.order_by("-pk"))


def open_embargo_decisions(subject: Subject, case_id: str) -> tuple[TaskView, ...]:
    """The decisions about the embargo that facts ask for now, the soonest due first."""
    return tuple(task for task in tasks(subject, case_id, is_open=True) if task.is_decision)


def urgent_acts(subject: Subject, case_id: str) -> tuple[UrgentActView, ...]:
    """What was done without waiting, the newest first. Raises NOTHING_HERE."""
    case = readable(subject, case_id, "cases.inside")
    return tuple(_act(row, subject) for row in _acts(case))


def urgent_act(subject: Subject, act_id: str) -> UrgentActView:
    """One urgent act. Raises NOTHING_HERE."""
    rows = UrgentAct.objects.select_related("by", "reviewed_by")
    row = rows.filter(public_id=ids.folded(act_id), scope_id__in=permits.scopes(subject)).first()
    if row is None or not permits.may(subject, "cases.inside"):
        raise permits.NOTHING_HERE()
    return _act(row, subject)


def _acts(case: Case) -> "QuerySet[UrgentAct]":
    return UrgentAct.objects.filter(case=case).select_related("by", "reviewed_by").order_by("-pk")


def _meeting(row: Meeting) -> MeetingView:
    return MeetingView(
        id=row.public_id,
        case_id=row.case.public_id,
        case_title=row.case.title,
        state=row.state,
        at=row.at,
        place=row.place,
        reason=row.reason,
        called=tuple(_called(each) for each in row.called or ()),
        called_at=row.called_at,
        called_by=person_name(row.called_by),
        held_at=row.held_at,
        present=tuple(_present(each) for each in row.present or ()),
        minutes=row.minutes,
        agenda=row.agenda or {},
        resolutions=tuple(_resolution(each) for each in row.resolutions.all()),
    )


def _called(each: dict[str, object]) -> Name:
    return Name(str(each["kind"]), str(each["key"]), LocalText.from_json(each["name"]))


def _present(each: object) -> LocalText:
    return LocalText.of(ja=each, en=each) if isinstance(each, str) else LocalText.from_json(each)


def _resolution(row: Resolution) -> ResolutionView:
    return ResolutionView(
        id=row.public_id,
        meeting_id=row.meeting.public_id if row.meeting else "",
        matter=row.matter,
        question=row.question,
        raised_at=row.raised_at,
        raised_by=person_name(row.raised_by),
        answer=row.answer,
        words=row.words,
        decided_at=row.decided_at,
        decided_by=person_name(row.decided_by),
        made=tuple(row.made or ()),
    )


def _act(row: UrgentAct, subject: Subject) -> UrgentActView:
    return UrgentActView(
        id=row.public_id,
        kind=row.kind,
        reason=row.reason,
        made=row.made,
        at=row.at,
        by=person_name(row.by),
        reviewed_at=row.reviewed_at,
        reviewed_by=person_name(row.reviewed_by),
        verdict=row.verdict,
        words=row.words,
        is_own=row.by.username == subject.key or row.by.username in subject.stands_in_for,
    )
