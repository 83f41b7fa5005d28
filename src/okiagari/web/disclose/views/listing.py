"""The list of advisories, and those of one case. The address holds filter and page."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from okiagari.cases import queries as cases
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import queries
from okiagari.disclose.queries import AdvisoryRow
from okiagari.web.cases.frame import case_frame
from okiagari.web.disclose import words
from okiagari.web.doors import asking
from okiagari.web.frame.lists import Column, Filter, Sheet, by_offset
from okiagari.web.frame.lists.pages import page
from okiagari.web.frame.values import Empty
from okiagari.web.frame.words import language


def _filters(subject: Subject) -> tuple[Filter, ...]:
    counts = queries.state_counts(subject)
    states = (
        ("", gettext("All")),
        *((state, f"{words.state(state)} {count}") for state, count in counts),
    )
    return (
        Filter("state", gettext("State"), states, kind="band"),
        Filter("text", gettext("Title or number"), kind="text"),
        Filter(
            "kind",
            gettext("Kind"),
            tuple((code, gettext(word)) for code, word in words.KIND_WORDS.items()),
            gettext("Any kind"),
        ),
    )


def _shown(row: AdvisoryRow) -> dict[str, object]:
    return {
        "view": row,
        "state": words.state(row.state),
        "tone": words.TONES[row.state],
        "kind": gettext(words.KIND_WORDS[row.kind]),
        "languages": words.languages(row.languages),
    }


def _empty(subject: Subject, is_filtered: bool) -> Empty:
    del subject
    if is_filtered:
        return Empty(
            gettext("No advisory matches."),
            gettext("Drafts of cases you are not part of are never listed."),
            gettext("Clear the filter"),
            f"{reverse('disclose:advisories')}?view=none",
        )
    return Empty(
        gettext("No advisory yet."),
        gettext("Draft one from the tab Advisory of a case; it draws its facts from there."),
    )


SHEET = Sheet(
    key="advisories",
    title=gettext_lazy("Advisories"),
    page="disclose:advisories",
    read="cases.inside",
    sort="-made",
    filters=_filters,
    fetch=by_offset(partial(queries.advisories, is_counted=False)),
    identify=lambda row: row.id,
    count=lambda total: ngettext("%(total)d advisory", "%(total)d advisories", total) % {"total": total},
    empty=_empty,
    show=_shown,
    columns=(
        Column(
            gettext_lazy("Advisory"),
            "title",
            key="title",
            name=gettext_lazy("Title"),
            cell=lambda row: row.title.best(language()),
        ),
        Column(key="id", name=gettext_lazy("Number"), cell=lambda row: row.id),
        Column(key="tracking_id", name=gettext_lazy("Public number"), cell=lambda row: row.tracking_id),
        Column(gettext_lazy("State"), "state", key="state", cell=lambda row: words.state(row.state)),
        Column(gettext_lazy("Languages"), key="languages", cell=lambda row: words.languages(row.languages)),
        Column(gettext_lazy("Cases"), key="cases", cell=lambda row: " ".join(row.cases)),
        Column(
            gettext_lazy("Edition"),
            "edition",
            "-",
            key="edition",
            cell=lambda row: row.number or "",
            is_number=True,
        ),
        Column(
            gettext_lazy("Published"),
            "published",
            "-",
            key="published_at",
            cell=lambda row: row.published_at,
        ),
    ),
)


@require_safe
def advisories(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    may = {
        "may_draft": "disclose.draft",
        "may_read": "flow.read_document",
        "may_read_keys": "keys.read",
        "may_read_archive": "site.archive",
        "may_see_targets": "site.targets",
    }
    allowed = {name: permits.may(subject, verb) for name, verb in may.items()}
    return page(request, SHEET, "disclose/list.html", **allowed)


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
        "may_end": permits.may(subject, "disclose.publish", scope_id),
        "ending": (ending := queries.ending_of(subject, case_id)),
        "ended_by": words.who(ending.by),
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
