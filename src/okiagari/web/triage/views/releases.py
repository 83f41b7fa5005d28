"""The page of one release: which known vulnerabilities it contains, fixes or is free of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from okiagari.catalog import queries as catalog
from okiagari.catalog.problems import NO_SUCH_RELEASE
from okiagari.triage import queries
from okiagari.web.doors import asking
from okiagari.web.triage import cellpage

WORDS = {
    "open": (_("Nobody has said yet"), "now"),
    "contains": (_("Contains it"), "bad"),
    "fixes": (_("Fixes it"), "ok"),
    "fixed": (_("Fixed earlier"), "ok"),
    "not_affected": (_("Not affected"), ""),
}


@require_safe
def release(request: HttpRequest, key: str) -> HttpResponse:
    """The most urgent first."""
    subject = asking(request)
    text = request.GET.get("release", "")
    line = catalog.line(subject, key)
    view = next((each for each in line.releases if each.text == text), None)
    if view is None:
        raise NO_SUCH_RELEASE(text=text, line=key)
    order = list(WORDS)
    found = sorted(queries.release(subject, key, text), key=lambda each: order.index(each.state))
    context = {
        "line": line,
        "view": view,
        "rows": [
            {
                "said": each,
                "word": WORDS[each.state][0],
                "tone": WORDS[each.state][1],
                "carried": cellpage.carried(each.carried) if each.carried else None,
            }
            for each in found
        ],
        "sums": [
            (WORDS[state][0], WORDS[state][1], sum(each.state == state for each in found))
            for state in order
            if any(each.state == state for each in found)
        ],
        "components": [
            each for each in catalog.components(subject, line=key) if _holds(each, line, view.position)
        ],
    }
    return render(request, "triage/release.html", context)


def _holds(component: catalog.ComponentView, line: catalog.LineView, position: int) -> bool:
    places = {release.text: release.position for release in line.releases}
    first = places.get(component.since, 0) if component.since else 0
    last = places.get(component.until, 0) if component.until else len(places)
    return first <= position <= last
