"""Which reports lead to which case, when cases are joined or split. See `cases.moving`.

Reports themselves belong to no case: only their links move, and what repeats a report follows it.
"""

from collections.abc import Sequence

from django.db.models import Q

from okiagari.cases.models import Case
from okiagari.cases.moving import Chosen, Record
from okiagari.desk import permits
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.intake.actions import obligations
from okiagari.intake.models import Report, ReportCase
from okiagari.plumbing import clock, ids


def absorb(source: Case, target: Case) -> Record:
    """Every report of the source leads to the target; one that led to both leads there once."""
    there = ReportCase.objects.filter(case=target).values("report_id")
    links = ReportCase.objects.filter(case=source)
    doubled = [
        {"report": row.report_id, "via": row.via_id, "reason": row.reason, "at": row.linked_at}
        for row in links.filter(report_id__in=there).order_by("pk")
    ]
    links.filter(report_id__in=there).delete()
    moved = list(links.order_by("pk").values_list("pk", flat=True))
    links.update(case=target)
    return {"links": moved, "doubled": doubled}


def give_back(source: Case, target: Case, record: Record) -> None:
    ReportCase.objects.filter(pk__in=record["links"], case=target).update(case=source)
    for was in record["doubled"]:
        ReportCase.objects.get_or_create(
            report_id=was["report"],
            case=source,
            defaults={"via_id": was["via"], "reason": was["reason"], "linked_at": was["at"]},
        )


def part(subject: Subject, source: Case, target: Case, chosen: Chosen) -> Record:
    """The chosen reports lead to the target instead, or (shared) as well. Raises NOTHING_HERE."""
    moved = _links(subject, source, chosen.reports)
    shared = _links(subject, source, chosen.shared_reports)
    for row in shared:
        ReportCase.objects.create(
            report_id=row.report_id, case=target, via_id=row.via_id, reason=row.reason, linked_at=clock.now()
        )
    keys = [row.pk for row in moved]
    ReportCase.objects.filter(pk__in=keys).update(case=target)
    reports = Report.objects.filter(pk__in=[row.report_id for row in shared]).order_by("pk")
    went = Report.objects.filter(pk__in=[row.report_id for row in moved]).order_by("pk")
    return {
        "links": keys,
        "reports": [row.public_id for row in went],
        "shared": [row.public_id for row in reports],
    }


def start_clocks(subject: Subject, report_ids: Sequence[str], case: Case) -> None:
    """What reports that lead to both cases make the new one owe as well."""
    for report in Report.objects.filter(public_id__in=report_ids).order_by("pk"):
        obligations.start(SYSTEM.through(subject.door), report, case.public_id)


def _links(subject: Subject, source: Case, report_ids: tuple[str, ...]) -> list[ReportCase]:
    """The links of these reports, which the subject may work on, and of what repeats them."""
    wanted = {ids.folded(each) for each in report_ids}
    rows = Report.objects.filter(
        public_id__in=wanted, links__case=source, scope_id__in=permits.scopes(subject, permits.Level.WORK)
    )
    keys = list(rows.values_list("pk", flat=True))
    if len(keys) != len(wanted):
        raise permits.NOTHING_HERE()
    mine = Q(report_id__in=keys) | Q(via_id__in=keys)
    return list(ReportCase.objects.filter(mine, case=source).order_by("pk"))
