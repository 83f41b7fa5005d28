"""The Products tab: the grid, deciding in bulk, one cell with its history."""

from collections.abc import Collection, Mapping, Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from okiagari.cases.values import CaseView
from okiagari.catalog import queries as catalog
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.problems import HTTP_STATUS, Kind, Problem
from okiagari.triage import actions, queries
from okiagari.triage.rules.cells import CONFIDENCE, JUSTIFICATIONS
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking, say, seen_version
from okiagari.web.triage import cellpage, changes
from okiagari.web.triage.table import STATES, Table, shape, state_words, symbols
from okiagari.web.triage.words import best, choices, rights

KNOWN_VERSIONS = 200


@require_safe
def grid(request: HttpRequest, case_id: str) -> HttpResponse:
    return _page(request, case_id, QueryDict())


def _page(
    request: HttpRequest,
    case_id: str,
    form: QueryDict,
    problem: Problem | None = None,
    *,
    chosen: Collection[tuple[str, str]] = (),
) -> HttpResponse:
    subject = asking(request)
    found = queries.grid(subject, case_id)
    context = case_frame(subject, case_id, here="products")
    case = context["case"]
    assert isinstance(case, CaseView)
    may = rights(subject, case)
    is_stale = problem is not None and problem.kind == Kind.STALE
    changed = queries.changed_cells(subject, case_id, seen_version(form) or 0) if is_stale else frozenset()
    table = Table(
        found,
        reverse("triage:grid", args=[case.id]),
        chosen=chosen,
        changed=changed,
        may_decide="triage.decide" in may,
    )
    context |= form_words() | {
        "may": may,
        "grid": found,
        "columns": found.columns,
        "families": table.families(),
        "symbols": symbols(),
        "state_counts": _counts(found),
        "known_versions": _known_versions(subject, found),
        "selections": tuple(_selection(each) for each in queries.selections(subject, case_id)),
        "removed": queries.removed_rows(subject, case_id),
        "form": form,
        "problem": problem,
        "is_stale": is_stale,
        "changed": tuple(sorted(changed)),
    }
    status = HTTP_STATUS[problem.kind] if problem else 200
    return render(request, "triage/grid.html", context, status=status)


def form_words() -> dict[str, object]:
    """The choices of the form that decides cells, here and on the page of one cell."""
    words = state_words()
    return {
        "states": tuple((state, words[state], shape(state)) for state in STATES),
        "keys": {"investigating": "I", "affected": "A", "not_affected": "N", "fixed": "F"},
        "justifications": choices(JUSTIFICATIONS),
        "confidences": choices(CONFIDENCE),
        "range_forms": cellpage.range_forms(),
    }


def _counts(found: queries.Grid) -> tuple[tuple[str, str, int], ...]:
    words = state_words()
    states = [cell.state for cell in found.cells.values()]
    return tuple((shape(state), words[state], states.count(state)) for state in STATES if state in states)


def _known_versions(subject: Subject, found: queries.Grid) -> tuple[str, ...]:
    """Releases of the lines in the grid, newest first, as hints while typing."""
    if not permits.may(subject, "catalog.read"):
        return ()
    keys = sorted({row.target.line for row in found.rows if row.target.line})
    lines = catalog.lines_named(subject, keys).values() if keys else ()
    texts = dict.fromkeys(release.text for line in lines for release in reversed(line.releases))
    return tuple(texts)[:KNOWN_VERSIONS]


def _selection(view: queries.SelectionView) -> dict[str, object]:
    return {"view": view, "by": best(view.by), "rule": cellpage.rule_words(view.rule)}


@require_POST
def decide(request: HttpRequest, case_id: str) -> HttpResponse:
    """Set the chosen cells: one request, one decision."""
    subject = asking(request)
    found = queries.grid(subject, case_id)
    chosen: Sequence[tuple[str, str]] = ()
    try:
        chosen = changes.cells_in(request.POST)
        actions.decide(
            subject,
            case_id,
            cells=chosen,
            change=changes.change_in(request.POST, found, chosen),
            reason=request.POST.get("reason", ""),
            version=seen_version(request.POST),
        )
    except Problem as problem:
        if problem.kind in {Kind.NOT_FOUND, Kind.UNAUTHENTICATED}:
            raise
        if "one" in request.POST and chosen:
            return _cell_page(request, case_id, chosen[0], request.POST, problem)
        return _page(request, case_id, request.POST, problem, chosen=chosen)
    number = len(set(chosen))
    say(
        request,
        ngettext("%(number)d cell is decided.", "%(number)d cells are decided.", number) % {"number": number},
    )
    return redirect("triage:grid", case_id)


@require_safe
def cell(request: HttpRequest, case_id: str) -> HttpResponse:
    """One cell: all it says, everything it ever said, and the form to decide it alone."""
    key = (request.GET.get("target", ""), request.GET.get("vulnerability", ""))
    return _cell_page(request, case_id, key, None)


def _cell_page(
    request: HttpRequest,
    case_id: str,
    key: tuple[str, str],
    form: Mapping[str, str] | None,
    problem: Problem | None = None,
) -> HttpResponse:
    subject = asking(request)
    found = queries.grid(subject, case_id)
    row = next((each for each in found.rows if each.target.key == key[0]), None)
    column = next((each for each in found.columns if each.id == key[1]), None)
    if row is None or column is None:
        raise permits.NOTHING_HERE()
    view = found.cell(*key)
    history = queries.decision_history(subject, case_id, *key)
    context = form_words() | {
        "grid": found,
        "row": row,
        "column": column,
        "value": f"{key[0]}|{key[1]}",
        "shown": cellpage.shown(view),
        "history": tuple(cellpage.shown(each) for each in history),
        "form": form if form is not None else changes.form_of(view),
        "problem": problem,
        "known_versions": _known_versions(subject, found),
        "symbols": symbols(),
        "title": best(column.title),
        "is_stale": problem is not None and problem.kind == Kind.STALE,
    }
    frame = case_frame(subject, case_id, here="products")
    case = frame["case"]
    assert isinstance(case, CaseView)
    context |= {"case": case, "may": rights(subject, case)}
    status = HTTP_STATUS[problem.kind] if problem else 200
    if request.headers.get("HX-Request"):
        return render(request, "triage/parts/cell.html", context | {"is_part": True}, status=status)
    return render(request, "triage/cell.html", frame | context, status=status)
