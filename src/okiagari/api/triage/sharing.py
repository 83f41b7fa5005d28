"""Many products: saved rules, groups, owners, severity per product, what carried over to later releases."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime

from okiagari.api.base import answer, asking, idempotent, if_match, page
from okiagari.api.shapes import MaybeReasonIn
from okiagari.api.triage import shapes
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions, queries

router = Router()


class RuleIn(Schema):
    """`rule`: the parts of a search rule; `any` and `all` hold a list of rules."""

    name: dict[str, str]
    rule: dict[str, Any]
    note: dict[str, str] = {}


class MoreRowsIn(Schema):
    targets: list[str]
    reason: str
    due_at: AwareDatetime | None = None


class GroupIn(Schema):
    """`by`: line, family, component, hand. No `value`: every one that two rows share."""

    by: str
    value: str = ""
    targets: list[str] = []


class UngroupIn(Schema):
    group: str
    reason: str
    targets: list[str] = []


class DecideGroupIn(Schema):
    """No vulnerability named means all of the case."""

    group: str
    change: shapes.ChangeIn
    vulnerabilities: list[str] = []
    reason: str = ""


class CellsIn(Schema):
    cells: list[shapes.CellIn]
    reason: str = ""


class EntryIn(Schema):
    cells: list[shapes.CellIn]
    change: shapes.ChangeIn
    reason: str = ""


class EntriesIn(Schema):
    entries: list[EntryIn]


class HandOverIn(Schema):
    targets: list[str]
    team: str
    reason: str


class DueIn(Schema):
    targets: list[str]
    due_at: AwareDatetime | None = None
    reason: str = ""


class LocateIn(Schema):
    vulnerability: str
    components: list[str]


@router.get("/row-rules", operation_id="list_rules")
def list_rules(request: HttpRequest) -> HttpResponse:
    """The saved search rules."""
    return answer(page(queries.templates(asking(request))))


@router.put("/row-rules/{key}", operation_id="save_rule")
def save_rule(request: HttpRequest, key: str, given: RuleIn) -> HttpResponse:
    """Keep a search rule, or bring it up to date as its next version. Cases keep what they froze."""
    made = actions.save_rule(
        asking(request), key, name=LocalText(given.name), rule=given.rule, note=LocalText(given.note)
    )
    return answer({"key": made})


@router.delete("/row-rules/{key}", operation_id="retire_row_rule")
def retire_rule(request: HttpRequest, key: str, reason: str = "") -> HttpResponse:
    """Offer a saved rule no longer."""
    actions.retire_rule(asking(request), key, reason=reason)
    return answer({"key": key})


def _grid(request: HttpRequest, case_id: str, status: int = 200) -> HttpResponse:
    view = queries.grid(asking(request), case_id)
    return answer(shapes.grid(view), status=status, version=view.version)


@router.get("/cases/{case_id}/selections/again", operation_id="look_again")
def look_again(request: HttpRequest, case_id: str) -> HttpResponse:
    """What each frozen rule would find today and did not then."""
    found = queries.selections(asking(request), case_id, look_again=True)
    return answer(page(found))


@router.post("/cases/{case_id}/rows/more", operation_id="add_rows")
@idempotent
def add_rows(request: HttpRequest, case_id: str, given: MoreRowsIn) -> HttpResponse:
    """Ask about more targets, with a reason."""
    actions.add_rows(asking(request), case_id, version=if_match(request), **given.dict())
    return _grid(request, case_id, 201)


@router.post("/cases/{case_id}/groups", operation_id="group_rows")
@idempotent
def group_rows(request: HttpRequest, case_id: str, given: GroupIn) -> HttpResponse:
    """Let rows share their decisions."""
    actions.group_rows(asking(request), case_id, version=if_match(request), **given.dict())
    return _grid(request, case_id, 201)


@router.post("/cases/{case_id}/groups/dissolve", operation_id="ungroup")
def ungroup(request: HttpRequest, case_id: str, given: UngroupIn) -> HttpResponse:
    """Let a group's rows stand on their own; what they inherited becomes their own."""
    actions.ungroup(asking(request), case_id, version=if_match(request), **given.dict())
    return _grid(request, case_id)


