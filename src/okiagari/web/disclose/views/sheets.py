"""Papers for the house beside an advisory, as pages that print: the briefing, and what the press asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.disclose import queries
from okiagari.disclose.queries import AboutView
from okiagari.web.disclose import words
from okiagari.web.doors import asking
from okiagari.web.frame import paging
from okiagari.web.frame.values import Empty

PAGE = 50


@require_safe
def sheet(request: HttpRequest, advisory_id: str, language: str, kind: str) -> HttpResponse:
    found = queries.sheet(asking(request), advisory_id, kind=kind, language=language)
    state = "withdrawn" if found.is_withdrawn else found.source
    context = {
        "sheet": found,
        "state": words.state(state),
        "tone": words.TONES[state],
        "others": _papers(found.advisory, (language, kind)),
    }
    return render(request, "disclose/sheet.html", context)


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """Everything that is public with its papers, for whoever answers for it."""
    text = request.GET.get("q", "").strip()[:200]
    offset = (paging.number(request) - 1) * PAGE
    found = queries.sheets(asking(request), offset=offset, limit=PAGE, text=text)
    context = {
        "q": text,
        "rows": [(each, _by_kind(each)) for each in found.items],
        "total": found.total,
        "pages": paging.pages(request, has_more=found.total > offset + PAGE),
        "empty": Empty(
            gettext("Nothing that is public says this."),
            gettext("Try a model, a number or one word. What is not published yet is never found here."),
        )
        if text
        else Empty(
            gettext("Nothing is published yet."),
            gettext("With the first advisory its briefing for support and sales stands here."),
        ),
    }
    return render(request, "disclose/sheets.html", context)


def _names() -> dict[str, str]:
    return {"briefing": gettext("Briefing"), "press": gettext("For the press")}


def _address(view: AboutView, language: str, kind: str) -> str:
    return reverse("disclose:sheet", args=[view.id, language, kind])


def _by_kind(view: AboutView) -> list[tuple[str, list[tuple[str, str]]]]:
    """The sheets a reader may open, each with its languages."""
    names = _names()
    return [
        (
            names[kind],
            [(str(words.LANGUAGE_WORDS[each]), _address(view, each, kind)) for each in view.languages],
        )
        for kind in view.kinds
    ]


def _papers(view: AboutView, here: tuple[str, str]) -> list[tuple[str, str, bool]]:
    """All of them in a row: what each is called, where it is, whether it is this one."""
    names = _names()
    return [
        (
            f"{names[kind]} · {words.LANGUAGE_WORDS[language]}",
            _address(view, language, kind),
            (language, kind) == here,
        )
        for kind in view.kinds
        for language in view.languages
    ]
