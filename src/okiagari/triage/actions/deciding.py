"""Setting cells of the grid, as many as are chosen: one request, one transaction, one line.

Two people who set different cells lose nothing: it is a conflict only where the same cell has changed
since the one who sets it looked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from okiagari.cases.models import Case, Vulnerability
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ids
from okiagari.problems import Kind, define, gettext_noop
from okiagari.triage.actions import following, writing
from okiagari.triage.actions.common import vulnerabilities_of, write
from okiagari.triage.actions.sheet import turning
from okiagari.triage.actions.writing import Cell, Deed, Key, Saying, Standing, Where
from okiagari.triage.models import Decision, GroupDecision, Sheet
from okiagari.triage.rules.cells import CellChange, CellState, checked
from okiagari.triage.rules.saying import to_json

NO_CELLS = define(
    "triage.no_cells",
    Kind.INVALID,
    gettext_noop("No cell is chosen."),
    gettext_noop("Choose the cells that the decision is for."),
)
CELLS_CHANGED = define(
    "triage.cells_changed",
    Kind.STALE,
    gettext_noop("Somebody else has changed cells that you chose, since you opened the grid: %(cells)s."),
    gettext_noop("Look at both values and set them again, or leave theirs; your input is kept."),
)
OVERRIDE_NEEDS_REASON = define(
    "triage.override_needs_reason",
    Kind.INVALID,
    gettext_noop("%(targets)s would differ from their group without a reason."),
    gettext_noop("Say why it is different here, or decide on the group."),
)
GROUP_SAYS = define(
    "triage.group_says",
    Kind.CONFLICT,
    gettext_noop("What %(target)s says is inherited from its group and cannot be taken back here."),
    gettext_noop("Take it back on the group, or decide otherwise here with a reason."),
)
NAMED = 5


@dataclass(frozen=True)
class Entry:
    """Cells that are decided alike."""

    cells: Sequence[Cell]
    change: CellChange
    reason: str = ""


def decide(
    subject: Subject,
    case_id: str,
    *,
    cells: Sequence[Cell],
    change: CellChange,
    reason: str = "",
    version: int | None = None,
) -> int:
    """Decide cells (target key, vulnerability id) alike. Returns the new version of the grid.

    Nothing is saved unless all of it can be. Raises what `rules.cells.checked` raises, ROW_NOT_THERE,
    OTHER_TEAM, OVERRIDE_NEEDS_REASON; CELLS_CHANGED where one of these cells changed after `version`.
    `change.state` "undecided" takes decisions back; a cell of a group then follows its group again.
    """
    return decide_many(subject, case_id, [Entry(cells, change, reason)], version=version)


def decide_many(
    subject: Subject, case_id: str, entries: Sequence[Entry], *, version: int | None = None
) -> int:
    """Decide several kinds of cells at once: all of it or nothing. As `decide`."""
    folded_entries = [Entry(folded(each.cells), each.change, each.reason.strip()) for each in entries]
    if not any(entry.cells for entry in folded_entries):
        raise NO_CELLS().at("cells")
    with turning(subject, "triage.decide", case_id) as (case, sheet):
        every = [cell for entry in folded_entries for cell in entry.cells]
        rows = writing.rows_of(case, [target for target, _ in every])
        writing.require_owned(subject, "triage.decide", rows)
        columns = vulnerabilities_of(case, [vulnerability for _, vulnerability in every])
        check_seen(case, every, version)
        places = writing.places_of(rows, [entry.change for entry in folded_entries])
        before = writing.standing_in(
            [row.pk for row in rows.values()], [column.pk for column in columns.values()]
        )
        deed = Deed(subject, case, sheet)
        for entry in folded_entries:
            _set(deed, entry, places, columns, before)
        write(subject, case, "triage.decided", _facts(folded_entries, sheet))
    return sheet.version


def folded(cells: Sequence[Cell]) -> list[Cell]:
    return list(dict.fromkeys((target, ids.folded(vulnerability)) for target, vulnerability in cells))


def check_seen(case: Case, cells: Sequence[Cell], version: int | None) -> None:
    """Raises CELLS_CHANGED where one of the cells changed after this version of the grid."""
    if version is None:
        return
    clashes = sorted(changed_after(case, version) & set(cells))
    if clashes:
        named = ", ".join(target for target, _ in clashes[:NAMED]) + (" …" if len(clashes) > NAMED else "")
        raise CELLS_CHANGED(cells=named).at("cells")


def changed_after(case: Case, version: int) -> set[Cell]:
    """The cells that were decided, or taken back, after this version of the grid."""
    standing = Decision.objects.filter(row__case=case, ruling__sheet__gt=version)
    replaced = Decision.objects.filter(row__case=case, replaced_in__gt=version)
    found = standing.values_list("row__target__key", "vulnerability__public_id")
    return {*found, *replaced.values_list("row__target__key", "vulnerability__public_id")}


def _set(
    deed: Deed,
    entry: Entry,
    places: Mapping[str, Where],
    columns: Mapping[str, Vulnerability],
    before: Mapping[Key, Standing],
) -> None:
    chosen = [(places[target], columns[vulnerability]) for target, vulnerability in entry.cells]
    mine = {where.row.pk: where.place for where, _ in chosen}
    checked(entry.change, list(mine.values()), entry.reason)
    groups = following.group_decisions(chosen)
    if entry.change.state == CellState.UNDECIDED:
        _take_back(deed, chosen, groups, before)
        return
    if groups and not entry.reason:
        targets = list(
            dict.fromkeys(
                where.place.target for where, flaw in chosen if following.key(where, flaw) in groups
            )
        )
        raise OVERRIDE_NEEDS_REASON(targets=", ".join(targets[:NAMED])).at("reason")
    writing.replace(
        deed, [before[following.key(*each)].pk for each in chosen if following.key(*each) in before]
    )
    writing.put(deed, Saying(entry.change, entry.reason), chosen, before)


def _take_back(
    deed: Deed,
    chosen: Sequence[tuple[Where, Vulnerability]],
    groups: Mapping[Key, GroupDecision],
    before: Mapping[Key, Standing],
) -> None:
    """What a row says of its own goes; where its group has decided, it follows the group again."""
    for where, vulnerability in chosen:
        held = before.get(following.key(where, vulnerability))
        if held is not None and held.inherited is not None:
            raise GROUP_SAYS(target=where.place.target).at("cells")
    writing.replace(
        deed, [before[following.key(*each)].pk for each in chosen if following.key(*each) in before]
    )
    following.follow_each(deed, [each for each in chosen if following.key(*each) in groups], groups)


def by_row(cells: Sequence[Cell]) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for target, vulnerability in cells:
        rows.setdefault(target, []).append(vulnerability)
    return rows


def named(cells: Sequence[Cell]) -> list[str]:
    targets = list(dict.fromkeys(target for target, _ in cells))
    return targets[:8] + ([" …"] if len(targets) > 8 else [])


def _facts(entries: Sequence[Entry], sheet: Sheet) -> dict[str, object]:
    """What the line keeps: the cells by row, and each change in full."""
    every = [cell for entry in entries for cell in entry.cells]
    states = list(dict.fromkeys(str(entry.change.state) for entry in entries))
    said = [{"cells": by_row(entry.cells), **_said(entry)} for entry in entries]
    one = said[0] if len(said) == 1 else {"entries": said, "reason": ""}
    state = states[0] if len(states) == 1 else states
    return {**one, "count": len(every), "targets": named(every), "state": state, "grid": sheet.version}


def _said(entry: Entry) -> dict[str, object]:
    return {**to_json(entry.change), "reason": entry.reason}
