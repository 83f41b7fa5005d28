"""What the deciding verbs share: rows as the rules need them, rulings put, decisions replaced."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from okiagari.cases.models import Case, Vulnerability
from okiagari.catalog import queries as catalog
from okiagari.catalog.models import Release
from okiagari.desk import permits
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import clock
from okiagari.standards.firmware_order import Range
from okiagari.triage.actions.common import ROW_NOT_THERE
from okiagari.triage.models import Carry, Decision, GroupDecision, Row, Ruling, Sheet
from okiagari.triage.rules.cells import CellChange, CellState, Place, settled

BATCH = 500
Cell = tuple[str, str]
Key = tuple[int, int]


@dataclass(frozen=True)
class Where:
    """A row with what the rules need to know of it."""

    row: Row
    place: Place
    releases: dict[str, int]


@dataclass(frozen=True)
class Standing:
    """The decision that stands in a cell: its versions, and the group decision it follows, if any."""

    pk: int
    versions: Mapping[str, object] | None
    inherited: int | None


@dataclass(frozen=True)
class Deed:
    """Who does it, on which grid."""

    subject: Subject
    case: Case
    sheet: Sheet


@dataclass(frozen=True)
class Saying:
    """What is said, and whose word it is: the row's own, or that of its group."""

    change: CellChange
    reason: str = ""
    inherited: GroupDecision | None = None


def rows_of(case: Case, targets: Iterable[str]) -> dict[str, Row]:
    """The rows of these targets. Raises ROW_NOT_THERE."""
    wanted = set(targets)
    rows = Row.objects.filter(case=case, removed_at__isnull=True, target__key__in=wanted)
    found = {
        row.target.key: row for row in rows.select_related("target__line", "target__product__team", "team")
    }
    for target in sorted(wanted - set(found)):
        raise ROW_NOT_THERE(target=target).at("cells")
    return found


def owner_of(row: Row) -> str:
    """The key of the team that owns a row: the one it was handed over to, or its product's."""
    team = row.team or row.target.product.team
    return team.key if team else ""


def require_owned(subject: Subject, verb: str, rows: Mapping[str, Row]) -> None:
    """Raises OTHER_TEAM."""
    permits.require_for(subject, verb, {target: owner_of(row) for target, row in rows.items()})


def places_of(rows: Mapping[str, Row], changes: Iterable[CellChange]) -> dict[str, Where]:
    """Each row with the order of its firmware line where a change names versions."""
    keys = {key: row.target.line.key if row.target.line else "" for key, row in rows.items()}
    wants_lines = any(
        change.state == CellState.FIXED or (change.range is not None and change.range.ends)
        for change in changes
    )
    lines = catalog.lines_named(SYSTEM, sorted({key for key in keys.values() if key})) if wants_lines else {}
    orders = {key: line.order() for key, line in lines.items()}
    pks: dict[str, dict[str, int]] = {}
    for key, text, pk in Release.objects.filter(line__key__in=list(lines)).values_list(
        "line__key", "text", "pk"
    ):
        pks.setdefault(key, {})[text] = pk
    return {
        target: Where(row, Place(target, keys[target], orders.get(keys[target])), pks.get(keys[target], {}))
        for target, row in rows.items()
    }


def standing_in(rows: Iterable[int], columns: Iterable[int]) -> dict[Key, Standing]:
    """What stands in the cells of these rows and vulnerabilities."""
    found = Decision.objects.filter(
        row__in=list(rows), vulnerability__in=list(columns), replaced_at__isnull=True
    ).values_list("row_id", "vulnerability_id", "pk", "ruling__range", "inherited_id")
    return {(row, flaw): Standing(pk, versions, inherited) for row, flaw, pk, versions, inherited in found}


def replace(deed: Deed, pks: Sequence[int]) -> None:
    """They no longer stand. What lapsed of them is settled by it: the cell is looked at anew."""
    now = clock.now()
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        Decision.objects.filter(pk__in=batch).update(replaced_at=now, replaced_in=deed.sheet.version)
    if pks:
        moot = Carry.objects.filter(case=deed.case, settled_at__isnull=True, target__isnull=True)
        moot.filter(decision__replaced_in=deed.sheet.version).update(
            settled_at=now, settled_by=deed.subject.person_id
        )


def put(
    deed: Deed,
    saying: Saying,
    chosen: Sequence[tuple[Where, Vulnerability]],
    before: Mapping[Key, Standing],
) -> None:
    """One ruling for each content that comes out (ranges differ by line), a decision for each cell."""
    rulings: dict[tuple[int | None, str], Ruling] = {}
    decisions = []
    for where, vulnerability in chosen:
        held = before.get((where.row.pk, vulnerability.pk))
        earlier = held.versions if held else None
        content = settled(saying.change, where.place, Range.from_json(earlier) if earlier else None)
        release = where.releases.get(content.fixed_in[1]) if content.fixed_in else None
        same = (release, str(content.range.to_json()) if content.range else "")
        if same not in rulings:
            rulings[same] = _ruling(deed, content, release, saying.reason)
        decisions.append(
            Decision(
                row=where.row,
                vulnerability=vulnerability,
                scope_id=deed.case.scope_id,
                ruling=rulings[same],
                inherited=saying.inherited,
            )
        )
    Decision.objects.bulk_create(decisions, batch_size=BATCH)


def _ruling(deed: Deed, content: CellChange, release: int | None, reason: str) -> Ruling:
    return Ruling.objects.create(
        case=deed.case,
        scope_id=deed.case.scope_id,
        state=content.state,
        range=content.range.to_json() if content.range else {},
        condition=content.condition,
        justification=content.justification,
        note=content.note,
        fixed_in_id=release,
        verification=dict(content.verification),
        planned=content.planned,
        planned_confidence=content.planned_confidence,
        planned_wording=content.planned_wording,
        cannot_fix=content.cannot_fix,
        reason=reason,
        at=clock.now(),
        by_id=deed.subject.person_id,
        sheet=deed.sheet.version,
    )
