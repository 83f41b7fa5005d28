"""What the measures of a case lack."""

from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.plumbing.readings import shared
from okiagari.remedy import rules
from okiagari.remedy.queries.measures import measures
from okiagari.remedy.queries.values import Gaps
from okiagari.triage import queries as triage


def cells(subject: Subject, case_id: str) -> tuple[rules.Cell, ...]:
    """The grid as the rules of this room see it."""
    grid = triage.grid(subject, case_id)
    return tuple(
        rules.Cell(target, flaw, cell.state, not cell.cannot_fix, cell.fixed_in is not None)
        for (target, flaw), cell in grid.cells.items()
    )


@shared
def gaps(subject: Subject, case_id: str) -> Gaps:
    """What is not planned, and what is not ready."""
    found, now = cells(subject, case_id), clock.now()
    have = [measure.have() for measure in measures(subject, case_id)]
    return Gaps(
        concerns=any(cell.state in {"affected", "fixed"} for cell in found),
        plan=rules.plan_gaps(found, have, now),
        ready=rules.ready_gaps(found, have, now),
    )
