"""Verbs of learning: draw a lesson, promise something because of it, keep the promise."""

from datetime import datetime

from okiagari.cases.models import Case
from okiagari.desk.aggregates import changing
from okiagari.desk.models import Person, Team
from okiagari.desk.people import NO_SUCH_PERSON, team_named
from okiagari.desk.permits import NOTHING_HERE, scopes
from okiagari.desk.subjects import Subject
from okiagari.learn.models import Lesson, LessonAction
from okiagari.learn.rules import AREAS, NO_WORDS, WRONG_AREA
from okiagari.plumbing import clock, ids, ledger
from okiagari.standards.localtext import LocalText


def learn(subject: Subject, case_id: str, *, area: str, text: LocalText, version: int | None = None) -> str:
    """Write down what a case taught. Returns the lesson's number."""
    if area not in AREAS:
        raise WRONG_AREA(area=area, allowed=", ".join(AREAS))
    if not text:
        raise NO_WORDS()
    with changing(subject, "learn.write", Case, case_id, version=version) as case:
        lesson = Lesson.objects.create(
            case=case, scope_id=case.scope_id, area=area, text=text, at=clock.now(), by_id=subject.person_id
        )
        facts = {"lesson": lesson.public_id, "area": area, "text": text.to_json()}
        ledger.append(
            ("case", case.public_id), subject=subject, verb="learn.lesson", facts=facts, scope=case.scope_id
        )
    return lesson.public_id


def promise(
    subject: Subject,
    lesson_id: str,
    *,
    text: LocalText,
    team: str | None = None,
    person: str | None = None,
    due_at: datetime | None = None,
) -> str:
    """Say what will be done about a lesson, by whom, until when. Returns the action's number."""
    if not text:
        raise NO_WORDS()
    lesson = _lesson(subject, lesson_id)
    with changing(subject, "learn.write", Case, lesson.case.public_id) as case:
        made = LessonAction.objects.create(
            lesson=lesson,
            scope_id=case.scope_id,
            text=text,
            team=_team(team),
            person=_person(person),
            due_at=due_at,
        )
        facts = {
            "lesson": lesson.public_id,
            "action": made.public_id,
            "text": text.to_json(),
            "team": team or "",
            "person": person or "",
            "due": due_at,
        }
        ledger.append(
            ("case", case.public_id), subject=subject, verb="learn.promised", facts=facts, scope=case.scope_id
        )
    return made.public_id


def fulfil(subject: Subject, action_id: str, *, outcome: str) -> None:
    """Say that a promise was kept, and how."""
    found = LessonAction.objects.filter(public_id=ids.folded(action_id), scope_id__in=scopes(subject))
    action = found.select_related("lesson__case").first()
    if action is None:
        raise NOTHING_HERE()
    with changing(subject, "learn.act", Case, action.lesson.case.public_id) as case:
        LessonAction.objects.filter(pk=action.pk).update(done_at=clock.now(), outcome=outcome)
        facts = {"action": action.public_id, "text": action.text.to_json(), "outcome": outcome}
        ledger.append(
            ("case", case.public_id),
            subject=subject,
            verb="learn.fulfilled",
            facts=facts,
            scope=case.scope_id,
        )


def _lesson(subject: Subject, lesson_id: str) -> Lesson:
    found = Lesson.objects.filter(public_id=ids.folded(lesson_id), scope_id__in=scopes(subject))
    lesson = found.select_related("case").first()
    if lesson is None:
        raise NOTHING_HERE()
    return lesson


def _team(key: str | None) -> Team | None:
    return team_named(key) if key else None


def _person(username: str | None) -> Person | None:
    if not username:
        return None
    person = Person.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise NO_SUCH_PERSON(username=username)
    return person
