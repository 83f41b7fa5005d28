"""Incidents, decisions by a named person, and parts of a case."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from okiagari.api.base import answer, asking, page
from okiagari.api.cases import words
from okiagari.api.shapes import ReasonIn
from okiagari.cases import actions, queries
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.standards.localtext import LocalText

router = Router()


@router.get("/cases/{case_id}/incident", operation_id="read_incident")
def read_incident(request: HttpRequest, case_id: str) -> HttpResponse:
    """What is known of the incident, for those who are in its part of the case."""
    return _incident(asking(request), case_id)


@router.patch("/cases/{case_id}/incident", operation_id="describe_incident")
def describe_incident(request: HttpRequest, case_id: str, given: words.IncidentPatch) -> HttpResponse:
    """Say what is known; what is left out stays. Clocks of personal data follow from it."""
    consequences = LocalText.from_json(given.consequences) if given.consequences is not None else None
    fields = given.dict(exclude={"consequences"})
    actions.describe_incident(asking(request), case_id, consequences=consequences, **fields)
    return _incident(asking(request), case_id)


@router.post("/cases/{case_id}/incident/contain", operation_id="contain")
def contain(request: HttpRequest, case_id: str, given: words.ContainIn) -> HttpResponse:
    """Say when, how and by whom it was contained, and what is still open."""
    how, still_open = LocalText.from_json(given.how), LocalText.from_json(given.still_open)
    actions.contain(asking(request), case_id, how=how, by=given.by, at=given.at, still_open=still_open)
    return _incident(asking(request), case_id)


@router.post("/cases/{case_id}/incident/break-out", operation_id="break_out")
def break_out(request: HttpRequest, case_id: str, given: ReasonIn) -> HttpResponse:
    """Say that it is not contained after all."""
    actions.break_out(asking(request), case_id, reason=given.reason)
    return _incident(asking(request), case_id)


@router.post("/cases/{case_id}/incident/restore", operation_id="restore")
def restore(request: HttpRequest, case_id: str, given: words.RestoreIn) -> HttpResponse:
    """Say that service is back as before."""
    actions.restore(asking(request), case_id, **given.dict())
    return _incident(asking(request), case_id)


@router.post("/cases/{case_id}/incident/counts", operation_id="count_affected")
def count_affected(request: HttpRequest, case_id: str, given: words.AffectedCountIn) -> HttpResponse:
    """Say how many are affected, and how certain that is. Earlier counts are kept."""
    actions.count_affected(asking(request), case_id, **given.dict())
    return _incident(asking(request), case_id)


@router.post("/cases/{case_id}/incident/systems", operation_id="set_systems")
def set_systems(request: HttpRequest, case_id: str, given: words.SystemsIn) -> HttpResponse:
    """Say how it is with systems of the inventory."""
    actions.set_systems(asking(request), case_id, **given.dict())
    return _incident(asking(request), case_id)


@router.post("/cases/{case_id}/incident/severity", operation_id="confirm_severe_incident")
def confirm_severe_incident(request: HttpRequest, case_id: str, given: words.SevereIn) -> HttpResponse:
    """Decide whether it is a severe incident of a product. A named person decides."""
    actions.confirm_severe_incident(asking(request), case_id, **given.dict())
    return _incident(asking(request), case_id)


@router.post("/facts/{fact_id}/confirm", operation_id="confirm_exploitation")
def confirm_exploitation(request: HttpRequest, fact_id: str, given: words.VerdictIn) -> HttpResponse:
    """Decide whether the evidence of an attack on our product is reliable. A named person decides."""
    actions.confirm_exploitation(asking(request), fact_id, **given.dict())
    return answer({"id": fact_id, "verdict": "reliable" if given.reliable else "unreliable"})


@router.get("/cases/{case_id}/parts", operation_id="list_parts")
def list_parts(request: HttpRequest, case_id: str) -> HttpResponse:
    """The parts of the case that the caller is in, with who else is."""
    return answer(page(queries.parts(asking(request), case_id)))


@router.post("/cases/{case_id}/parts", operation_id="make_parts")
def make_parts(request: HttpRequest, case_id: str, given: ReasonIn) -> HttpResponse:
    """Give the case its parts for one team alone."""
    actions.make_parts(asking(request), case_id, reason=given.reason)
    return answer(page(queries.parts(asking(request), case_id)))


def _incident(subject: Subject, case_id: str) -> HttpResponse:
    view = queries.incident(subject, case_id)
    if view is None:
        raise permits.NOTHING_HERE()
    return answer(view)
