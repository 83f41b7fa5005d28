"""A product that joins a firmware line: what was decided of the others is taken over, with its source."""

from collections.abc import Sequence

from okiagari.cases.models import Case
from okiagari.catalog.models import Target
from okiagari.desk.aggregates import changing
from okiagari.desk.subjects import SYSTEM
from okiagari.plumbing import clock
from okiagari.triage.actions import carrying, writing
from okiagari.triage.actions.common import write
from okiagari.triage.actions.writing import Deed
from okiagari.triage.models import Carry, Decision, Row
from okiagari.triage.rules import carrying as rules


def carry_targets(keys: Sequence[str]) -> int:
    """Look at every case that has decided others on the lines of these targets. Returns how many lapsed."""
    return sum(_join(target) for target in carrying.newcomers(keys))


def _join(target: Target) -> int:
    mates = Decision.objects.filter(
        replaced_at__isnull=True, row__removed_at__isnull=True, row__target__line=target.line
    ).exclude(row__target=target)
    rows = mates.select_related(
        "row__target__product__team", "row__team", "ruling__fixed_in", "vulnerability"
    )
    by_case: dict[int, dict[int, list[Decision]]] = {}
    for each in rows.order_by("row__case_id", "vulnerability_id", "pk"):
        by_case.setdefault(each.row.case_id, {}).setdefault(each.vulnerability_id, []).append(each)
    return sum(_join_case(case_id, target, found) for case_id, found in by_case.items())


def _join_case(case_id: int, target: Target, found: dict[int, list[Decision]]) -> int:
    public_id = Case.objects.values_list("public_id", flat=True).get(pk=case_id)
    made: list[Carry] = []
    with changing(SYSTEM, "triage.carry", Case, public_id) as case:
        if Row.objects.filter(case=case, target=target).exists():
            return 0
        for decisions in found.values():
            fate = rules.joined([(each.row.target.key, carrying.said_by(each)) for each in decisions])
            if fate is None or Carry.objects.filter(decision=decisions[0], target=target).exists():
                continue
            row = Carry(case=case, scope_id=case.scope_id, decision=decisions[0], target=target)
            carrying.fill(row, fate, decisions[0])
            row.team = target.product.team if fate.is_lapse else None
            row.save()
            made.append(row)
        if made:
            lapsed = [each for each in made if each.outcome == rules.LAPSED]
            facts = {"to": [target.key], "carried": len(made) - len(lapsed), "lapsed": len(lapsed)}
            why = sorted({each.code for each in lapsed})
            write(SYSTEM, case, "triage.carried", {**facts, "targets": [], "why": why})
    return sum(each.outcome == rules.LAPSED for each in made)


def bring(deed: Deed, rows: Sequence[Row]) -> None:
    """New rows say what carried over to their product, as long as its source still stands."""
    by_target = {row.target_id: row for row in rows}
    open_ones = Carry.objects.filter(case=deed.case, target__in=list(by_target), settled_at__isnull=True)
    carries = list(open_ones.select_related("decision__vulnerability", "decision__ruling"))
    flaws = {each.decision.vulnerability_id for each in carries}
    before = writing.standing_in([row.pk for row in rows], flaws)
    decisions = []
    for each in carries:
        assert each.target_id is not None
        row, source = by_target[each.target_id], each.decision
        stands = source.replaced_at is None and (row.pk, source.vulnerability_id) not in before
        if each.outcome == rules.CARRIED and stands:
            decisions.append(
                Decision(
                    row=row,
                    vulnerability_id=source.vulnerability_id,
                    scope_id=deed.case.scope_id,
                    ruling_id=source.ruling_id,
                    carried=source,
                )
            )
    Decision.objects.bulk_create(decisions, batch_size=writing.BATCH)
    open_ones.update(settled_at=clock.now(), settled_by=deed.subject.person_id)
