"""The grid: rows, columns, and what was decided of each pair, now and before."""

from dataclasses import replace

from django.db.models import Q

from okiagari.cases.models import Case
from okiagari.cases.reading import flaws_of, readable
from okiagari.catalog import queries as catalog
from okiagari.catalog.queries import TargetView
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import ids
from okiagari.plumbing.readings import shared
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LocalText
from okiagari.triage.models import Carry, Decision, Group, GroupDecision, Row, Ruling, Selection, Sheet
from okiagari.triage.queries.values import (
    UNDECIDED,
    CellView,
    Column,
    Grid,
    GridRow,
    GroupView,
    SelectionView,
)

_NONE = LocalText()


@shared
def grid(subject: Subject, case_id: str) -> Grid:
    """The grid as it stands. The number of queries does not depend on its size."""
    case = readable(subject, case_id, "cases.inside")
    rows = _rows(case, is_removed=False)
    flaws = (row for row in flaws_of(case) if row.withdrawn_at is None)
    columns = tuple(Column(row.public_id, row.title, row.cve) for row in flaws)
    cells = {(row.target.key, column.id): UNDECIDED for row in rows for column in columns}
    cells |= {key: view for key, view in _standing(case).items() if key in cells}
    version = Sheet.objects.filter(case=case).values_list("version", flat=True).first()
    return Grid(case.public_id, version or 0, rows, columns, cells, _groups(case, rows))


def grid_version(subject: Subject, case_id: str) -> int:
    """The grid's own version alone: for somebody who asks often."""
    case = readable(subject, case_id, "cases.inside")
    return Sheet.objects.filter(case=case).values_list("version", flat=True).first() or 0


def _groups(case: Case, rows: tuple[GridRow, ...]) -> dict[str, GroupView]:
    """The groups that stand, in the order of their first row."""
    if not any(row.group for row in rows):
        return {}
    says: dict[int, dict[str, str]] = {}
    decided = GroupDecision.objects.filter(group__case=case, scope_id=case.scope_id, replaced_at__isnull=True)
    for group, flaw, change in decided.values_list("group_id", "vulnerability__public_id", "change"):
        says.setdefault(group, {})[flaw] = change["state"]
    found = Group.objects.filter(case=case, scope_id=case.scope_id, dissolved_at__isnull=True)
    known = {row.key: GroupView(row.key, row.by, row.value, says.get(row.pk, {})) for row in found}
    return {key: known[key] for key in dict.fromkeys(row.group for row in rows) if key in known}


def _rows(case: Case, *, is_removed: bool) -> tuple[GridRow, ...]:
    rows = {row.target.key: row for row in _all_rows(case) if (row.removed_at is not None) == is_removed}
    views = catalog.targets(SYSTEM, list(rows)) if rows else ()
    ordered = sorted(views, key=lambda view: (view.family or view.model, view.model, view.key))
    return tuple(_row(rows[view.key], view) for view in ordered)


@shared
def _all_rows(case: Case) -> tuple[Row, ...]:
    rows = Row.objects.filter(case=case, scope_id=case.scope_id)
    return tuple(rows.select_related("target", "team", "group"))


def _row(row: Row, view: TargetView) -> GridRow:
    return GridRow(
        view,
        row.due_at,
        row.added_at,
        row.added_reason,
        row.removed_at,
        row.removed_reason,
        team=row.team.key if row.team else view.team,
        team_name=row.team.name if row.team else view.team_name,
        team_principal=row.team.principal_id if row.team else view.team_principal,
        is_handed_over=row.team is not None,
        group=row.group.key if row.group else "",
    )


def _standing(case: Case) -> dict[tuple[str, str], CellView]:
    """What is decided now. Cells set by one deed share one value."""
    found = Decision.objects.filter(row__case=case, scope_id=case.scope_id, replaced_at__isnull=True)
    cells = list(
        found.values_list(
            "row__target__key",
            "vulnerability__public_id",
            "ruling_id",
            "inherited_id",
            "carried__row__target__key",
            "pk",
        )
    )
    rulings = Ruling.objects.filter(pk__in={each[2] for each in cells})
    plain = {row.pk: _cell(row) for row in rulings.select_related("fixed_in__line", "by")}
    lapses = _lapses(case)
    views: dict[tuple[object, ...], CellView] = {}
    for _, _, ruling, inherited, carried, pk in cells:
        look = (ruling, inherited is not None, carried or "", lapses.get(pk, ()))
        if look not in views:
            views[look] = replace(
                plain[ruling],
                is_inherited=inherited is not None,
                carried_from=carried or "",
                lapsed_at=look[3],
            )
    return {
        (target, flaw): views[ruling, inherited is not None, carried or "", lapses.get(pk, ())]
        for target, flaw, ruling, inherited, carried, pk in cells
    }


