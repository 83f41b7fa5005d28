"""Reports of a case, at the case's end: link one, part one, with a reason."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.cases import queries
from okiagari.desk import permits
from okiagari.intake import actions
from okiagari.intake import queries as intake
from okiagari.intake.actions.linking import NO_SUCH_REPORT
from okiagari.problems import Problem
from okiagari.web.cases import forms as plain
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.merging import forms
from okiagari.web.doors import asking

OFFERED = 100


def link(request: HttpRequest, case_id: str) -> HttpResponse:
    """Let a report lead to this case as well."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.work", case.scope_id)
    deed = Deed(
        title=gettext("Link a report"),
        button=gettext("Link the report"),
        done=gettext("The report is part of the case."),
        back=reverse("cases:case", args=[case.id]),
        intro=gettext("The case gets the clocks of the report; its reporter follows how far it is."),
    )
    form = forms.LinkForm(request.POST or None)

    def act() -> None:
        number, reason = request.POST.get("report_id", ""), request.POST.get("reason", "")
        try:
            intake.report(subject, number.strip())
        except Problem:
            raise NO_SUCH_REPORT(report=number).at("report_id") from None
        actions.link(subject, number.strip(), case_id=case.id, reason=reason)

    rows = intake.reports(subject, limit=OFFERED).rows
    offered = tuple((each.id, each.title) for each in rows)
    return perform(request, case.id, deed, form, act, reports_offered=offered)


def unlink(request: HttpRequest, case_id: str, report_id: str) -> HttpResponse:
    """This report has nothing to do with this case after all."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.work", case.scope_id)
    report = intake.report(subject, report_id)
    deed = Deed(
        title=gettext("Part “%(title)s” from the case") % {"title": report.title},
        button=gettext("Part them"),
        done=gettext("The report is no longer part of the case."),
        back=reverse("cases:case", args=[case.id]),
        intro=gettext("The clocks it started here no longer apply. What repeats it leaves the case as well."),
    )
    form = plain.ReasonForm(request.POST or None)
    return perform(
        request,
        case.id,
        deed,
        form,
        lambda: actions.unlink(subject, report.id, case_id=case.id, reason=request.POST["reason"]),
    )
