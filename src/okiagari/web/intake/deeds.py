"""One deed, one page: a form beside the report. What an action refuses comes back with the input kept.

Somebody else's change in between answers 412: the form stays as it was typed and can be saved over it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from okiagari.intake.queries import ReportView
from okiagari.problems import Problem
from okiagari.web.doors import asking, say, seen_version
from okiagari.web.frame import deeds
from okiagari.web.intake.page import frame


@dataclass(frozen=True)
class Deed:
    """What the page says."""

    title: str
    button: str
    done: str
    intro: str = ""
    is_danger: bool = False
    address: str = ""
    """Where the form is sent, if not to this page."""
    choices: tuple[tuple[str, str, bool], ...] = ()
    """Links to the same deed done another way: name, address, whether it is this one."""


def perform(
    request: HttpRequest, report_id: str, deed: Deed, form: forms.Form, act: Callable[[], object]
) -> HttpResponse:
    """Show the form, or do it and go back to the report, or to where the action leads."""
    sent = deeds.send(request, form, act, not_ours=_is_not_ours)
    if sent.is_done:
        say(request, deed.done)
        return redirect(str(sent.result or reverse("intake:report", args=[report_id])))
    context = frame(asking(request), report_id)
    view = context["report"]
    assert isinstance(view, ReportView)
    context |= {
        "deed": deed,
        "action": deed.address or request.path,
        "form": form,
        "problem": sent.problem,
        "version": seen_version(request.POST) if request.method == "POST" else view.version,
        "is_stale": sent.is_stale,
    }
    return render(request, "intake/deed.html", context, status=sent.status)


def _is_not_ours(problem: Problem) -> bool:
    """What is not there, but was named in a field, is said at the field."""
    return problem.kind in deeds.NOT_OURS and problem.field is None
