"""One deed, one page: a form inside the case's frame. What an action refuses comes back with the input kept.

Somebody else's change in between answers 412: the form stays as it was typed, shows what stands now, and
can be saved over it on purpose.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from okiagari.cases.values import CaseView
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking, say, seen_version
from okiagari.web.frame import deeds


@dataclass(frozen=True)
class Deed:
    """What the page says. `back` is where it leads when it is done; `above` a template before the form."""

    title: str
    button: str
    done: str
    back: str
    intro: str = ""
    above: str = ""
    form_title: str = ""
    is_danger: bool = False


def perform(
    request: HttpRequest,
    case_id: str,
    deed: Deed,
    form: forms.Form,
    act: Callable[[], object],
    **more: object,
) -> HttpResponse:
    """Show the form, or do it and go back."""
    sent = deeds.send(request, form, act)
    if sent.is_done:
        say(request, deed.done)
        return redirect(deed.back)
    context = case_frame(asking(request), case_id)
    case = context["case"]
    assert isinstance(case, CaseView)
    context |= {
        "deed": deed,
        "form": form,
        "problem": sent.problem,
        "version": seen_version(request.POST) if request.method == "POST" else case.version,
        "is_stale": sent.is_stale,
        "standing": deeds.standing(form) if sent.is_stale else (),
    }
    return render(request, "cases/deed.html", {**context, **more}, status=sent.status)
