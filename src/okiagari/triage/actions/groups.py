"""Shared code decided once: rows in groups, a decision on the group, members that inherit or say their own.

A group's decision changes only what follows it; a row that says something of its own keeps that, with its
reason, until it is told to inherit again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from okiagari.cases.models import Case, Vulnerability
from okiagari.catalog import queries as catalog
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import clock
from okiagari.problems import Kind, define, gettext_noop
from okiagari.triage.actions import following, writing
from okiagari.triage.actions.common import standing_flaws, vulnerabilities_of, write
from okiagari.triage.actions.deciding import NO_CELLS, by_row, check_seen, folded, named
from okiagari.triage.actions.sheet import turning
from okiagari.triage.actions.writing import Cell, Deed
from okiagari.triage.models import Decision, Group, GroupDecision, Row
from okiagari.triage.rules import grouping
from okiagari.triage.rules.cells import CellChange, CellState, checked
from okiagari.triage.rules.saying import to_json

NOTHING_TO_INHERIT = define(
    "triage.nothing_to_inherit",
    Kind.CONFLICT,
    gettext_noop("%(target)s belongs to no group that has decided this."),
    gettext_noop("Decide on the group first."),
)

NO_SUCH_GROUP = define(
    "triage.no_such_group",
    Kind.NOT_FOUND,
    gettext_noop("The grid has no group “%(group)s”."),
    gettext_noop("Its groups are: %(known)s."),
)
NO_MEMBERS = define(
    "triage.no_members",
    Kind.INVALID,
    gettext_noop("No two products of the grid share this."),
    gettext_noop("Choose the rows that belong together, or group them by line, family or component."),
)
WHY_DISSOLVED = define(
    "triage.dissolving_needs_reason",
    Kind.INVALID,
    gettext_noop("The group is dissolved without a reason."),
    gettext_noop("Say why these products no longer share their decisions."),
)


def group_rows(
    subject: Subject,
    case_id: str,
    *,
    by: str,
    value: str = "",
    targets: Sequence[str] = (),
    version: int | None = None,
) -> list[str]:
    """Let rows share their decisions. Returns the keys of the groups.

    `by`: line, family, component (`value` says which; left out, every one that two rows share) or hand
    (`value` is its name, `targets` its rows). A row belongs to one group; those in another stay there
    unless they are named. Raises NO_SUCH_WAY, NO_MEMBERS, ROW_NOT_THERE.
    """
    way = grouping.way_named(by)
    with turning(subject, "triage.rows", case_id, version=version) as (case, sheet):
        rows = _rows(case, targets)
        found = _members(way, value, rows, is_named=bool(targets))
        if not found:
            raise NO_MEMBERS().at("value")
        for name, members in found.items():
            group = _group(case, way, name)
            Row.objects.filter(pk__in=[row.pk for row in members]).update(group=group)
            _let_follow(Deed(subject, case, sheet), group, members)
        keys = [grouping.key(way, name) for name in found]
        count = sum(len(members) for members in found.values())
        facts = {"groups": keys, "by": way, "count": count, "grid": sheet.version}
        write(subject, case, "triage.grouped", facts)
    return keys


def _rows(case: Case, targets: Sequence[str]) -> list[Row]:
    if targets:
        return list(writing.rows_of(case, targets).values())
    found = Row.objects.filter(case=case, removed_at__isnull=True, group__isnull=True)
    return list(found.select_related("target__line", "target__product").order_by("target__key"))


def _members(way: str, value: str, rows: list[Row], *, is_named: bool) -> dict[str, list[Row]]:
    """The rows of each group: those named, or those that share the value."""
    if way == "hand" or (is_named and value):
        return {value or rows[0].target.key: rows} if is_named else {}
    lines = [row.target.line.key for row in rows if row.target.line]
    held = catalog.spans(SYSTEM, lines) if way == "component" else {}
    facts = [
        grouping.Member(
            row.target.key,
            row.target.line.key if row.target.line else "",
            row.target.product.family,
            frozenset(span.name for span in held.get(row.target.line.key, ()))
            if row.target.line
            else frozenset(),
        )
        for row in rows
    ]
    by_key = {row.target.key: row for row in rows}
    shared = grouping.shared(way, value, facts)
    return {name: [by_key[key] for key in keys] for name, keys in shared.items()}


def _group(case: Case, way: str, value: str) -> Group:
    row, _ = Group.objects.update_or_create(
        case=case,
        key=grouping.key(way, value),
        defaults={
            "scope_id": case.scope_id,
            "by": way,
            "value": value,
            "made_at": clock.now(),
            "dissolved_at": None,
        },
    )
    return row


def _let_follow(deed: Deed, group: Group, rows: Sequence[Row]) -> None:
    """Members in whose cells nothing stands say what the group says."""
    decided = GroupDecision.objects.filter(group=group, replaced_at__isnull=True).select_related(
        "vulnerability"
    )
    before = writing.standing_in([row.pk for row in rows], [each.vulnerability_id for each in decided])
    places = writing.places_of({row.target.key: row for row in rows}, []) if decided else {}
    for each in decided:
        empty = [
            (where, each.vulnerability)
            for where in places.values()
            if (where.row.pk, each.vulnerability_id) not in before
        ]
        following.follow(deed, each, empty)


def take_over(deed: Deed, rows: Sequence[Row]) -> None:
    """New rows join the groups of the grid they belong to by line or family, and follow them."""
    groups = Group.objects.filter(case=deed.case, dissolved_at__isnull=True, by__in=("line", "family"))
    for group in groups.order_by("by", "pk"):
        members = [row for row in rows if row.group_id is None and _belongs(row, group)]
        if members:
            Row.objects.filter(pk__in=[row.pk for row in members]).update(group=group)
            for row in members:
                row.group = group
            _let_follow(deed, group, members)


def _belongs(row: Row, group: Group) -> bool:
    line = row.target.line.key if row.target.line else ""
    return group.value == (line if group.by == "line" else row.target.product.family)


def _found(case: Case, key: str) -> Group:
    groups = Group.objects.filter(case=case, dissolved_at__isnull=True)
    row = groups.filter(key=key).first()
    if row is None:
        known = ", ".join(groups.order_by("key").values_list("key", flat=True)) or "–"
        raise NO_SUCH_GROUP(group=key, known=known).at("group")
    return row


def ungroup(
    subject: Subject,
    case_id: str,
    *,
    group: str,
    reason: str,
    targets: Sequence[str] = (),
    version: int | None = None,
) -> None:
    """Let a group's rows (or those named) stand on their own; what they inherited becomes their own."""
    if not reason.strip():
        raise WHY_DISSOLVED().at("reason")
    with turning(subject, "triage.rows", case_id, version=version) as (case, sheet):
        row = _found(case, group)
        members = Row.objects.filter(group=row)
        leaving = members.filter(target__key__in=list(targets)) if targets else members
        keys = sorted(leaving.values_list("target__key", flat=True))
        standing = Decision.objects.filter(row__in=leaving, replaced_at__isnull=True)
        standing.update(inherited=None)
        leaving.update(group=None)
        if not Row.objects.filter(group=row).exists():
            Group.objects.filter(pk=row.pk).update(dissolved_at=clock.now())
            GroupDecision.objects.filter(group=row, replaced_at__isnull=True).update(replaced_at=clock.now())
        facts = {"group": group, "targets": keys[:8], "count": len(keys), "reason": reason.strip()}
        write(subject, case, "triage.ungrouped", {**facts, "grid": sheet.version})


