"""What the team owes the reports, for flow: read by those who may work on them."""

from collections import defaultdict

from django.db.models import Q

from okiagari.desk import permits
from okiagari.desk.models import Grant
from okiagari.desk.permits import Level
from okiagari.desk.subjects import Subject
from okiagari.intake.models import Report, ReportCase
from okiagari.intake.queries.listing import _NEEDS
from okiagari.intake.queries.rows import _due, _need
from okiagari.intake.queries.values import WaitingReport
from okiagari.plumbing import ids


def waiting_reports(subject: Subject) -> tuple[WaitingReport, ...]:
    """Reports to acknowledge, assess, take into a case or read, the most urgent first. Three queries."""
    waiting = _waiting(subject, _NEEDS["any"])
    return tuple(sorted(waiting, key=lambda each: (each.due is None, each.due or each.received_at)))


def waiting_report(subject: Subject, report_id: str) -> WaitingReport | None:
    """What is owed to this one report; None when nothing is, or the subject may not work on it."""
    return next(iter(_waiting(subject, Q(public_id=ids.folded(report_id)))), None)


def unsettled(subject: Subject) -> tuple[str, ...]:
    """The ids of all reports to which something is owed."""
    return tuple(each.id for each in waiting_reports(subject))


def _waiting(subject: Subject, which: Q) -> list[WaitingReport]:
    if not permits.may(subject, "intake.work"):
        return []
    found = Report.objects.filter(which, scope_id__in=permits.scopes(subject, Level.WORK))
    rows = [row for row in found.order_by("received_at", "pk") if _need(row)]
    owners, cases = _owners(rows), _cases(rows)
    return [
        WaitingReport(
            id=row.public_id,
            title=row.title,
            source=row.source,
            need=_need(row),
            due=_due(row) if _need(row) in {"acknowledge", "assess"} else None,
            received_at=row.received_at,
            scope_id=row.scope_id,
            owners=tuple(owners[row.scope_id]),
            cases=tuple(cases[row.pk]),
        )
        for row in rows
    ]


def _owners(rows: list[Report]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    grants = Grant.objects.filter(scope_id__in=[row.scope_id for row in rows], level__gte=Level.LEAD)
    for scope_id, principal in grants.order_by("pk").values_list("scope_id", "principal_id"):
        found[scope_id].append(principal)
    return found


def _cases(rows: list[Report]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    links = ReportCase.objects.filter(report_id__in=[row.pk for row in rows])
    for report_id, case_id in links.order_by("pk").values_list("report_id", "case__public_id"):
        found[report_id].append(case_id)
    return found


def reports_of_letter(subject: Subject, letter: str) -> tuple[str, ...]:
    """The reports whose reporter a letter went to. For those who may see them."""
    found = Report.objects.filter(scope_id__in=permits.scopes(subject), messages__letter=letter)
    return tuple(found.order_by("pk").values_list("public_id", flat=True))