def _lapses(case: Case) -> dict[int, tuple[str, ...]]:
    """Decisions that lapsed at later releases, with the texts of these."""
    rows = Carry.objects.filter(
        case=case, scope_id=case.scope_id, outcome="lapsed", settled_at__isnull=True, release__isnull=False
    )
    found: dict[int, tuple[str, ...]] = {}
    ordered = rows.order_by("release__position")
    for decision, text in ordered.values_list("decision_id", "release__text"):
        found[decision] = (*found.get(decision, ()), text)
    return found


def _cell(row: Ruling) -> CellView:
    return CellView(
        state=row.state,
        range=Range.from_json(row.range) if row.range else None,
        condition=row.condition,
        justification=row.justification,
        note=row.note,
        fixed_in=(row.fixed_in.line.key, row.fixed_in.text) if row.fixed_in else None,
        verification=row.verification or {},
        planned=row.planned,
        planned_confidence=row.planned_confidence,
        planned_wording=row.planned_wording,
        cannot_fix=row.cannot_fix,
        reason=row.reason,
        at=row.at,
        by=row.by.name if row.by else _NONE,
        sheet=row.sheet,
    )


def decision_history(subject: Subject, case_id: str, target: str, vulnerability: str) -> tuple[CellView, ...]:
    """Everything ever decided of one cell, newest first."""
    case = readable(subject, case_id, "cases.inside")
    found = Decision.objects.filter(
        row__case=case,
        scope_id=case.scope_id,
        row__target__key=target,
        vulnerability__public_id=ids.folded(vulnerability),
    )
    ordered = found.select_related("ruling__fixed_in__line", "ruling__by").order_by("-pk")
    return tuple(replace(_cell(each.ruling), replaced_at=each.replaced_at) for each in ordered)


def changed_cells(subject: Subject, case_id: str, since: int) -> frozenset[tuple[str, str]]:
    """The cells somebody changed after this version of the grid."""
    case = readable(subject, case_id, "cases.inside")
    later = Q(ruling__sheet__gt=since) | Q(replaced_in__gt=since)
    found = Decision.objects.filter(later, row__case=case, scope_id=case.scope_id)
    return frozenset(found.values_list("row__target__key", "vulnerability__public_id"))


def removed_rows(subject: Subject, case_id: str) -> tuple[GridRow, ...]:
    """Rows that were taken out, with when and why."""
    return _rows(readable(subject, case_id, "cases.inside"), is_removed=True)


def selections(subject: Subject, case_id: str, *, look_again: bool = False) -> tuple[SelectionView, ...]:
    """The frozen search rules, newest first. `look_again`: with what each would find today."""
    case = readable(subject, case_id, "cases.inside")
    rows = Selection.objects.filter(case=case, scope_id=case.scope_id).select_related("by")
    views = tuple(
        SelectionView(
            rule=dict(row.rule),
            found=tuple(row.found),
            excluded=tuple((each["target"], each["reason"], each["approver"]) for each in row.excluded),
            frozen_at=row.frozen_at,
            by=row.by.name if row.by else _NONE,
            template=row.template,
        )
        for row in rows.order_by("-frozen_at", "-pk")
    )
    if not look_again:
        return views
    there = frozenset(
        Row.objects.filter(case=case, scope_id=case.scope_id).values_list("target__key", flat=True)
    )
    return tuple(_again(view, there) for view in views)


def _again(view: SelectionView, there: frozenset[str]) -> SelectionView:
    """What the rule would find today: new ones that are in no row, and those it would no longer find."""
    now = [target.key for target in catalog.select_targets(SYSTEM, view.rule)]
    then = set(view.found)
    return replace(
        view,
        found_now=tuple(key for key in now if key not in then and key not in there),
        gone_now=tuple(key for key in view.found if key not in set(now)),
    )
