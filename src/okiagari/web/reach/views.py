"""Reach of a case, as its tab, and of an advisory; ending the watch and taking it up again."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases import queries as cases
from okiagari.desk import permits
from okiagari.disclose import queries as disclose
from okiagari.reach import actions, queries
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking, seen_version
from okiagari.web.reach.forms import ReasonForm
from okiagari.web.reach.page import percent, shown


def until(request: HttpRequest) -> date | None:
    """The day the address asks for; anything else is the usual end."""
    try:
        return date.fromisoformat(request.GET.get("until", ""))
    except ValueError:
        return None


@require_safe
def of_case(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    curve = queries.of_case(subject, case_id, until=until(request), source=request.GET.get("source", ""))
    case = cases.case(subject, case_id)
    advisories = tuple(dict.fromkeys(flag.advisory_id for flag in curve.flags))
    context = case_frame(subject, case_id, here="reach")
    context |= shown(curve, href=reverse("disclose:of_case", args=[case.id]), of=request.GET.get("of", ""))
    context |= {
        "may_settle": permits.may(subject, "reach.settle", case.scope_id),
        "csv": reverse("reach:case_file", args=[case.id, "csv"]),
        "json": reverse("reach:case_file", args=[case.id, "json"]),
        "advisories": advisories,
    }
    return render(request, "reach/of_case.html", context)


@require_safe
def of_advisory(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    curve = queries.curve(subject, advisory_id, until=until(request), source=request.GET.get("source", ""))
    advisory = disclose.advisory(subject, advisory_id)
    context = {
        **shown(curve, href=reverse("disclose:advisory", args=[advisory.id]), of=request.GET.get("of", "")),
        "advisory": advisory,
        "csv": reverse("reach:advisory_file", args=[advisory.id, "csv"]),
        "json": reverse("reach:advisory_file", args=[advisory.id, "json"]),
    }
    return render(request, "reach/of_advisory.html", context)


def settle(request: HttpRequest, case_id: str) -> HttpResponse:
    """End the watch, with the share reached before one's eyes."""
    subject = asking(request)
    curve = queries.of_case(subject, case_id)
    case = cases.case(subject, case_id)
    permits.require(subject, "reach.settle", case.scope_id)
    words = gettext(
        "%(share)s of the units counted run a fixed version now. The figure is kept with the reason."
    )
    deed = Deed(
        title=gettext("End the watch over reach"),
        button=gettext("End the watch"),
        done=gettext("The watch over reach has ended."),
        back=reverse("reach:of_case", args=[case.id]),
        intro=words % {"share": percent(curve.now.share)} if curve.now.denominator else "",
    )
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = gettext(
        "Why what was reached is enough, or what else was done for the units that remain."
    )
    return perform(
        request,
        case.id,
        deed,
        form,
        lambda: actions.settle(
            subject, case.id, reason=form.cleaned_data["reason"], version=seen_version(request.POST)
        ),
    )


def resume(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    case = cases.case(subject, case_id)
    permits.require(subject, "reach.settle", case.scope_id)
    deed = Deed(
        title=gettext("Watch over reach again"),
        button=gettext("Watch again"),
        done=gettext("Reach is watched again."),
        back=reverse("reach:of_case", args=[case.id]),
    )
    form = ReasonForm(request.POST or None)
    return perform(
        request,
        case.id,
        deed,
        form,
        lambda: actions.resume(
            subject, case.id, reason=form.cleaned_data["reason"], version=seen_version(request.POST)
        ),
    )
