"""Questions put to a meeting and what was decided: yes, no, later, in words, with who owns what follows."""

from collections.abc import Sequence
from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.actions.frame import changing_child, write_line
from okiagari.cases.actions.tasks import person_named
from okiagari.cases.models import Case, Meeting, Resolution, Task
from okiagari.desk.people import team_named
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.standards.localtext import LocalText


def put_question(
    subject: Subject, meeting_id: str, *, question: LocalText, matter: str = "", version: int | None = None
) -> str:
    """Put a question on the list of a meeting. One with the matter of an open question is that question."""
    rules.check_task(question)
    with changing_child(subject, "cases.meeting", Meeting, meeting_id, version=version) as (case, row):
        if row.state == "cancelled":
            raise rules.MEETING_OVER(state=row.state)
        known = row.resolutions.filter(matter=matter, answer="").first() if matter else None
        if known is not None:
            return known.public_id
        made = Resolution.objects.create(
            case=case,
            scope_id=case.scope_id,
            meeting=row,
            matter=matter,
            question=question,
            raised_at=clock.now(),
            raised_by_id=subject.person_id,
        )
        facts = {"resolution": made.public_id, "matter": matter, "question": dict(question.texts)}
        write_line(case, subject, "question_put", meeting=row.public_id, **facts)
    return made.public_id


def resolve(
    subject: Subject,
    resolution_id: str,
    *,
    answer: str,
    words: str = "",
    team: str | None = None,
    person: str | None = None,
    due_at: datetime | None = None,
    made: Sequence[str] = (),
) -> list[str]:
    """Record what was decided. An owner makes it a task, due then. Returns the numbers of what came of it."""
    with changing_child(subject, "cases.decide", Resolution, resolution_id) as (case, row):
        if row.answer:
            raise rules.DECIDED_ALREADY(answer=row.answer)
        rules.check_answer(answer, has_owner=bool(team or person), due_at=due_at)
        done = list(made)
        if answer != "no" and (team or person):
            done.append(_task(case, row, team=team, person=person, due_at=due_at))
        row.answer, row.words, row.made = answer, words.strip(), done
        row.decided_at, row.decided_by_id = clock.now(), subject.person_id
        row.save()
        facts = {"resolution": row.public_id, "matter": row.matter, "question": dict(row.question.texts)}
        more = {"answer": answer, "words": row.words, "made": done, "team": team, "person": person}
        write_line(case, subject, "decided_in_meeting", due=due_at, **facts, **more)
    return done


def _task(
    case: Case, row: Resolution, *, team: str | None, person: str | None, due_at: datetime | None
) -> str:
    task = Task.objects.create(
        case=case,
        scope_id=case.scope_id,
        key=f"meeting.{row.matter or row.public_id}",
        title=row.question,
        team=team_named(team) if team else None,
        person=person_named(person) if person else None,
        due_at=due_at,
        made_at=clock.now(),
    )
    return task.public_id
