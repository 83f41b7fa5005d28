"""Deeds that link a report to cases, part them, and take a mark as a duplicate back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from okiagari.cases import queries as cases
from okiagari.flow.merging.alike import cases_like_report
from okiagari.intake import actions
from okiagari.web.cases.merging.forms import LinkCaseForm
from okiagari.web.cases.words import best
from okiagari.web.doors import local_text, say, seen_version
from okiagari.web.intake import forms, words
from okiagari.web.intake.deeds import Deed, perform
from okiagari.web.intake.judging import worker


def link(request: HttpRequest, report_id: str) -> HttpResponse:
    """One more case that this report leads to."""
    subject, view = worker(request, report_id)
    form = LinkCaseForm(request.POST or None)
    deed = Deed(
        gettext("Link the report to another case"),
        gettext("Link the report"),
        gettext("The report is part of the case."),
        gettext("One mail may tell of two flaws. The case gets the clocks of this report."),
    )

    def act() -> None:
        actions.link(
            subject,
            view.id,
            case_id=request.POST.get("case_id", "").strip(),
            reason=request.POST.get("reason", ""),
            version=seen_version(request.POST),
        )

    return perform(request, view.id, deed, form, act)


@require_POST
def link_one(request: HttpRequest, report_id: str, case_id: str) -> HttpResponse:
    """One click: part of this case. The reason is why it was shown."""
    subject, view = worker(request, report_id)
    why = {each.id: words.reasons(each) for each in cases_like_report(subject, view.id)}
    actions.link(
        subject,
        view.id,
        case_id=case_id,
        reason=why.get(case_id) or gettext("The same flaw."),
        version=seen_version(request.POST),
    )
    say(request, gettext("The report is part of the case."))
    return redirect(reverse("intake:report", args=[view.id]))


def unlink(request: HttpRequest, report_id: str, case_id: str) -> HttpResponse:
    """This report has nothing to do with this case after all."""
    subject, view = worker(request, report_id)
    case = cases.case(subject, case_id)
    form = forms.ReasonForm(request.POST or None)
    deed = Deed(
        gettext("Part the report from “%(title)s”") % {"title": best(case.title)},
        gettext("Part them"),
        gettext("The report is no longer part of the case."),
        gettext("The clocks it started there no longer apply. What repeats it leaves the case as well."),
    )

    def act() -> None:
        actions.unlink(
            subject,
            view.id,
            case_id=case.id,
            reason=request.POST.get("reason", ""),
            version=seen_version(request.POST),
        )

    return perform(request, view.id, deed, form, act)


def unmark(request: HttpRequest, report_id: str) -> HttpResponse:
    """It repeats nothing after all."""
    subject, view = worker(request, report_id)
    form = forms.CloseForm(request.POST or None)
    deed = Deed(
        gettext("No duplicate after all"),
        gettext("Take the mark back"),
        gettext("The report is judged anew."),
        gettext("It leaves the cases it joined as a duplicate and waits to be judged."),
    )

    def act() -> None:
        told = local_text(request.POST, "answer") if request.POST.get("is_answered") else None
        actions.unmark_duplicate(
            subject,
            view.id,
            reason=request.POST.get("reason", ""),
            answer=told,
            version=seen_version(request.POST),
        )

    return perform(request, view.id, deed, form, act)
