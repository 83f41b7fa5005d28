"""Sending a form: what every page of one deed shares, in whichever room it stands.

In: a form and the action behind it. Out: what came of it. What the action refuses is said at the field it is
about, with the input kept; what somebody else changed in between answers 412 and shows what stands now.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext

from okiagari.plumbing import wording
from okiagari.problems import HTTP_STATUS, Kind, Problem
from okiagari.standards.localtext import LANGUAGES

NOT_OURS = (Kind.NOT_FOUND, Kind.UNAUTHENTICATED)
"""What a page of a case leaves to the whole site: there is nothing here, or nobody is signed in."""


@dataclass(frozen=True)
class Sent:
    """`result` is the action's, once `is_done`; `problem` what no field of the form could say."""

    is_done: bool = False
    result: object = None
    problem: Problem | None = None
    status: int = 200

    @property
    def is_stale(self) -> bool:
        return self.status == HTTP_STATUS[Kind.STALE]


def send(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], object],
    *,
    not_ours: Callable[[Problem], bool] = lambda problem: problem.kind in NOT_OURS,
) -> Sent:
    """Do it if the form was sent and is whole. Raises what is not this page's to say."""
    if request.method != "POST":
        return Sent()
    if not form.is_valid():
        return Sent(status=HTTP_STATUS[Kind.INVALID])
    try:
        return Sent(is_done=True, result=act())
    except Problem as raised:
        if not_ours(raised):
            raise
        return Sent(problem=put_into(form, raised), status=HTTP_STATUS[raised.kind])


def by_form(
    form: forms.Form, act: Callable[..., object], *about: object, **more: object
) -> Callable[[], object]:
    """The action with what stands in the form, whose fields are just the words it takes."""
    return lambda: act(*about, **more, **form.cleaned_data)


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


def standing(form: forms.Form) -> tuple[tuple[str, str], ...]:
    """What stands now in the fields that were typed otherwise."""
    empty = gettext("empty")
    return tuple(
        (str(form.fields[name].label), str(form.get_initial_for_field(form.fields[name], name) or empty))
        for name in form.changed_data
    )
