"""Two grids in one, and one in two: rows, rulings, decisions, the version that editors compare."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from okiagari.cases.models import Case
from okiagari.cases.moving import Chosen, Pairs, Record, carry, rescope
from okiagari.desk.permits import NOTHING_HERE
from okiagari.plumbing import clock
from okiagari.triage.models import Decision, Row, Ruling, Selection, Sheet
from okiagari.triage.rules import joining

Choice = Mapping[tuple[str, str], str]
"""(target key, vulnerability id of the joined case) -> which of two decisions holds; see `joining.KEEP`."""


@dataclass(frozen=True)
class Contradiction:
    """Two decisions on one cell that cannot both hold: what the joined case says, what the other says."""

    target: str
    vulnerability: str
    mine: str
    theirs: str
    mine_key: int
    theirs_key: int


def contradictions(source: Case, target: Case, same: Pairs) -> tuple[Contradiction, ...]:
    """The cells that somebody has to decide before the grids are joined. `mine` is the source's."""
    found = (each for each in _doubled(source, target, same) if _kept(*each) == "contradiction")
    return tuple(_contradiction(*each) for each in found)


def _doubled(source: Case, target: Case, same: Pairs) -> list[tuple[Decision, Decision]]:
    """The decisions of both on what will be one cell."""
    standing = Decision.objects.filter(replaced_at=None).select_related(
        "row__target", "vulnerability", "ruling"
    )
    there = {
        (each.row.target_id, each.vulnerability_id): each
        for each in standing.filter(row__case=target, vulnerability__in=same.values())
    }
    mine = standing.filter(row__case=source, vulnerability__in=same).order_by("pk")
    pairs = ((each, there.get((each.row.target_id, same[each.vulnerability_id]))) for each in mine)
    return [(each, other) for each, other in pairs if other is not None]


def _kept(mine: Decision, theirs: Decision) -> str:
    """mine, theirs or contradiction. On a row that is asked about no longer, nothing contradicts."""
    if mine.row.removed_at is not None:
        return "theirs"
    if theirs.row.removed_at is not None:
        return "mine"
    return joining.outcome(content(mine.ruling), content(theirs.ruling))


def _contradiction(mine: Decision, theirs: Decision) -> Contradiction:
    return Contradiction(
        mine.row.target.key,
        theirs.vulnerability.public_id,
        mine.ruling.state,
        theirs.ruling.state,
        mine.pk,
        theirs.pk,
    )


def content(row: Ruling) -> joining.Content:
    """What a ruling says, as far as two of them are compared."""
    return joining.Content(
        row.state,
        str(row.range or ""),
        str(row.condition.to_json()) if row.condition else "",
        row.justification,
        str(row.fixed_in_id or ""),
        bool(row.cannot_fix),
    )


def absorb(source: Case, target: Case, same: Pairs, choice: Choice) -> Record:
    """Unite the grids. `choice` names every contradiction: the caller has asked."""
    version = _turned(source, target)
    silenced = _settle(source, target, same, choice, version)
    selections = carry(Selection.objects.filter(case=source), target)
    rulings = carry(Ruling.objects.filter(case=source), target)
    Ruling.objects.filter(pk__in=rulings).update(sheet=version)
    decisions = list(
        Decision.objects.filter(row__case=source)
        .order_by("pk")
        .values_list("pk", "row_id", "vulnerability_id")
    )
    rows, revived, onto = _unite(source, target)
    for old, new in onto.items():
        Decision.objects.filter(row_id=old).update(row_id=new)
    for mine, theirs in same.items():
        Decision.objects.filter(vulnerability_id=mine).update(vulnerability_id=theirs)
    rescope(Decision.objects.filter(pk__in=[each[0] for each in decisions]), target)
    return {
        "selections": selections,
        "rulings": rulings,
        "rows": rows,
        "revived": revived,
        "decisions": [list(each) for each in decisions],
        "silenced": silenced,
    }


def _turned(source: Case, target: Case) -> int:
    """The next version of the joined grid: later than either, so that who edits one of them is told."""
    for case in (source, target):
        Sheet.objects.get_or_create(case=case, defaults={"scope_id": case.scope_id})
    sheets = Sheet.objects.select_for_update().filter(case__in=(source, target)).order_by("case_id")
    version: int = max(sheet.version for sheet in sheets) + 1
    Sheet.objects.filter(case__in=(source, target)).update(version=version)
    return version


