"""Deeds inside the house: stopping and resuming shipments, counting stock called back, the cut-in."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from okiagari.cases import queries as cases
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.remedy import actions, queries
from okiagari.remedy.narration import PLACE_WORDS
from okiagari.triage import queries as triage
from okiagari.web.cases.words import best
from okiagari.web.doors import asking, instant, seen_version
from okiagari.web.frame.deeds import by_form
from okiagari.web.remedy import deeds
from okiagari.web.remedy.forms import (
    ConditionForm,
    CountForm,
    CutInForm,
    ReadyForm,
    ReasonForm,
    StockForm,
    StopForm,
    rows,
)


def stop(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    grid = triage.grid(subject, case_id)
    scope_id = cases.case(subject, case_id).scope_id
    if not permits.may(subject, "remedy.stop", scope_id):
        permits.require(subject, "remedy.stop_at_once", scope_id)
    form = StopForm(request.POST or None, targets=rows(grid))
    said = deeds.deed(
        case_id,
        title=gettext("Stop shipping"),
        button=gettext("Stop shipping"),
        done=gettext("The stop is recorded."),
        intro=gettext("An executive or approver approves it. If it cannot wait, stop at once."),
        is_danger=True,
    )

    def act() -> None:
        given = form.cleaned_data
        actions.stop_shipping(
            subject,
            case_id,
            targets=given["targets"],
            places=given["places"].replace("、", ",").split(","),
            since=instant(request.POST, "since"),
            reason=given["reason"],
            urgent=given["urgent"],
            version=seen_version(request.POST),
        )

    return deeds.show(request, case_id, said, form, act)


def approve(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Approve what the stop waits for: itself, or that shipping resumes."""
    subject = asking(request)
    view = _to_approve(subject, case_id, number)
    resumes = view.waits_for_approval == "resume"
    products = ", ".join(view.targets)
    title = (
        gettext("Let shipping of %(products)s resume")
        if resumes
        else gettext("Approve the shipping stop of %(products)s")
    )
    said = deeds.deed(
        case_id,
        title=title % {"products": products},
        button=gettext("Approve it"),
        done=gettext("It is approved."),
        intro=(
            gettext("Condition that was met: %(condition)s") % {"condition": view.end_reason}
            if resumes
            else gettext("Asked for by %(who)s: %(reason)s")
            % {"who": best(view.made_by), "reason": view.reason}
        ),
    )
    do = actions.approve_resume if resumes else actions.approve_stop
    form = ReadyForm(request.POST or None)
    act = by_form(form, do, asking(request), number)
    return deeds.show(request, case_id, said, form, act)


def _to_approve(subject: Subject, case_id: str, number: str) -> queries.MeasureView:
    """What waits, for somebody who may say yes or no to it; nobody else is shown the form."""
    permits.require(subject, "remedy.approve", cases.case(subject, case_id).scope_id)
    return queries.measure(subject, number)


def refuse(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    view = _to_approve(subject, case_id, number)
    resumes = view.waits_for_approval == "resume"
    said = deeds.deed(
        case_id,
        title=gettext("Keep shipping stopped") if resumes else gettext("Refuse the shipping stop"),
        button=gettext("Refuse it"),
        done=gettext("It is refused."),
        is_danger=True,
    )
    do = actions.refuse_resume if resumes else actions.refuse_stop
    form = ReasonForm(request.POST or None)
    act = by_form(form, do, asking(request), number)
    return deeds.show(request, case_id, said, form, act)


def resume(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    said = deeds.deed(
        case_id,
        title=gettext("Resume shipping"),
        button=gettext("Ask for approval"),
        done=gettext("An executive or approver approves it next."),
        intro=gettext("Shipping resumes when somebody else approves that the condition was met."),
    )
    form = ConditionForm(request.POST or None)
    act = by_form(form, actions.resume_shipping, asking(request), number)
    return deeds.show(request, case_id, said, form, act)


def stock(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    form = StockForm(request.POST or None)
    said = deeds.deed(
        case_id,
        title=gettext("Stock that lies somewhere"),
        button=gettext("Record the stock"),
        done=gettext("The stock is recorded."),
        intro=gettext("One place at a time. Writing the same place again corrects its number."),
    )

    act = by_form(form, actions.put_stock, asking(request), number)
    return deeds.show(request, case_id, said, form, act)


def count(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    view = queries.measure(subject, number)
    stocks = [
        (
            f"{each.place}:{each.name}",
            f"{gettext(PLACE_WORDS[each.place])} {each.name} ({each.done}/{each.units})",
        )
        for each in view.stocks
    ]
    form = CountForm(request.POST or None, stocks=stocks)
    said = deeds.deed(
        case_id,
        title=gettext("Count what is done"),
        button=gettext("Record the count"),
        done=gettext("The count is recorded."),
        intro=gettext("How many units of this stock are done altogether, up to a day."),
    )

    def act() -> None:
        given = form.cleaned_data
        place, _, name = given["stock"].partition(":")
        actions.count_stock(
            subject,
            number,
            place=place,
            name=name,
            done=given["done"],
            day=given["day"],
            source=given["source"],
        )

    return deeds.show(request, case_id, said, form, act)


def cut_in(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    grid = triage.grid(subject, case_id)
    permits.require(subject, "remedy.stop", cases.case(subject, case_id).scope_id)
    releases = deeds.releases(subject, [row.target.line for row in grid.rows])
    form = CutInForm(request.POST or None, targets=rows(grid), releases=releases)
    said = deeds.deed(
        case_id,
        title=gettext("Cut-in at the factory"),
        button=gettext("Record the cut-in"),
        done=gettext("Support can now look up whether a device ships with the fix."),
        intro=gettext("From which unit on a product leaves the factory with the fix."),
    )

    def act() -> None:
        given = form.cleaned_data
        actions.cut_in(
            subject,
            case_id,
            target=given["target"],
            factory=given["factory"],
            counted_by=given["counted_by"],
            first=given["first"],
            order=given["order"].splitlines(),
            release=deeds.chosen(given["release"]),
            since=given["since"],
            source=given["source"],
            version=seen_version(request.POST),
        )

    return deeds.show(request, case_id, said, form, act)
