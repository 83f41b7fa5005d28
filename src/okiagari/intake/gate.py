"""Gate of the step "received": every report that led to the case is acknowledged and assessed."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.conf import settings

from okiagari.cases.gates import Facts, Missing
from okiagari.desk.models import Grant
from okiagari.desk.permits import Level
from okiagari.intake.models import Report
from okiagari.intake.rules import states
from okiagari.problems import gettext_noop

NOT_ACKNOWLEDGED = gettext_noop("The report %(report)s is not acknowledged yet.")
NOT_ASSESSED = gettext_noop("Nobody has judged yet whether the report %(report)s is valid.")
ACKNOWLEDGE = gettext_noop("Acknowledge it")
ASSESS = gettext_noop("Judge it")


def received(case_id: int) -> Facts:
    """Holds as well for a case without reports: an own find needs no answer."""
    reports = list(Report.objects.filter(links__case_id=case_id).order_by("received_at", "pk"))
    missing = tuple(each for report in reports for each in _missing(report))
    moments = [each for report in reports for each in (report.acknowledged_at, report.assessed_at) if each]
    return Facts(holds=not missing, missing=missing, since=None if missing else max(moments, default=None))


def _missing(report: Report) -> Iterator[Missing]:
    if report.acknowledged_at and report.assessed_at:
        return
    due = states.acknowledge_due(report.received_at, ZoneInfo(settings.TIME_ZONE))
    owners = tuple(
        Grant.objects.filter(scope_id=report.scope_id, level__gte=Level.LEAD)
        .order_by("pk")
        .values_list("principal_id", flat=True)
    )
    for code, is_done, text, action in (
        ("intake.not_acknowledged", report.acknowledged_at, NOT_ACKNOWLEDGED, ACKNOWLEDGE),
        ("intake.not_assessed", report.assessed_at, NOT_ASSESSED, ASSESS),
    ):
        if is_done is None:
            parameters = {"report": report.public_id}
            yield Missing(code, text, parameters, owners=owners, due=due, tab="overview", action=action)