@router.post("/cases/{case_id}/groups/decide", operation_id="decide_group")
@idempotent
def decide_group(request: HttpRequest, case_id: str, given: DecideGroupIn) -> HttpResponse:
    """Decide for a whole group; only members that follow it change."""
    number = actions.decide_group(
        asking(request),
        case_id,
        group=given.group,
        change=given.change.change(),
        vulnerabilities=given.vulnerabilities,
        reason=given.reason,
        version=if_match(request),
    )
    return answer({"case": case_id, "version": number, "group": given.group}, version=number)


@router.post("/cases/{case_id}/grid/inherit", operation_id="inherit")
@idempotent
def inherit(request: HttpRequest, case_id: str, given: CellsIn) -> HttpResponse:
    """Let cells that differ from their group follow it again."""
    number = actions.inherit(
        asking(request),
        case_id,
        cells=[(cell.target, cell.vulnerability) for cell in given.cells],
        reason=given.reason,
    )
    return answer({"case": case_id, "version": number}, version=number)


@router.post("/cases/{case_id}/grid/decide-many", operation_id="decide_many")
@idempotent
def decide_many(request: HttpRequest, case_id: str, given: EntriesIn) -> HttpResponse:
    """Several decisions at once, all of them or none."""
    entries = [
        actions.Entry(
            [(cell.target, cell.vulnerability) for cell in entry.cells], entry.change.change(), entry.reason
        )
        for entry in given.entries
    ]
    number = actions.decide_many(asking(request), case_id, entries, version=if_match(request))
    return answer({"case": case_id, "version": number}, version=number)


@router.post("/cases/{case_id}/rows/hand-over", operation_id="hand_over")
def hand_over(request: HttpRequest, case_id: str, given: HandOverIn) -> HttpResponse:
    """Let another team decide rows."""
    actions.hand_over(asking(request), case_id, **given.dict())
    return _grid(request, case_id)


@router.post("/cases/{case_id}/rows/due", operation_id="set_due")
def set_due(request: HttpRequest, case_id: str, given: DueIn) -> HttpResponse:
    """Until when the cells of rows are to be decided."""
    actions.set_due(asking(request), case_id, **given.dict())
    return _grid(request, case_id)


@router.get("/cases/{case_id}/levels", operation_id="list_levels")
def list_levels(request: HttpRequest, case_id: str) -> HttpResponse:
    """The severity of each product and vulnerability, where it was judged."""
    found = queries.levels(asking(request), case_id)
    items = [
        {"target": target, "vulnerability": flaw, "level": level} for (target, flaw), level in found.items()
    ]
    return answer(page(items))


@router.put("/cases/{case_id}/components", operation_id="locate")
def locate(request: HttpRequest, case_id: str, given: LocateIn) -> HttpResponse:
    """The components a vulnerability lies in: later releases are compared by them."""
    subject = asking(request)
    actions.locate(subject, case_id, **given.dict())
    return answer(
        page(
            [
                {"vulnerability": flaw, "components": list(names)}
                for flaw, names in queries.components_of(subject, case_id).items()
            ]
        )
    )


@router.get("/cases/{case_id}/carries", operation_id="list_carries")
def list_carries(request: HttpRequest, case_id: str, waiting: bool = False) -> HttpResponse:
    """What became of decisions at releases and products that came later; `waiting`: what lapsed."""
    return answer(page(queries.carries(asking(request), case_id, is_open=waiting)))


@router.post("/carries/{carry_id}/confirm", operation_id="confirm_carry")
def confirm_carry(request: HttpRequest, carry_id: str, given: MaybeReasonIn) -> HttpResponse:
    """It was looked at: the decision holds as it stands beside what came later."""
    actions.confirm_carry(asking(request), carry_id, reason=given.reason)
    return answer({"id": carry_id})


@router.get("/lines/{key}/vulnerabilities", operation_id="read_release")
def read_release(request: HttpRequest, key: str, release: str) -> HttpResponse:
    """The known vulnerabilities a release contains, fixes or is free of, of the cases one may see."""
    return answer(page(queries.release(asking(request), key, release)))
