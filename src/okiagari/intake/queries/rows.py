"""From rows to values; shared by the queries. Not part of what leaves the room."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.intake.models import Attachment, Report, ReportCase
from okiagari.intake.queries.values import CaseLink, ReportRow
from okiagari.intake.rules import states


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _due(report: Report) -> datetime:
    return states.acknowledge_due(report.received_at, _zone())


def _need(report: Report) -> str:
    return states.need(
        report.state,
        is_acknowledged=report.acknowledged_at is not None,
        is_assessed=report.assessed_at is not None,
        has_news=report.news_at is not None,
    )


def _links(subject: Subject, reports: Iterable[int]) -> dict[int, tuple[CaseLink, ...]]:
    """The cases of these reports that the subject may see; that there are others is not said."""
    links = ReportCase.objects.filter(
        report_id__in=list(reports),
        case_id__in=Case.objects.filter(scope_id__in=permits.scopes(subject)).values("id"),
    )
    found: dict[int, list[CaseLink]] = defaultdict(list)
    for link in links.select_related("case").order_by("linked_at", "pk"):
        found[link.report_id].append(CaseLink(link.case.public_id, link.case.title))
    return {report: tuple(cases) for report, cases in found.items()}


def _rows(subject: Subject, reports: list[Report]) -> tuple[ReportRow, ...]:
    """Two queries, however many reports."""
    keys = [report.pk for report in reports]
    cases = _links(subject, keys)
    counted = Attachment.objects.filter(report_id__in=keys).values("report_id").annotate(count=Count("id"))
    files = {each["report_id"]: each["count"] for each in counted}
    return tuple(
        ReportRow(
            id=report.public_id,
            title=report.title,
            source=report.source,
            reference=report.reference,
            kind=report.kind,
            state=report.state,
            verdict=report.verdict,
            product_text=report.product_text,
            version_text=report.version_text,
            received_at=report.received_at,
            acknowledged_at=report.acknowledged_at,
            assessed_at=report.assessed_at,
            acknowledge_due=_due(report),
            has_news=report.news_at is not None,
            said_attacked=report.said_attacked,
            need=_need(report),
            files=files.get(report.pk, 0),
            cases=cases.get(report.pk, ()),
        )
        for report in reports
    )
