"""One deed, one page, outside a case: a form that comes back with the input kept when an action refuses.

Somebody else's change in between answers 412: the form stays as it was typed, shows what stands now, and can
be saved over it on purpose.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from okiagari.plumbing import wording
from okiagari.problems import Kind
from okiagari.web.doors import say, seen_version
from okiagari.web.frame import deeds

_NOT_OURS = (Kind.DENIED, Kind.UNAUTHENTICATED)


@dataclass(frozen=True)
class Deed:
    """What the page says. `back`: where Cancel leads; `version`: of what is changed, as it stands now."""

    title: str
    button: str
    done: str
    back: str
    intro: str = ""
    version: int | None = None
    crumb: str = ""


def perform(
    request: HttpRequest,
    deed: Deed,
    form: forms.Form,
    act: Callable[[], object],
    *,
    template: str = "catalog/deed.html",
    onward: Callable[[object], str] | None = None,
) -> HttpResponse:
    """Show the form, or do it and go on: to `onward(result)`, else back."""
    sent = deeds.send(request, form, act, not_ours=lambda problem: problem.kind in _NOT_OURS)
    if sent.is_done:
        say(request, deed.done)
        return redirect(onward(sent.result) if onward else deed.back)
    context = {
        "deed": deed,
        "form": form,
        "problem": wording.told(sent.problem) if sent.problem else None,
        "version": seen_version(request.POST) if request.method == "POST" else deed.version,
        "is_stale": sent.is_stale,
        "standing": deeds.standing(form) if sent.is_stale else (),
    }
    return render(request, template, context, status=sent.status)
