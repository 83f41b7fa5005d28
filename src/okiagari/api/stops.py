"""What the maker does inside: shipping stopped and resumed, stock called back, the factory cut in."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime

from okiagari.api.base import answer, asking, idempotent, if_match, page
from okiagari.api.shapes import NoteIn, ReasonIn
from okiagari.remedy import actions, queries

router = Router()
DONE = {204: None}


class StopIn(Schema):
    """`places`: from which warehouses and channels; none means all. `urgent`: approved afterwards."""

    targets: list[str]
    reason: str
    places: list[str] = []
    since: AwareDatetime | None = None
    urgent: bool = False


class ConditionIn(Schema):
    condition: str


class StockIn(Schema):
    """`place`: maker, distributor, shop; `name`: which of them."""

    place: str
    name: str = ""
    units: int


class StockCountIn(Schema):
    """How many are done so far, up to a day, and who says so."""

    place: str
    name: str = ""
    done: int
    day: date | None = None
    source: str


class CutInIn(Schema):
    """`order`: the maker's patterns, oldest first: # a digit that counts, @ a letter, ? neither."""

    target: str
    first: str
    order: list[str]
    counted_by: str = "serial"
    factory: str = ""
    release: tuple[str, str] | None = None
    since: str = ""
    source: str = ""


@router.get("/measures", operation_id="list_measures_in_force", response=dict[str, Any])
def in_force(request: HttpRequest) -> HttpResponse:
    """What is stopped, called back, reworked or cut in now, in every case you are in."""
    return answer(page(queries.in_force(asking(request))))


@router.get("/serials/{number}", operation_id="look_up_serial", response=dict[str, Any])
def serial(request: HttpRequest, number: str, model: str = "") -> HttpResponse:
    """Does this device ship with the fix? `answer`: fixed, before, unclear, unknown."""
    return answer(queries.ships_fixed(asking(request), number, model=model))


@router.post("/cases/{case_id}/stops", operation_id="stop_shipping", response={201: dict[str, Any]})
@idempotent
def stop(request: HttpRequest, case_id: str, body: StopIn) -> HttpResponse:
    made = actions.stop_shipping(asking(request), case_id, version=if_match(request), **body.dict())
    return answer({"id": made}, status=201)


@router.post("/measures/{measure_id}/approve-stop", operation_id="approve_stop", response=DONE)
def approve_stop(request: HttpRequest, measure_id: str, body: NoteIn) -> HttpResponse:
    actions.approve_stop(asking(request), measure_id, note=body.note)
    return HttpResponse(status=204)


@router.post("/measures/{measure_id}/refuse-stop", operation_id="refuse_stop", response=DONE)
def refuse_stop(request: HttpRequest, measure_id: str, body: ReasonIn) -> HttpResponse:
    actions.refuse_stop(asking(request), measure_id, reason=body.reason)
    return HttpResponse(status=204)


@router.post("/measures/{measure_id}/resume", operation_id="resume_shipping", response=DONE)
def resume(request: HttpRequest, measure_id: str, body: ConditionIn) -> HttpResponse:
    """Ask that shipping resumes, with the condition that was met. Somebody else approves it."""
    actions.resume_shipping(asking(request), measure_id, condition=body.condition)
    return HttpResponse(status=204)


@router.post("/measures/{measure_id}/approve-resume", operation_id="approve_resume", response=DONE)
def approve_resume(request: HttpRequest, measure_id: str, body: NoteIn) -> HttpResponse:
    actions.approve_resume(asking(request), measure_id, note=body.note)
    return HttpResponse(status=204)


@router.post("/measures/{measure_id}/refuse-resume", operation_id="refuse_resume", response=DONE)
def refuse_resume(request: HttpRequest, measure_id: str, body: ReasonIn) -> HttpResponse:
    actions.refuse_resume(asking(request), measure_id, reason=body.reason)
    return HttpResponse(status=204)


@router.put("/measures/{measure_id}/stock", operation_id="put_stock", response=DONE)
def put_stock(request: HttpRequest, measure_id: str, body: StockIn) -> HttpResponse:
    actions.put_stock(asking(request), measure_id, place=body.place, name=body.name, units=body.units)
    return HttpResponse(status=204)


@router.post("/measures/{measure_id}/counts", operation_id="count_stock", response=DONE)
def count(request: HttpRequest, measure_id: str, body: StockCountIn) -> HttpResponse:
    actions.count_stock(asking(request), measure_id, **body.dict())
    return HttpResponse(status=204)


@router.post("/cases/{case_id}/cut-ins", operation_id="cut_in", response={201: dict[str, Any]})
@idempotent
def cut_in(request: HttpRequest, case_id: str, body: CutInIn) -> HttpResponse:
    made = actions.cut_in(asking(request), case_id, version=if_match(request), **body.dict())
    return answer({"id": made}, status=201)