def _settle(source: Case, target: Case, same: Pairs, choice: Choice, version: int) -> list[int]:
    """Of two decisions on one cell one goes on; the other stays readable as replaced. Returns which."""
    over: list[int] = []
    for mine, theirs in _doubled(source, target, same):
        kept = _kept(mine, theirs)
        if kept == "contradiction":
            kept = choice.get((mine.row.target.key, theirs.vulnerability.public_id), "undecided")
        if kept != "mine":
            over.append(mine.pk)
        if kept != "theirs":
            over.append(theirs.pk)
    Decision.objects.filter(pk__in=over).update(replaced_at=clock.now(), replaced_in=version)
    return over


def _unite(source: Case, target: Case) -> tuple[list[int], list[Record], dict[int, int]]:
    """Rows the target lacks are carried; of those it has, the earlier due time stays and none is left out."""
    there = {row.target_id: row for row in Row.objects.filter(case=target)}
    onto: dict[int, int] = {}
    revived: list[Record] = []
    for row in Row.objects.filter(case=source, target_id__in=there).order_by("pk"):
        other = there[row.target_id]
        onto[row.pk] = other.pk
        revived.append(
            {
                "row": other.pk,
                "removed_at": other.removed_at,
                "removed_reason": other.removed_reason,
                "due_at": other.due_at,
                "team": other.team_id,
            }
        )
        if row.removed_at is None:
            other.removed_at, other.removed_reason = None, ""
        other.team_id = other.team_id or row.team_id
        other.due_at = min(filter(None, (row.due_at, other.due_at)), default=None)
        other.save()
    rows = carry(Row.objects.filter(case=source).exclude(pk__in=onto), target)
    return rows, revived, onto


def give_back(source: Case, target: Case, record: Record) -> None:
    """Every decision goes back to its row and its vulnerability, and holds again if nothing newer does."""
    _turned(source, target)
    carry(Row.objects.filter(pk__in=record["rows"], case=target), source)
    for was in record["revived"]:
        Row.objects.filter(pk=was["row"]).update(
            removed_at=was["removed_at"],
            removed_reason=was["removed_reason"],
            due_at=was["due_at"],
            team_id=was.get("team"),
        )
    carry(Ruling.objects.filter(pk__in=record["rulings"], case=target), source)
    carry(Selection.objects.filter(pk__in=record["selections"], case=target), source)
    for key, row, vulnerability in record["decisions"]:
        Decision.objects.filter(pk=key).update(
            row_id=row, vulnerability_id=vulnerability, scope_id=source.scope_id
        )
    for key in record["silenced"]:
        each = Decision.objects.get(pk=key)
        newer = Decision.objects.filter(
            row_id=each.row_id, vulnerability_id=each.vulnerability_id, replaced_at=None
        )
        if not newer.exists():
            Decision.objects.filter(pk=key).update(replaced_at=None, replaced_in=None)


def part(source: Case, target: Case, chosen: Chosen) -> Record:
    """The decisions on what went, and the rows it is asked of: those chosen, or all that stand."""
    version = _turned(source, target)
    going = Decision.objects.filter(row__case=source, vulnerability__case=target)
    rows = _rows(source, target, chosen, going)
    for old, new in rows.items():
        going.filter(row_id=old).update(row_id=new, scope_id=target.scope_id)
    moved = Decision.objects.filter(row__case=target)
    shared = Ruling.objects.filter(case=source, decisions__row__case=source, pk__in=moved.values("ruling_id"))
    for ruling in shared.distinct().order_by("pk"):
        old = ruling.pk
        ruling.pk, ruling.case, ruling.scope_id, ruling.sheet = None, target, target.scope_id, version
        ruling.save(force_insert=True)
        moved.filter(ruling_id=old).update(ruling=ruling)
    carry(Ruling.objects.filter(case=source, pk__in=moved.values("ruling_id")), target)
    return {"rows": list(rows)}


def _rows(source: Case, target: Case, chosen: Chosen, going: QuerySet[Decision]) -> dict[int, int]:
    standing = Row.objects.filter(case=source)
    known = set(standing.values_list("target__key", flat=True))
    if set(chosen.targets) - known:
        raise NOTHING_HERE()
    wanted = standing.filter(removed_at=None)
    if chosen.targets:
        wanted = wanted.filter(target__key__in=chosen.targets)
    decided = standing.filter(pk__in=going.values("row_id"))
    made = {}
    for row in (wanted | decided).distinct().order_by("pk"):
        new = Row.objects.create(
            case=target,
            scope_id=target.scope_id,
            target_id=row.target_id,
            team_id=row.team_id,
            added_at=row.added_at,
            added_reason=row.added_reason,
            due_at=row.due_at,
            removed_at=row.removed_at,
            removed_reason=row.removed_reason,
        )
        made[row.pk] = new.pk
    return made