@dataclass(frozen=True)
class _Said:
    change: CellChange
    reason: str


def decide_group(
    subject: Subject,
    case_id: str,
    *,
    group: str,
    change: CellChange,
    vulnerabilities: Sequence[str] = (),
    reason: str = "",
    version: int | None = None,
) -> int:
    """Decide vulnerabilities (all, where none is named) for a whole group; only members that follow it
    change. Returns the version.

    Raises NO_SUCH_GROUP, OTHER_TEAM where a member belongs to another team, and what `checked` raises.
    """
    with turning(subject, "triage.decide", case_id) as (case, sheet):
        row = _found(case, group)
        rows = writing.rows_of(
            case, Row.objects.filter(group=row, removed_at__isnull=True).values_list("target__key", flat=True)
        )
        writing.require_owned(subject, "triage.decide", rows)
        columns = vulnerabilities_of(case, vulnerabilities or standing_flaws(case))
        if not columns:
            raise NO_CELLS().at("vulnerabilities")
        check_seen(case, [(target, flaw) for target in rows for flaw in columns], version)
        said = _Said(change, reason.strip())
        _check(said, rows)
        deed = Deed(subject, case, sheet)
        count = sum(_decide(deed, row, column, said, rows) for column in columns.values())
        facts = {"group": group, "vulnerabilities": sorted(columns), "count": count, "grid": sheet.version}
        write(subject, case, "triage.group_decided", {**facts, **to_json(change), "reason": said.reason})
    return sheet.version


