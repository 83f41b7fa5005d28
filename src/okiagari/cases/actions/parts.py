"""Parts of a case: made with their team inside, and opened to somebody else only by those who lead them."""

from collections.abc import Iterable

from okiagari.cases import rules
from okiagari.cases.actions.frame import changing_open, write_line
from okiagari.cases.models import Case, Count, Incident, Part, System
from okiagari.desk import scopes
from okiagari.desk.permits import Level
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.problems import gettext_noop

FOR_PART = gettext_noop("works on this part of the case")


def divide(case: Case, keys: Iterable[str]) -> list[str]:
    """Make sure that the case has these parts, each with the teams of its kind. Returns the new ones."""
    new = []
    for key in keys:
        if case.parts.filter(key=key).exists():
            continue
        scope = scopes.opened("part")
        for scope_id in (case.scope_id, scope.pk):  # a part is no use to a team that is not in the case
            scopes.admit_teams(scope_id, (key,), Level.LEAD, FOR_PART)
        Part.objects.create(case=case, scope=scope, key=key, made_at=clock.now())
        if key == rules.INCIDENT:
            Incident.objects.filter(case=case).update(scope=scope)
            Count.objects.filter(incident__case=case).update(scope=scope)
            System.objects.filter(incident__case=case).update(scope=scope)
        new.append(key)
    return new


def make_parts(subject: Subject, case_id: str, *, reason: str) -> None:
    """Give a case its parts before its kinds say so: a log that only one team should read. The same again
    does nothing. Raises REASON_NEEDED."""
    with changing_open(subject, "cases.party", case_id) as case:
        if not reason.strip():
            raise rules.REASON_NEEDED().at("reason")
        new = divide(case, rules.PARTS)
        if new:
            write_line(case, subject, "divided", parts=new, reason=reason.strip())
