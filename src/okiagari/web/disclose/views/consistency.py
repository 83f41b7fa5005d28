"""Do all formats agree? The report on what would go out now: one calm line, or every difference."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from okiagari.disclose import actions, queries
from okiagari.disclose.consistency.carriage import CARRIAGE
from okiagari.disclose.consistency.fields import LABELS, VALUES
from okiagari.disclose.consistency.report import FieldGaps, Gap
from okiagari.disclose.queries import ConsistencyView
from okiagari.web.disclose import links, words
from okiagari.web.doors import asking, say

FORMATS = {
    "page": "HTML",
    "csaf": "CSAF 2.0",
    "csaf-2.1": "CSAF 2.1",
    "openvex": "OpenVEX",
    "cyclonedx": "CycloneDX",
    "cve": "CVE",
    "vuldef": "VULDEF",
    "markdown": "Markdown",
    "answers": "JSON",
    "openeox": "OpenEoX",
}
"""The columns of what is compared; a letter is compared as its Markdown, a fragment as its page."""


@require_http_methods(["GET", "HEAD", "POST"])
def consistency(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    view = queries.advisory(subject, advisory_id)
    if request.method == "POST" and "links" in request.POST:
        actions.ask_links(subject, advisory_id)
        say(request, gettext("The links are being asked; their answers stand here soon."))
        return redirect("disclose:consistency", advisory_id=advisory_id)
    if request.method == "POST":
        actions.check_consistency(subject, advisory_id)
        say(request, gettext("Every format was read back."))
        return redirect("disclose:consistency", advisory_id=advisory_id)
    context = {
        "advisory": view,
        "state": words.state(view.state),
        "tone": words.TONES[view.state],
        "matrix": _matrix(),
        "formats": FORMATS.values(),
        "links": links.rows(queries.links_of(subject, advisory_id)),
        "may_ask": queries.asks_links(subject),
        **shown(queries.consistency(subject, advisory_id)),
    }
    return render(request, "disclose/consistency.html", context)


def shown(found: ConsistencyView) -> dict[str, object]:
    """The report in words, for the page and for the panel of who approves."""
    return {
        "agreement": found,
        "fields": fields(found.fields),
        "errors": [(each, gettext(each.text) % each.parameters) for each in found.noted if each.is_error],
        "warnings": [
            (each, gettext(each.text) % each.parameters) for each in found.noted if not each.is_error
        ],
    }


def fields(found: Iterable[FieldGaps]) -> list[dict[str, object]]:
    """Differences by field; `left`: how many more there are. What formats write in fields of their own and
    people call by one name stands together."""
    groups: dict[str, list[FieldGaps]] = {}
    for each in found:
        groups.setdefault(each.label, []).append(each)
    return [
        {
            "label": gettext(label),
            "count": sum(each.count for each in same),
            "left": sum(each.count - len(each.gaps) for each in same),
            "gaps": [_gap(gap) for each in same for gap in each.gaps],
        }
        for label, same in groups.items()
    ]


def _gap(gap: Gap) -> dict[str, object]:
    return {
        "view": gap,
        "format": gettext(gap.format),
        "about": " · ".join(_values(filter(None, (gap.product, gap.flaw)))),
        "said": _values(gap.said),
        "approved": _values(gap.approved),
    }


def _values(found: Iterable[str]) -> list[str]:
    return [gettext(VALUES[each]) if each in VALUES else each for each in found]


def _matrix() -> list[tuple[str, list[bool]]]:
    """Which field is compared in which format."""
    carried = {name: {LABELS[each.field] for each in CARRIAGE[name]} for name in FORMATS}
    labels = dict.fromkeys(LABELS.values())
    rows = [(label, [label in carried[name] for name in FORMATS]) for label in labels]
    return [(gettext(label), cells) for label, cells in rows if any(cells)]
