"""The Products tab: the grid, deciding in bulk, one cell with its history."""

from collections.abc import Callable, Collection, Mapping, Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from okiagari.cases.values import CaseView
from okiagari.catalog import queries as catalog
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.problems import HTTP_STATUS, Kind, Problem, define, gettext_noop
from okiagari.triage import actions, queries
from okiagari.triage.rules.cells import CONFIDENCE, JUSTIFICATIONS
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking, say, seen_version
from okiagari.web.triage import cellpage, changes, filtering
from okiagari.web.triage.table import STATES, Table, shape, state_words, symbols
from okiagari.web.triage.words import best, choices, rights

KNOWN_VERSIONS = 200
NOT_BOTH = define(
    "triage.one_group_at_a_time",
    Kind.INVALID,
    gettext_noop("The heading of a group is chosen together with other cells."),
    gettext_noop("Decide one group by its heading row, or single products by theirs."),
)


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
    asked = filtering.read(QueryDict(form.get("filter", "")) if "filter" in form else request.GET)
    shown = filtering.rows(found, asked, subject)
    is_stale = problem is not None and problem.kind == Kind.STALE
    changed = queries.changed_cells(subject, case_id, seen_version(form) or 0) if is_stale else frozenset()
    levels = queries.levels_of(subject, found)
    table = Table(
        found,
        reverse("triage:grid", args=[case.id]),
        chosen=chosen,
        changed=changed,
        may_decide=decider(subject, may),
        shown=shown,
        levels=levels if len(set(levels.values())) > 1 else {},
    )
    context |= form_words() | _standing(subject, case_id, found, table)
    context |= {
        "may": may,
        "form": form,
        "problem": problem,
        "is_stale": is_stale,
        "clashes": _clashes(found, changed & frozenset(chosen)),
        "changed": tuple(sorted(changed - frozenset(chosen))),
        "filter": asked,
        "shown": len(shown),
    }
    status = HTTP_STATUS[problem.kind] if problem else 200
    return render(request, "triage/grid.html", context, status=status)


def _standing(subject: Subject, case_id: str, found: queries.Grid, table: Table) -> dict[str, object]:
    """What the page shows of the grid, whatever was sent to it."""
    return {
        "grid": found,
        "columns": found.columns,
        "families": table.families(),
        "symbols": symbols(),
        "state_counts": _counts(found),
        "known_versions": _known_versions(subject, found),
        "selections": tuple(_selection(each) for each in queries.selections(subject, case_id)),
        "removed": queries.removed_rows(subject, case_id),
        "filter_choices": filtering.choices(found),
        "is_in_team": bool(subject.teams),
        "lapsed": sum(bool(cell.lapsed_at) for cell in found.cells.values()),
        "groups": tuple(found.groups.values()),
    }


def decider(subject: Subject, may: Collection[str]) -> Callable[[queries.GridRow], bool]:
    """Whether the reader may decide a row: any, or those of the own team."""
    is_allowed = "triage.decide" in may
    known: dict[str, bool] = {}

    def may_decide(row: queries.GridRow) -> bool:
        if row.team not in known:
            known[row.team] = is_allowed and permits.may_for(subject, "triage.decide", row.team)
        return known[row.team]

    return may_decide


def _clashes(found: queries.Grid, cells: Collection[tuple[str, str]]) -> tuple[dict[str, object], ...]:
    """Cells that were chosen here and changed elsewhere: what stands there now, by whom."""
    names = {column.id: column.cve or best(column.title) for column in found.columns}
    return tuple(
        {
            "target": target,
            "vulnerability": flaw,
            "name": names.get(flaw, flaw),
            "shown": cellpage.shown(found.cell(target, flaw)),
        }
        for target, flaw in sorted(cells)
        if (target, flaw) in found.cells
    )


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
    return catalog.release_texts(subject, keys)[:KNOWN_VERSIONS] if keys else ()


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
        _decide(request, case_id, found, chosen)
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
    return _back(request, case_id)


def _back(request: HttpRequest, case_id: str) -> HttpResponse:
    """To the grid, as it was filtered."""
    query = filtering.read(QueryDict(request.POST.get("filter", ""))).query
    return redirect(reverse("triage:grid", args=[case_id]) + (f"?{query}" if query else ""))


def _decide(
    request: HttpRequest, case_id: str, found: queries.Grid, chosen: Sequence[tuple[str, str]]
) -> None:
    """Cells, or the heading row of one group, whose members follow. Raises NOT_BOTH for a mixture."""
    subject, form = asking(request), request.POST
    said = {"reason": form.get("reason", ""), "version": seen_version(form)}
    groups = {target[1:] for target, _ in chosen if target.startswith("@")}
    if not groups:
        change = changes.change_in(form, found, chosen)
        actions.decide(subject, case_id, cells=chosen, change=change, **said)  # type: ignore[arg-type]
        return
    if len(groups) > 1 or not all(target.startswith("@") for target, _ in chosen):
        raise NOT_BOTH().at("cells")
    (group,) = groups
    members = [(row.target.key, "") for row in found.rows if row.group == group]
    actions.decide_group(
        subject,
        case_id,
        group=group,
        vulnerabilities=[flaw for _, flaw in chosen],
        change=changes.change_in(form, found, members),
        **said,  # type: ignore[arg-type]
    )


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
    may = rights(subject, case)
    is_mine = decider(subject, may)(row)
    says = row.group and key[1] in found.groups[row.group].says
    may_inherit = bool(is_mine and says and not view.is_inherited)
    context |= {"case": case, "may": may, "is_mine": is_mine, "may_inherit": may_inherit}
    status = HTTP_STATUS[problem.kind] if problem else 200
    if request.headers.get("HX-Request"):
        return render(request, "triage/parts/cell.html", context | {"is_part": True}, status=status)
    return render(request, "triage/cell.html", frame | context, status=status)
