"""Verbs of learning: draw a lesson, promise something because of it, hand it over, keep the promise."""

from collections.abc import Mapping
from datetime import datetime

from okiagari.cases.models import Case
from okiagari.desk.aggregates import changing
from okiagari.desk.models import Person, Team
from okiagari.desk.people import team_named
from okiagari.desk.permits import NOTHING_HERE, require, scopes
from okiagari.desk.problems import NO_SUCH_PERSON
from okiagari.desk.subjects import Subject
from okiagari.learn.models import Lesson, LessonAction
from okiagari.learn.rules import (
    AREAS,
    KEPT_ALREADY,
    NO_OUTCOME,
    NO_OWNER,
    NO_SUCH_CRITERIA,
    NO_WORDS,
    NOT_ON_CRITERIA,
    WRONG_AREA,
)
from okiagari.plumbing import clock, ids, ledger
from okiagari.standards.localtext import LocalText
from okiagari.triage import queries as triage


def learn(subject: Subject, case_id: str, *, area: str, text: LocalText, version: int | None = None) -> str:
    """Write down what a case taught. Returns the lesson's number."""
    if area not in AREAS:
        raise WRONG_AREA(area=area, allowed=", ".join(AREAS)).at("area")
    if not text:
        raise NO_WORDS().at("text")
    with changing(subject, "learn.write", Case, case_id, version=version) as case:
        lesson = Lesson.objects.create(
            case=case, scope_id=case.scope_id, area=area, text=text, at=clock.now(), by_id=subject.person_id
        )
        facts = {"lesson": lesson.public_id, "area": area, "text": text.to_json()}
        _write(subject, "learn.lesson", case, facts)
    return lesson.public_id


def promise(
    subject: Subject,
    lesson_id: str,
    *,
    text: LocalText,
    team: str | None = None,
    person: str | None = None,
    due_at: datetime | None = None,
    version: int | None = None,
) -> str:
    """Say what will be done about a lesson, by whom, until when. Returns the action's number."""
    if not text:
        raise NO_WORDS().at("text")
    lesson = _lesson(subject, lesson_id)
    with changing(subject, "learn.write", Case, lesson.case.public_id, version=version) as case:
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
        _write(subject, "learn.promised", case, facts)
    return made.public_id


def assign(
    subject: Subject,
    action_id: str,
    *,
    team: str | None = None,
    person: str | None = None,
    due_at: datetime | None = None,
    version: int | None = None,
) -> None:
    """Name who keeps a promise, and until when. Raises NO_OWNER, KEPT_ALREADY."""
    action = action_named(subject, action_id)
    if not team and not person:
        raise NO_OWNER().at("team")
    with changing(subject, "learn.write", Case, action.lesson.case.public_id, version=version) as case:
        _refuse_kept(action)
        new_team, new_person = _team(team), _person(person)
        found = LessonAction.objects.filter(pk=action.pk)
        found.update(team=new_team, person=new_person, due_at=due_at)
        owner = (new_person or new_team).name if new_person or new_team else LocalText()  # type: ignore[union-attr]
        facts = {
            "action": action.public_id,
            "text": action.text.to_json(),
            "owner": owner.to_json(),
            "team": team or "",
            "person": person or "",
            "due": due_at,
        }
        _write(subject, "learn.assigned", case, facts)


def fulfil(
    subject: Subject,
    action_id: str,
    *,
    outcome: str,
    evidence: str = "",
    criteria_version: int | None = None,
    version: int | None = None,
) -> None:
    """Say that a promise was kept, how, and where it can be seen; one on criteria may name the version that
    kept it. Raises NO_OUTCOME, KEPT_ALREADY, NOT_ON_CRITERIA, NO_SUCH_CRITERIA."""
    action = action_named(subject, action_id)
    require(subject, "learn.act", action.scope_id)
    if not outcome.strip():
        raise NO_OUTCOME().at("outcome")
    _check_criteria(subject, action, criteria_version)
    with changing(subject, "learn.act", Case, action.lesson.case.public_id, version=version) as case:
        _refuse_kept(action)
        found = LessonAction.objects.filter(pk=action.pk)
        found.update(
            done_at=clock.now(),
            outcome=outcome.strip(),
            evidence=evidence.strip()[:500],
            criteria_version=criteria_version,
        )
        facts = {
            "action": action.public_id,
            "text": action.text.to_json(),
            "outcome": outcome.strip(),
            "evidence": evidence.strip(),
            "criteria_version": criteria_version,
        }
        _write(subject, "learn.fulfilled", case, facts)


def _check_criteria(subject: Subject, action: LessonAction, version: int | None) -> None:
    if version is None:
        return
    if action.lesson.area != "criteria":
        raise NOT_ON_CRITERIA().at("criteria_version")
    if version not in {each.version for each in triage.criteria_versions(subject)}:
        raise NO_SUCH_CRITERIA(version=version).at("criteria_version")


def _refuse_kept(action: LessonAction) -> None:
    """Read again under the lock of the case: somebody may have been faster."""
    if LessonAction.objects.filter(pk=action.pk, done_at__isnull=False).exists():
        raise KEPT_ALREADY()


def _write(subject: Subject, verb: str, case: Case, facts: Mapping[str, object]) -> None:
    ledger.append(("case", case.public_id), subject=subject, verb=verb, facts=facts, scope=case.scope_id)


def _lesson(subject: Subject, lesson_id: str) -> Lesson:
    found = Lesson.objects.filter(public_id=ids.folded(lesson_id), scope_id__in=scopes(subject))
    lesson = found.select_related("case").first()
    if lesson is None:
        raise NOTHING_HERE()
    return lesson


def action_named(subject: Subject, action_id: str) -> LessonAction:
    """A promise this subject may know of. Raises NOTHING_HERE."""
    found = LessonAction.objects.filter(public_id=ids.folded(action_id), scope_id__in=scopes(subject))
    action = found.select_related("lesson__case").first()
    if action is None:
        raise NOTHING_HERE()
    return action


def _team(key: str | None) -> Team | None:
    return team_named(key) if key else None


def _person(username: str | None) -> Person | None:
    if not username:
        return None
    person = Person.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise NO_SUCH_PERSON(username=username)
    return person
