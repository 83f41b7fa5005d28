"""The search page: a number goes straight to its page, words list what holds them all."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from okiagari.flow import finding
from okiagari.flow.finding import Hit, Result
from okiagari.web.doors import asking
from okiagari.web.frame.values import Empty
from okiagari.web.frame.words import language
from okiagari.web.search import links

MOST = 40
_MARK, _UNMARK = SafeString("<mark>"), SafeString("</mark>")


@dataclass(frozen=True)
class Found:
    """One line of the page."""

    kind: str
    icon: str
    word: str
    number: str
    href: str
    title: SafeString
    text: SafeString
    hit: Hit


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    text = request.GET.get("q", "").strip()[: finding.LONGEST]
    number = finding.number_of(text)
    if number:
        return redirect(links.address(*number))
    kind = request.GET.get("kind", "")
    kinds = [kind] if kind in finding.KINDS else []
    result = finding.find(subject, text, kinds=kinds, language=language(), limit=MOST)
    context = {
        "search_text": text,
        "hits": tuple(shown(hit) for hit in result.hits),
        "facets": _facets(text, result, kind if kinds else ""),
        "sentence": _sentence(result, kind if kinds else ""),
        "empty": _empty(text),
    }
    return render(request, "search/search.html", context)


def shown(hit: Hit) -> Found:
    """A hit as the page shows it; what was asked for is marked, everything is escaped."""
    title = hit.title.best(language())
    return Found(
        kind=hit.kind,
        icon=links.ICONS[hit.kind],
        word=str(links.KINDS[hit.kind]),
        number=links.number(hit.kind, hit.key),
        href=links.address(hit.kind, hit.key),
        title=marked(_pieces(title, hit.title_spots)),
        text=marked(hit.snippet),
        hit=hit,
    )


def _pieces(text: str, spots: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    pieces, at = [], 0
    for start, end in spots:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [*pieces, (text[at:], False)]


def marked(pieces: "tuple[tuple[str, bool], ...] | list[tuple[str, bool]]") -> SafeString:
    """Pieces of text, escaped; those that were asked for within ``<mark>``."""
    return format_html_join(
        "", "{}{}{}", ((_MARK, text, _UNMARK) if is_asked else ("", text, "") for text, is_asked in pieces)
    )


def _facets(text: str, result: Result, here: str) -> tuple[tuple[str, str, int, bool], ...]:
    def address(kind: str) -> str:
        return "?" + urlencode({"q": text, **({"kind": kind} if kind else {})})

    everything = (gettext("All"), address(""), sum(result.counts.values()), not here)
    return (
        everything,
        *(
            (str(word), address(kind), result.counts[kind], kind == here)
            for kind, word in links.KINDS.items()
            if result.counts.get(kind)
        ),
    )


def _sentence(result: Result, here: str) -> str:
    number = result.counts.get(here, 0) if here else sum(result.counts.values())
    if number > len(result.hits):
        facts = {"shown": len(result.hits), "number": number}
        return gettext("%(number)d things hold these words; these are the %(shown)d nearest.") % facts
    return ngettext("%(number)d thing holds these words.", "%(number)d things hold these words.", number) % {
        "number": number
    }


def _empty(text: str) -> Empty:
    if not text:
        return Empty(
            gettext("Search for anything."),
            gettext(
                "Words in Japanese or English, a number, a CVE, a model. All words must be there; put a "
                "phrase in quotes. A number such as OKI-26-7K3QD goes straight to its page."
            ),
        )
    return Empty(
        gettext("Nothing you may see holds these words."),
        gettext("Leave a word out, or write only its beginning with * behind it, such as WFS-S*."),
    )
