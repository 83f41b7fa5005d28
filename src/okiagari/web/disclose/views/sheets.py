"""Papers for the house beside an advisory, as pages that print: the briefing, and what the press asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.disclose import queries
from okiagari.disclose.sheets import KINDS
from okiagari.web.disclose import words
from okiagari.web.doors import asking


@require_safe
def sheet(request: HttpRequest, advisory_id: str, language: str, kind: str) -> HttpResponse:
    subject = asking(request)
    view = queries.advisory(subject, advisory_id)
    found = queries.sheet(subject, advisory_id, kind=kind, language=language)
    names = {"briefing": gettext("Briefing"), "press": gettext("For the press")}
    context = {
        "advisory": view,
        "state": words.state(view.state),
        "tone": words.TONES[view.state],
        "sheet": found,
        "others": [
            (
                f"{names[each]} · {words.LANGUAGE_WORDS[one]}",
                reverse("disclose:sheet", args=[view.id, one, each]),
                (each, one) == (kind, language),
            )
            for each in KINDS
            for one in view.languages
        ],
    }
    return render(request, "disclose/sheet.html", context)
