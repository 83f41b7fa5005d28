"""Jobs of triage: what happens when a first judgement does not come in time."""

from collections.abc import Mapping
from typing import Any

from okiagari.cases.models import Case
from okiagari.desk.aggregates import changing
from okiagari.desk.subjects import SYSTEM
from okiagari.plumbing import clock, jobs
from okiagari.triage.actions.common import write
from okiagari.triage.models import Judgement


@jobs.handles("triage.first_judgement_due")
def first_judgement_due(payload: Mapping[str, Any]) -> None:
    """The team that was asked has not answered: the product security team judges. Runs twice without harm."""
    waiting = Judgement.objects.filter(
        public_id=payload["judgement"],
        given_at__isnull=True,
        lapsed_at__isnull=True,
        reopened_at__isnull=True,
        due_at__lte=clock.now(),
    )
    seen = waiting.select_related("case").first()
    if seen is None or seen.case.closed_at is not None:
        return
    with changing(SYSTEM, "triage.judge_final", Case, seen.case.public_id) as case:
        row = waiting.select_related("team").first()
        if row is None:  # the answer came while this waited for the case
            return
        Judgement.objects.filter(pk=row.pk).update(lapsed_at=clock.now())
        assert row.team is not None
        facts = {
            "judgement": row.public_id,
            "team": row.team.key,
            "team_name": row.team.name.to_json(),
            "due": row.due_at,
        }
        write(SYSTEM, case, "triage.first_lapsed", facts)
