"""One deed, one page: a form inside the case's frame. What an action refuses comes back with the input kept.

Somebody else's change in between answers 412: the form stays as it was typed, shows what stands now, and
can be saved over it on purpose.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from okiagari.cases.values import CaseView
from okiagari.plumbing import wording
from okiagari.problems import HTTP_STATUS, Kind, Problem
from okiagari.standards.localtext import LANGUAGES
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking, say, seen_version

_NOT_OURS = (Kind.NOT_FOUND, Kind.UNAUTHENTICATED)


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
    problem: Problem | None = None
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                act()
            except Problem as raised:
                if raised.kind in _NOT_OURS:
                    raise
                problem, status = put_into(form, raised), HTTP_STATUS[raised.kind]
            else:
                say(request, deed.done)
                return redirect(deed.back)
        else:
            status = HTTP_STATUS[Kind.INVALID]
    context = case_frame(asking(request), case_id)
    case = context["case"]
    assert isinstance(case, CaseView)
    is_stale = problem is not None and problem.kind == Kind.STALE
    context |= {
        "deed": deed,
        "form": form,
        "problem": problem,
        "version": seen_version(request.POST) if request.method == "POST" else case.version,
        "is_stale": is_stale,
        "standing": _standing(form) if is_stale else (),
    }
    return render(request, "cases/deed.html", {**context, **more}, status=status)


def put_into(form: forms.Form, problem: Problem) -> Problem | None:
    """Say each problem at its field; what has none is returned, for the head of the page."""
    parts = problem.parts or (problem,)
    loose = [part for part in parts if not _at_field(form, part)]
    return problem if loose else None


def _at_field(form: forms.Form, problem: Problem) -> bool:
    names = (problem.field or "", *(f"{problem.field}_{language}" for language in LANGUAGES))
    name = next((each for each in names if each in form.fields), None)
    if name is None:
        return False
    told = wording.told(problem)
    form.add_error(name, f"{told.message} {told.hint}")
    return True


def _standing(form: forms.Form) -> tuple[tuple[str, str], ...]:
    """What stands now in the fields that were typed otherwise."""
    empty = gettext("empty")
    return tuple(
        (str(form.fields[name].label), str(form.get_initial_for_field(form.fields[name], name) or empty))
        for name in form.changed_data
    )
