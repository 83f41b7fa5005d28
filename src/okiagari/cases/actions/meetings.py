"""Meetings about a case: called, held, written down. Who is called is let in, with the reason.

What they decide lies in `resolutions`; the facts on the agenda are gathered by `flow`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from okiagari.cases import rules
from okiagari.cases.actions.frame import changing_child, changing_open, write_line
from okiagari.cases.actions.parties import principal_named
from okiagari.cases.models import Case, Meeting
from okiagari.desk import permits, scopes
from okiagari.desk.models import Person
from okiagari.desk.permits import Level
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock


def call_meeting(
    subject: Subject,
    case_id: str,
    *,
    at: datetime,
    place: str,
    reason: str,
    teams: Sequence[str] = (),
    people: Sequence[str] = (),
    version: int | None = None,
) -> str:
    """Call teams and people to a meeting; they may see the case from now on. Returns its number."""
    with changing_open(subject, "cases.meeting", case_id, version=version) as case:
        permits.require(subject, "cases.party", case.scope_id)
        rules.check_meeting(place, reason)
        wanted = [*(("team", key) for key in teams), *(("person", key) for key in people)]
        if not wanted:
            raise rules.NOBODY_CALLED().at("teams")
        called = [_let_in(case, kind, key, reason) for kind, key in dict.fromkeys(wanted)]
        row = Meeting.objects.create(
            case=case,
            scope_id=case.scope_id,
            at=at,
            place=place.strip(),
            reason=reason.strip(),
            called=called,
            called_at=clock.now(),
            called_by_id=subject.person_id,
        )
        names = [each["name"] for each in called]
        facts = {"meeting": row.public_id, "meeting_at": at, "place": row.place, "called": names}
        write_line(case, subject, "meeting_called", reason=row.reason, **facts)
    return row.public_id


def _let_in(case: Case, kind: str, key: str, reason: str) -> dict[str, object]:
    principal, name = principal_named(kind, key)
    scopes.admit(case.scope_id, principal.pk, Level.SEE, reason.strip()[:200])
    return {"kind": kind, "key": key, "name": name}


def hold_meeting(
    subject: Subject,
    meeting_id: str,
    *,
    present: Sequence[str],
    agenda: Mapping[str, Any],
    minutes: str = "",
) -> None:
    """The meeting takes place: who is there, by name, and what was known then. Raises NOBODY_PRESENT."""
    with changing_child(subject, "cases.meeting", Meeting, meeting_id) as (case, row):
        if row.state != "called":
            raise rules.MEETING_OVER(state=row.state)
        row.present = _names(present)
        row.state, row.held_at, row.agenda = "held", clock.now(), dict(agenda)
        row.minutes = minutes.strip()
        row.save()
        facts = {"meeting": row.public_id, "present": row.present, "minutes": row.minutes}
        write_line(case, subject, "meeting_held", **facts)


def _names(present: Sequence[str]) -> list[object]:
    """Names as they are kept: of an account its name in every language, of anybody else as written."""
    given = list(dict.fromkeys(each.strip() for each in present if each.strip()))
    if not given:
        raise rules.NOBODY_PRESENT().at("present")
    known = {row.username: row for row in Person.objects.filter(username__in=given)}
    return [dict(known[each].name.texts) or each if each in known else each for each in given]


def keep_minutes(
    subject: Subject, meeting_id: str, *, minutes: str, present: Sequence[str] | None = None
) -> None:
    """Write the minutes of a meeting that was held, or mend them; both versions stay in the timeline."""
    with changing_child(subject, "cases.meeting", Meeting, meeting_id) as (case, row):
        if row.state != "held":
            raise rules.MEETING_OVER(state=row.state)
        row.minutes = minutes.strip()
        row.present = _names(present) if present is not None else row.present
        row.save()
        facts = {"meeting": row.public_id, "present": row.present, "minutes": row.minutes}
        write_line(case, subject, "minutes_kept", **facts)


def cancel_meeting(subject: Subject, meeting_id: str, *, reason: str) -> None:
    """Call a meeting off. Who was let in for it stays in until somebody takes that away."""
    with changing_child(subject, "cases.meeting", Meeting, meeting_id) as (case, row):
        if row.state != "called":
            raise rules.MEETING_OVER(state=row.state)
        if not reason.strip():
            raise rules.REASON_NEEDED().at("reason")
        row.state = "cancelled"
        row.save()
        write_line(case, subject, "meeting_cancelled", meeting=row.public_id, reason=reason.strip())