def _check(said: _Said, rows: Mapping[str, Row]) -> None:
    """What is wrong whatever the line, and at the lines of the members."""
    places = writing.places_of(rows, [said.change])
    first = {where.place.line_key: where.place for where in places.values()}
    checked(said.change, list(first.values()), said.reason)


def _decide(deed: Deed, group: Group, column: Vulnerability, said: _Said, rows: Mapping[str, Row]) -> int:
    """One vulnerability of the group. Returns how many rows follow."""
    now = clock.now()
    GroupDecision.objects.filter(group=group, vulnerability=column, replaced_at__isnull=True).update(
        replaced_at=now
    )
    before = writing.standing_in([row.pk for row in rows.values()], [column.pk])
    heirs = {
        target: row for target, row in rows.items() if not following.says_own(before.get((row.pk, column.pk)))
    }
    held = [before[row.pk, column.pk].pk for row in heirs.values() if (row.pk, column.pk) in before]
    writing.replace(deed, held)
    if said.change.state == CellState.UNDECIDED:
        return len(heirs)
    decided = GroupDecision.objects.create(
        group=group,
        vulnerability=column,
        scope_id=deed.case.scope_id,
        change=to_json(said.change),
        reason=said.reason,
        at=now,
        by_id=deed.subject.person_id,
    )
    places = writing.places_of(heirs, [said.change])
    following.follow(deed, decided, [(where, column) for where in places.values()])
    return len(heirs)


def inherit(subject: Subject, case_id: str, *, cells: Sequence[Cell], reason: str = "") -> int:
    """Let cells that differ from their group follow it again. Raises NOTHING_TO_INHERIT, OTHER_TEAM."""
    chosen = folded(cells)
    if not chosen:
        raise NO_CELLS().at("cells")
    with turning(subject, "triage.decide", case_id) as (case, sheet):
        rows = writing.rows_of(case, [target for target, _ in chosen])
        writing.require_owned(subject, "triage.decide", rows)
        columns = vulnerabilities_of(case, [vulnerability for _, vulnerability in chosen])
        places = writing.places_of(rows, [])
        pairs = [(places[target], columns[flaw]) for target, flaw in chosen]
        groups = following.group_decisions(pairs)
        for where, flaw in pairs:
            if following.key(where, flaw) not in groups:
                raise NOTHING_TO_INHERIT(target=where.place.target).at("cells")
        before = writing.standing_in(
            [row.pk for row in rows.values()], [each.pk for each in columns.values()]
        )
        own = [each for each in pairs if not following.inherits(before.get(following.key(*each)))]
        deed = Deed(subject, case, sheet)
        writing.replace(
            deed, [before[following.key(*each)].pk for each in own if following.key(*each) in before]
        )
        following.follow_each(deed, own, groups)
        facts = {"cells": by_row(chosen), "count": len(chosen), "targets": named(chosen)}
        write(subject, case, "triage.inherited", {**facts, "reason": reason.strip(), "grid": sheet.version})
    return sheet.version
