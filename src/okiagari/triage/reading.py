"""The judgements of a case as the rules see them: for queries and gates."""

from collections.abc import Iterable

from okiagari.cases.models import Case
from okiagari.plumbing.readings import shared
from okiagari.triage.models import Judgement
from okiagari.triage.rules import standing
from okiagari.triage.rules.criteria import Criteria, read
from okiagari.triage.rules.judging import needs_executives, propose
from okiagari.triage.rules.levels import Level, Stage


@shared
def plain(case: Case) -> tuple[standing.Given, ...]:
    """The judgements of a case, oldest first."""
    rows = list(rows_of(case))
    read_criteria = {row.criteria_id: read(row.criteria.content) for row in rows}
    return tuple(as_given(row, read_criteria[row.criteria_id]) for row in rows)


def rows_of(case: Case) -> Iterable[Judgement]:
    return (
        Judgement.objects.filter(case=case, scope_id=case.scope_id)
        .select_related("team", "vulnerability", "criteria", "given_by", "reopened_by")
        .prefetch_related("targets")
        .order_by("asked_at", "given_at", "pk")
    )


def as_given(row: Judgement, criteria: Criteria) -> standing.Given:
    decided = Level(row.level) if row.level else None
    return standing.Given(
        id=row.public_id,
        stage=Stage(row.stage),
        team=row.team.key if row.team else "",
        about=row.vulnerability.public_id if row.vulnerability else "",
        targets=frozenset(target.key for target in row.targets.all()),
        level=decided,
        needs_executives=bool(
            decided and needs_executives(criteria, propose(criteria, row.answers), decided)
        ),
        given_at=row.given_at,
        due_at=row.due_at,
        lapsed_at=row.lapsed_at,
        reopened_at=row.reopened_at,
    )
