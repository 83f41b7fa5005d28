"""Across all cases: what is stopped or called back now, and whether a device ships with the fix."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.remedy import queries
from okiagari.remedy.rules import Answer
from okiagari.web.doors import asking
from okiagari.web.frame.values import Empty
from okiagari.web.remedy.forms import SerialForm
from okiagari.web.remedy.showing import shown


@require_safe
def in_force(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    found = [shown(each, subject, frozenset()) for each in queries.in_force(subject)]
    context = {
        "measures": found,
        "empty": Empty(
            gettext("Nothing is stopped or called back."),
            gettext("Shipping stops, recalls and cut-ins of the cases you are in are listed here."),
        ),
    }
    return render(request, "remedy/in_force.html", context)


@require_safe
def serials(request: HttpRequest) -> HttpResponse:
    """Does this device ship with the fix?"""
    subject = asking(request)
    known = queries.cut_ins(subject)
    models = sorted({each.target.partition("@")[0] for each in known})
    form = SerialForm(request.GET if "number" in request.GET else None, models=models)
    context: dict[str, object] = {"form": form, "known": known}
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["number"]
        said = queries.ships_fixed(subject, number, model=form.cleaned_data["model"])
        context |= {
            "number": number,
            "said": said,
            "sentence": _sentence(said.answer),
            "tone": _TONES[said.answer],
        }
    return render(request, "remedy/serials.html", context)


_TONES = {Answer.FIXED: "ok", Answer.BEFORE: "bad", Answer.UNCLEAR: "wait", Answer.UNKNOWN: "off"}


def _sentence(answer: Answer) -> str:
    return {
        Answer.FIXED: gettext("It left the factory with the fix."),
        Answer.BEFORE: gettext("It left the factory before the fix: it needs the update."),
        Answer.UNCLEAR: gettext("Two factories claim this number and differ: look at the device."),
        Answer.UNKNOWN: gettext("The number fits no order we know: look at label and firmware version."),
    }[answer]
