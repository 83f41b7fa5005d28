"""The vulnerabilities an advisory is about, their scores, and what was decided of each product."""

from collections.abc import Collection, Iterable

from django.utils.timezone import localtime

from okiagari.cases import queries as cases
from okiagari.cases.queries import VulnerabilityView
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.rules.content import Score, Status, Vulnerability
from okiagari.remedy.queries import MeasureView
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage import queries as triage
from okiagari.triage.queries import CellView, Grid, ScoreView

PUBLIC = frozenset({"public_elsewhere", "exploit_public"})
ATTACKS = frozenset({"exploited_somewhere", "affects_us", "our_product_attacked"})


def vulnerabilities(
    case_ids: Iterable[str], chosen: list[str], products: Collection[str]
) -> list[Vulnerability]:
    """In the order they were chosen in; a withdrawn one is not said of.

    A score of single products is said of those that are said of at all: a row that was taken out is nobody's
    business, and neither is its score.
    """
    found: dict[str, Vulnerability] = {}
    for case_id in case_ids:
        scores = triage.scores(SYSTEM, case_id)
        for flaw in cases.case(SYSTEM, case_id).vulnerabilities:
            if not flaw.is_withdrawn:
                found[flaw.id] = _vulnerability(
                    flaw, [_score(each, products) for each in scores if _is_of(each, flaw.id, products)]
                )
    return [found[each] for each in chosen if each in found]


def _is_of(score: ScoreView, flaw: str, products: Collection[str]) -> bool:
    is_said = not score.targets or any(each in products for each in score.targets)
    return score.vulnerability == flaw and score.system == "cvss" and is_said


def _vulnerability(flaw: VulnerabilityView, scores: list[Score]) -> Vulnerability:
    return Vulnerability(
        id=flaw.id,
        title=dict(flaw.title.texts),
        description=dict(flaw.description.texts),
        impact=dict(flaw.impact.texts),
        cve=flaw.cve,
        jvn=flaw.jvn,
        jvndb=flaw.jvndb,
        cwe=flaw.cwe,
        scores=scores,
        exploit=_exploit(flaw),
        public_at=_public_elsewhere(flaw),
        **_first_attack(flaw),
    )


def _public_elsewhere(flaw: VulnerabilityView) -> str:
    """When somebody else first made it public, by the maker's clock; an exploit says it too."""
    days = [each.at for each in flaw.facts if each.kind in PUBLIC and not each.is_withdrawn]
    return localtime(min(days)).isoformat(timespec="seconds") if days else ""


def _first_attack(flaw: VulnerabilityView) -> dict[str, str]:
    """When the first attack was that is known, and since when it is, by the maker's clock.

    What proved unreliable is none.
    """
    attacks = [
        each
        for each in flaw.facts
        if each.kind in ATTACKS and not each.is_withdrawn and each.verdict != "unreliable"
    ]
    if not attacks:
        return {}
    first = min(attacks, key=lambda each: (each.at, each.noted_at))
    times = {"attacked_at": first.at, "attack_known_at": first.aware_at or first.noted_at}
    return {name: localtime(at).isoformat(timespec="seconds") for name, at in times.items()}


def _exploit(flaw: VulnerabilityView) -> str:
    """What is known of attacks, as the public is told it: never by whom or on what evidence."""
    kinds = {each.kind for each in flaw.facts if not each.is_withdrawn}
    if kinds & ATTACKS:
        return "attacked"
    return "public" if "exploit_public" in kinds else ""


def _score(score: ScoreView, products: Collection[str]) -> Score:
    return Score(
        system=score.system,
        version=score.version,
        vector=score.vector,
        value=score.value,
        severity=score.severity,
        source=score.source,
        products=[each for each in score.targets if each in products],
    )


def statuses(grids: Iterable[Grid], chosen: frozenset[str], plans: Iterable[MeasureView]) -> list[Status]:
    """Decided cells of the chosen vulnerabilities. Of a fix to come the cell speaks, else the measure."""
    coming = list(plans)
    return [
        _status(target, flaw, cell, _plan(target, flaw, cell, coming))
        for grid in grids
        for (target, flaw), cell in grid.cells.items()
        if flaw in chosen and cell.state != "undecided"
    ]


def _plan(target: str, flaw: str, cell: CellView, coming: list[MeasureView]) -> tuple[PartialDate, LocalText]:
    """When it is said to be fixed: a day, and words for the public."""
    if cell.state == "affected" and not (cell.planned or cell.planned_wording.texts or cell.cannot_fix.texts):
        for each in coming:
            if target in each.targets and flaw in (each.vulnerabilities or (flaw,)):
                return each.planned, each.planned_wording
    return cell.planned, cell.planned_wording


def _status(target: str, flaw: str, cell: CellView, plan: tuple[PartialDate, LocalText]) -> Status:
    return Status(
        product=target,
        vulnerability=flaw,
        state=cell.state,
        range=cell.range.to_json() if cell.range else {},
        condition=dict(cell.condition.texts),
        justification=cell.justification,
        fixed_in=cell.fixed_in[1] if cell.fixed_in else "",
        planned=str(plan[0]),
        planned_wording=dict(plan[1].texts),
        cannot_fix=dict(cell.cannot_fix.texts),
    )
