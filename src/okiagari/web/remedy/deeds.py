"""What the pages of one deed on measures share: where they lead back to, how a form becomes an action."""

from collections.abc import Callable, Iterable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from okiagari.cases import queries as cases
from okiagari.catalog import queries as catalog
from okiagari.desk.subjects import Subject
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.doors import asking

Release = tuple[str, str]


def deed(
    case_id: str, title: str, button: str, done: str, *, intro: str = "", is_danger: bool = False
) -> Deed:
    """A deed that leads back to the measures of its case."""
    back = reverse("remedy:measures", args=[case_id])
    return Deed(title=title, button=button, done=done, back=back, intro=intro, is_danger=is_danger)


def show(
    request: HttpRequest, case_id: str, said: Deed, form: forms.Form, act: Callable[[], object]
) -> HttpResponse:
    """The page of a deed in a case that the asking one may see. Raises NOTHING_HERE."""
    cases.case(asking(request), case_id)
    return perform(request, case_id, said, form, act)


def releases(subject: Subject, lines: Iterable[str]) -> list[Release]:
    """The releases of these lines for a choice, the newest first."""
    known = catalog.lines_named(subject, [line for line in lines if line])
    return [
        (f"{line.key}|{release.text}", f"{line.key} {release.text}")
        for line in known.values()
        for release in reversed(line.releases)
    ]


def chosen(value: str) -> Release | None:
    """The release that such a choice names: its line and its text."""
    line, _, release = value.rpartition("|")
    return (line, release) if release else None
