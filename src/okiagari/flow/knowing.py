"""What is known of a case, as `matters` and the playbooks ask about it. It reads and decides nothing."""

from zoneinfo import ZoneInfo

from django.conf import settings

from okiagari.cases import queries as cases
from okiagari.cases.models import Case
from okiagari.catalog import queries as catalog
from okiagari.catalog.queries import TargetView
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.disclose import gate as disclose
from okiagari.flow import playbook, proposing
from okiagari.flow.matters import Known
from okiagari.intake import queries as intake
from okiagari.plumbing import clock
from okiagari.remedy import queries as remedy
from okiagari.remedy.rules import STOCKED
from okiagari.triage import gate as triage_gate
from okiagari.triage import queries as triage

MAYBE = frozenset({"affected", "undecided", "investigating"})


def known(subject: Subject, case_id: str) -> Known:
    """What the list of decisions depends on. Raises NOTHING_HERE."""
    case = cases.case(subject, case_id)
    pk = find(subject, Case, case.id).pk
    said = [each for each in cases.communications(subject, case.id) if each.direction == "out"]
    doing = {each.kind for each in remedy.measures(subject, case.id) if each.is_alive}
    judged = triage_gate.executive_judgement(pk)
    maybe = _maybe(subject, case.id)
    return Known(
        has_report=bool(intake.reports_of_case(subject, case.id)),
        told=frozenset(each.audience for each in said),
        is_judged_by_executives=judged.holds or not judged.applies,
        may_be_affected=bool(maybe),
        is_shipping=bool(shipping(subject, case.id)),
        has_shipped=_has_shipped(subject, maybe),
        has_recall=bool(doing & STOCKED),
        has_workaround="workaround" in doing,
        has_open_embargo_decision=bool(cases.open_embargo_decisions(subject, case.id)),
        is_published=disclose.publication(pk).holds,
        playbook=next(iter(proposals(subject, case.id)), ""),
    )


def _maybe(subject: Subject, case_id: str) -> list[TargetView]:
    """Targets that are, or may be, affected."""
    grid = triage.grid(subject, case_id)
    return [
        row.target
        for row in grid.rows
        if not grid.columns or any(grid.cell(row.target.key, each.id).state in MAYBE for each in grid.columns)
    ]


def _has_shipped(subject: Subject, targets: list[TargetView]) -> bool:
    found = catalog.products_named(subject, list({each.model for each in targets}))
    return any(said.units for product in found.values() for said in product.shipped)


def shipping(subject: Subject, case_id: str) -> tuple[str, ...]:
    """Targets that may be affected, are still sold, and whose shipping is not stopped."""
    stopped = {
        target
        for each in remedy.measures(subject, case_id)
        if each.kind == "shipping_stop" and each.is_alive
        for target in each.targets
    }
    today = clock.today(ZoneInfo(settings.TIME_ZONE))

    def is_sold(target: TargetView) -> bool:
        end = target.support.get("end_of_sales")
        return end is None or not end.is_surely_before(today)

    return tuple(each.key for each in _maybe(subject, case_id) if is_sold(each) and each.key not in stopped)


def proposals(subject: Subject, case_id: str) -> tuple[str, ...]:
    """Playbooks that fit the facts and that the case does not follow yet; a person applies one."""
    case = cases.case(subject, case_id)
    grid = triage.grid(subject, case.id)
    maybe = _maybe(subject, case.id)
    today = clock.today(ZoneInfo(settings.TIME_ZONE))
    ends = [each.support.get("end_of_security_support") for each in maybe]
    facts = proposing.Facts(
        kinds=frozenset(case.kinds),
        level=triage.level(subject, case.id),
        products=len({each.model for each in maybe}),
        is_unsupported=any(cell.cannot_fix for cell in grid.cells.values())
        or any(end is not None and end.is_surely_before(today) for end in ends),
        is_public=any(
            fact.kind == "public_elsewhere" and not fact.is_withdrawn
            for flaw in case.vulnerabilities
            for fact in flaw.facts
        ),
    )
    followed = {task.key.partition(".")[0] for task in cases.tasks(subject, case.id)} | {case.playbook}
    return tuple(
        key
        for key, book in playbook.playbooks().items()
        if key not in followed and proposing.fits(book.proposed, facts)
    )
