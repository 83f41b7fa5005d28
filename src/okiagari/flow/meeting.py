"""The emergency meeting: executives called in one action, and what they decide done at once.

Enters: a case. Leaves: a meeting whose list of decisions follows from the facts, people let in, tasks and
deeds. What is known is gathered by `agenda`; rows lie in `cases`. Nobody approves here in another's name: a
shipping stop that a member records is asked for, and an executive approves it themselves.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from okiagari.cases import actions as cases
from okiagari.cases import queries as read
from okiagari.cases.actions.frame import in_every_language
from okiagari.cases.meeting_values import MeetingView
from okiagari.desk.models import Team
from okiagari.desk.permits import NOTHING_HERE
from okiagari.desk.subjects import Role, Subject
from okiagari.flow import agenda, knowing, matters, playbook
from okiagari.flow.matters import Matter
from okiagari.plumbing import clock, ledger
from okiagari.remedy import actions as remedy
from okiagari.remedy import queries as measures
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions as triage
from okiagari.triage import queries as judged
from okiagari.triage.rules.levels import Stage


class Deed(TypedDict, total=False):
    """What a deed needs: products to stop, what is done with the embargo (until when), the level judged."""

    targets: Sequence[str]
    choice: str
    until: datetime
    level: str


def call_executives(
    subject: Subject,
    case_id: str,
    *,
    at: datetime,
    place: str,
    reason: str,
    teams: Sequence[str] = (),
    people: Sequence[str] = (),
) -> str:
    """Call the executives (and `teams`, `people`) to an emergency meeting. Returns the meeting's number.

    They are let into the case, and what has to be decided is put on the list from the facts.
    """
    wanted = [*Team.objects.filter(kind="executives").order_by("key").values_list("key", flat=True), *teams]
    with ledger.action():
        meeting = cases.call_meeting(
            subject, case_id, at=at, place=place, reason=reason, teams=wanted, people=people
        )
        known = knowing.known(subject, case_id)
        for matter in matters.to_decide(known):
            question = _question(matter, known)
            cases.put_question(subject, meeting, question=question, matter=matter.key)
    return meeting


def _question(matter: Matter, known: matters.Known) -> LocalText:
    book = playbook.playbooks().get(known.playbook)
    return in_every_language(matter.question, playbook=book.name if book else LocalText())


def hold_meeting(subject: Subject, meeting_id: str, *, present: Sequence[str], minutes: str = "") -> None:
    """The meeting takes place: who is there, by account or name. What is known now is kept with it."""
    meeting = read.meeting(subject, meeting_id)
    snapshot = agenda.kept(agenda.agenda(subject, meeting.case_id))
    cases.hold_meeting(subject, meeting_id, present=present, minutes=minutes, agenda=snapshot)


def decide_in_meeting(
    subject: Subject,
    meeting_id: str,
    *,
    matter: str,
    answer: str,
    words: str = "",
    team: str | None = None,
    person: str | None = None,
    due_at: datetime | None = None,
    **deed: Unpack[Deed],
) -> list[str]:
    """Record a decision (yes, no, later). A yes does its deed at once where one exists, else it is a task.

    `matter`: its key on the list, or its number. Returns the numbers of what came of it.
    """
    meeting = read.meeting(subject, meeting_id)
    found = next((each for each in meeting.resolutions if _is(each, matter)), None)
    if found is None:
        raise NOTHING_HERE()
    with ledger.action():
        do = DEEDS.get(found.matter) if answer == "yes" else None
        made = do(subject, meeting, words, deed) if do else []
        known = matters.BY_KEY.get(found.matter)
        if answer == "yes" and not made and known and not (team or person):
            team = playbook.teams_inside(meeting.case_id).get(known.team)
        if answer == "yes" and known and due_at is None and (team or person):
            due_at = clock.now() + known.within
        return cases.resolve(
            subject,
            found.id,
            answer=answer,
            words=words,
            team=team,
            person=person,
            due_at=due_at,
            made=made,
        )


def _is(each: "read.ResolutionView", matter: str) -> bool:
    return each.id == matter.upper() or (each.matter == matter and not each.answer)


def _stop(subject: Subject, meeting: MeetingView, words: str, deed: Deed) -> list[str]:
    """Approve the stop that was asked for; or, recorded by a member, ask for it."""
    waiting = [
        each for each in measures.measures(subject, meeting.case_id) if each.waits_for_approval == "stop"
    ]
    if subject.has_role(Role.EXECUTIVE, Role.APPROVER) and waiting:
        for each in waiting:
            remedy.approve_stop(subject, each.id, note=words)
        return [each.id for each in waiting]
    targets = list(deed.get("targets") or knowing.shipping(subject, meeting.case_id))
    if not subject.has_role(Role.MEMBER) or not targets:
        return []
    reason = words.strip() or meeting.reason
    return [remedy.stop_shipping(subject, meeting.case_id, targets=targets, reason=reason)]


def _embargo(subject: Subject, meeting: MeetingView, words: str, deed: Deed) -> list[str]:
    choice = deed.get("choice", "keep")
    reason = words.strip() or meeting.reason
    until = deed.get("until")
    return [cases.decide_embargo(subject, meeting.case_id, choice=choice, reason=reason, until=until)]


def _judge(subject: Subject, meeting: MeetingView, words: str, deed: Deed) -> list[str]:
    """An executive judges in person, on the answers of the final judgement; for others it is a task."""
    given = judged.judgements(subject, meeting.case_id)
    final = next((each for each in given if each.stands and each.stage == Stage.FINAL), None)
    if final is None or not subject.has_role(Role.EXECUTIVE):
        return []
    level = deed.get("level") or final.level
    judgement = triage.judge(
        subject,
        meeting.case_id,
        stage=Stage.EXECUTIVE,
        answers=final.answers,
        level=level,
        reason=words.strip() or meeting.reason,
    )
    return [judgement]


def _playbook(subject: Subject, meeting: MeetingView, words: str, deed: Deed) -> list[str]:
    proposed = knowing.known(subject, meeting.case_id).playbook
    if not proposed:
        return []
    cases.describe(subject, meeting.case_id, playbook=proposed, reason=words.strip() or meeting.reason)
    return [proposed]


DEEDS: Mapping[str, Callable[[Subject, MeetingView, str, Deed], list[str]]] = {
    "stop_shipping": _stop,
    "embargo": _embargo,
    "executive_judgement": _judge,
    "playbook": _playbook,
}
"""Decisions that are done at once; every other yes becomes a task."""
