"""The list of advisories, and those of one case. The address holds filter and page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from okiagari.cases import queries as cases
from okiagari.desk import permits
from okiagari.disclose import queries
from okiagari.disclose.queries import AdvisoryRow, Listing
from okiagari.web.cases.frame import case_frame
from okiagari.web.disclose import words
from okiagari.web.doors import asking
from okiagari.web.frame.values import Empty, Pages

PER_PAGE = 50
FILTERS = ("state", "kind", "text", "sort")


@require_safe
def advisories(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    filters = {name: request.GET[name].strip() for name in FILTERS if request.GET.get(name, "").strip()}
    text = request.GET.get("from", "")
    offset = min(int(text), 1_000_000) if text.isdecimal() and len(text) < 9 else 0
    page = queries.advisories(subject, offset=offset, limit=PER_PAGE, **filters)
    total = sum(count for _, count in page.by_state)
    context = {
        "rows": [_shown(each) for each in page.items],
        "filters": filters,
        "states": [
            (gettext("All"), _address(request.GET, state=""), total, "state" not in filters),
            *(
                (words.state(state), _address(request.GET, state=state), count, filters.get("state") == state)
                for state, count in page.by_state
            ),
        ],
        "kinds": [(code, gettext(word)) for code, word in words.KIND_WORDS.items()],
        "pages": _pages(request.GET, page),
        "may_draft": permits.may(subject, "disclose.draft"),
        "empty": _empty(is_filtered=bool(filters)),
    }
    return render(request, "disclose/list.html", context)


def _shown(row: AdvisoryRow) -> dict[str, object]:
    return {
        "view": row,
        "state": words.state(row.state),
        "tone": words.TONES[row.state],
        "kind": gettext(words.KIND_WORDS[row.kind]),
        "languages": words.languages(row.languages),
    }


def _address(asked: QueryDict, **changes: object) -> str:
    kept = {name: asked[name] for name in FILTERS if asked.get(name)}
    found = {name: value for name, value in {**kept, **changes}.items() if value != ""}
    return "?" + urlencode(found)


def _pages(asked: QueryDict, page: Listing) -> Pages:
    first, last = page.offset + 1, page.offset + len(page.items)
    sentence = ngettext("%(total)d advisory", "%(total)d advisories", page.total) % {"total": page.total}
    if page.total > len(page.items):
        sentence = gettext("%(first)d to %(last)d of %(total)d advisories") % {
            "first": first,
            "last": last,
            "total": page.total,
        }
    return Pages(
        sentence,
        previous=_address(asked, **{"from": max(0, page.offset - page.limit)}) if page.offset else "",
        next=_address(asked, **{"from": last}) if last < page.total else "",
    )


def _empty(*, is_filtered: bool) -> Empty:
    if is_filtered:
        return Empty(
            gettext("No advisory matches."),
            gettext("Drafts of cases you are not part of are never listed."),
            gettext("Clear the filter"),
            reverse("disclose:advisories"),
        )
    return Empty(
        gettext("No advisory yet."),
        gettext("Draft one from the tab Advisory of a case; it draws its facts from there."),
    )


@require_safe
def of_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """The tab Advisory of a case. `?only`: straight on to the advisory, where there is just one alive."""
    subject = asking(request)
    rows = queries.advisories_of_case(subject, case_id)
    alive = [each.id for each in rows if each.state != "withdrawn"]
    if "only" in request.GET and len(alive) == 1:
        return redirect("disclose:advisory", alive[0])
    context = case_frame(subject, case_id, here="advisory")
    scope_id = cases.case(subject, case_id).scope_id
    context |= {
        "rows": [
            {**_shown(each), "publications": _published(queries.publications(subject, each.id))}
            for each in rows
        ],
        "may_draft": permits.may(subject, "disclose.draft", scope_id),
        "empty": Empty(
            gettext("No advisory of this case yet."),
            gettext(
                "Products, versions, fixes and measures are drawn from the case; you write only the words."
            ),
        ),
    }
    return render(request, "disclose/of_case.html", context)


def _published(found: tuple[queries.PublicationView, ...]) -> list[dict[str, object]]:
    return [
        {"view": each, "state": words.state(each.state), "tone": words.OUTCOME_TONES[each.state]}
        for each in found
    ]
