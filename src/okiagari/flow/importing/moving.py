"""Which case a document became part of, when cases are joined or split. See `cases.moving`.

One that became a report keeps the report's readers; one that became a case goes with the case's. It never
changes what a document says, nor what was left to be looked at.
"""

from okiagari.cases.models import Case
from okiagari.cases.moving import Record, carry
from okiagari.disclose.models import AdvisoryCase
from okiagari.flow.models import ForeignDocument
from okiagari.intake.models import ReportCase


def absorb(source: Case, target: Case) -> Record:
    rows = ForeignDocument.objects.filter(case=source)
    by_report = list(rows.exclude(scope_id=source.scope_id).order_by("pk").values_list("pk", flat=True))
    owned = carry(rows.filter(scope_id=source.scope_id), target)
    rows.filter(pk__in=by_report).update(case=target)
    return {"owned": owned, "by_report": by_report}


def give_back(source: Case, target: Case, record: Record) -> None:
    rows = ForeignDocument.objects.filter(case=target)
    carry(rows.filter(pk__in=record["owned"]), source)
    rows.filter(pk__in=record["by_report"]).update(case=source)


def part(source: Case, target: Case) -> Record:
    """After reports and advisories went their ways: a document follows what it became."""
    rows = ForeignDocument.objects.filter(case=source)
    reports = ReportCase.objects.filter(case=source).values("report_id")
    advisories = AdvisoryCase.objects.filter(case=source).values("advisory_id")
    gone = rows.filter(report__isnull=False).exclude(report_id__in=reports)
    by_report = list(gone.order_by("pk").values_list("pk", flat=True))
    owned = carry(rows.filter(advisory__isnull=False).exclude(advisory_id__in=advisories), target)
    ForeignDocument.objects.filter(pk__in=by_report).update(case=target)
    return {"owned": owned, "by_report": by_report}
