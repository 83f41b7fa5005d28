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
from okiagari.problems import HTTP_STATUS, Kind, Problem
from okiagari.web.cases.deeds import put_into
from okiagari.web.doors import say, seen_version

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
    problem: Problem | None = None
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                result = act()
            except Problem as raised:
                if raised.kind in _NOT_OURS:
                    raise
                problem, status = put_into(form, raised), HTTP_STATUS[raised.kind]
            else:
                say(request, deed.done)
                return redirect(onward(result) if onward else deed.back)
        else:
            status = HTTP_STATUS[Kind.INVALID]
    is_stale = status == HTTP_STATUS[Kind.STALE]
    context = {
        "deed": deed,
        "form": form,
        "problem": wording.told(problem) if problem else None,
        "version": seen_version(request.POST) if request.method == "POST" else deed.version,
        "is_stale": is_stale,
        "standing": _standing(form) if is_stale else (),
    }
    return render(request, template, context, status=status)


def _standing(form: forms.Form) -> tuple[tuple[str, str], ...]:
    """What stands now in the fields that were typed otherwise."""
    return tuple(
        (str(form.fields[name].label), str(form.get_initial_for_field(form.fields[name], name) or "—"))
        for name in form.changed_data
    )
