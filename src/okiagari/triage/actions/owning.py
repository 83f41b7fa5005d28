"""Who owns a row, and until when its cells are to be decided."""

from collections.abc import Sequence
from datetime import datetime

from okiagari.desk import people, scopes
from okiagari.desk.models import Grant, Team
from okiagari.desk.permits import Level
from okiagari.desk.subjects import Role, Subject
from okiagari.problems import Kind, define, gettext_noop
from okiagari.triage.actions import writing
from okiagari.triage.actions.common import write
from okiagari.triage.actions.deciding import NO_CELLS, named
from okiagari.triage.actions.sheet import turning
from okiagari.triage.models import Row

FOR_ROWS = gettext_noop("products were handed over to it")
WHY_HANDED_OVER = define(
    "triage.handing_over_needs_reason",
    Kind.INVALID,
    gettext_noop("The rows are handed over without a reason."),
    gettext_noop("Say why the other team decides them."),
)
NOT_INSIDE = define(
    "triage.team_not_inside",
    Kind.DENIED,
    gettext_noop("The team “%(team)s” has not been let into this case."),
    gettext_noop("Ask the product security team to hand the rows over: it lets the team in with them."),
)


def hand_over(subject: Subject, case_id: str, *, targets: Sequence[str], team: str, reason: str) -> None:
    """Let another team decide rows of one's own; a member of the security team may hand over any.

    A member lets the other team in with it. Raises OTHER_TEAM, NOT_INSIDE, ROW_NOT_THERE.
    """
    if not reason.strip():
        raise WHY_HANDED_OVER().at("reason")
    receiver = people.team_named(team)
    with turning(subject, "triage.hand_over", case_id) as (case, sheet):
        rows = writing.rows_of(case, targets)
        if not rows:
            raise NO_CELLS().at("targets")
        writing.require_owned(subject, "triage.hand_over", rows)
        _let_in(subject, case.scope_id, receiver)
        Row.objects.filter(pk__in=[row.pk for row in rows.values()]).update(team=receiver)
        facts = {
            "targets": named([(target, "") for target in rows]),
            "count": len(rows),
            "team": receiver.key,
            "team_name": receiver.name.to_json(),
            "from": sorted({writing.owner_of(row) for row in rows.values()}),
        }
        write(subject, case, "triage.handed_over", {**facts, "reason": reason.strip(), "grid": sheet.version})


def _let_in(subject: Subject, scope_id: int, team: Team) -> None:
    if Grant.objects.filter(scope_id=scope_id, principal_id=team.principal_id).exists():
        return
    if not (subject.is_system or subject.has_role(Role.MEMBER)):
        raise NOT_INSIDE(team=team.key).at("team")
    scopes.admit(scope_id, team.principal_id, Level.SEE, FOR_ROWS)


def set_due(
    subject: Subject, case_id: str, *, targets: Sequence[str], due_at: datetime | None, reason: str = ""
) -> None:
    """Say until when the cells of rows are to be decided; no time takes it away."""
    with turning(subject, "triage.rows", case_id) as (case, sheet):
        rows = writing.rows_of(case, targets)
        if not rows:
            raise NO_CELLS().at("targets")
        Row.objects.filter(pk__in=[row.pk for row in rows.values()]).update(due_at=due_at)
        facts = {"targets": named([(target, "") for target in rows]), "count": len(rows), "due": due_at}
        write(subject, case, "triage.due_set", {**facts, "reason": reason.strip(), "grid": sheet.version})
