"""Every file for programs: what each says less exactly than the page, what holds it back, and its preview."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.disclose import queries
from okiagari.disclose.queries import FormatView
from okiagari.disclose.site.formats import CVE_REQUEST
from okiagari.web.disclose import words
from okiagari.web.doors import asking


@require_safe
def formats(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    view = queries.advisory(subject, advisory_id)

    def address(language: str, name: str) -> str:
        return reverse("disclose:preview", args=[view.id, language or view.languages[0], name])

    texts = [
        (label, words.LANGUAGE_WORDS[language], address(language, name))
        for name, label in (
            ("jvn", gettext("Text for JVN")),
            (CVE_REQUEST, gettext("Request for CVE ids")),
        )
        for language in view.languages
    ]
    context = {
        "advisory": view,
        "state": words.state(view.state),
        "tone": words.TONES[view.state],
        "lines": [
            {
                "view": each,
                "label": gettext(each.label),
                "language": words.LANGUAGE_WORDS[each.language] if each.language else "",
                "href": address(each.language, each.format),
                "losses": _said(each.losses),
                "left_out": gettext(", ").join(gettext(name) for name in each.left_out),
                "problems": _said(each.problems),
            }
            for each in _ordered(queries.formats(subject, advisory_id))
        ],
        "texts": texts,
        "labels": []
        if view.state in queries.PUBLIC
        else [(each, gettext(words.TLP_WORDS[each])) for each in queries.TLP_LABELS],
        "languages": [(each, words.LANGUAGE_WORDS[each]) for each in view.languages],
        "known": words.known_of(subject, view.cases),
    }
    return render(request, "disclose/formats.html", context)


@require_safe
def advance(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """A copy before publication, as a file."""
    subject = asking(request)
    asked = request.GET
    found = queries.advance_copy(
        subject,
        advisory_id,
        language=asked.get("language") or queries.advisory(subject, advisory_id).languages[0],
        tlp=asked.get("tlp") or queries.TLP_LABELS[0],
    )
    response = HttpResponse(found.content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


def _ordered(found: Iterable[FormatView]) -> list[FormatView]:
    """What is held back first: somebody can do something about it."""
    return sorted(found, key=lambda each: each.goes_out)


def _said(notes: Iterable[queries.Said]) -> list[str]:
    return list(dict.fromkeys(gettext(each.text) % each.parameters for each in notes))
