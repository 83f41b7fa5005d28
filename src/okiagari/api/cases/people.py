"""Parties, grants and messages of a case."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from okiagari.api.base import answer, asking, idempotent, page
from okiagari.api.cases import shapes
from okiagari.api.shapes import ReasonIn
from okiagari.cases import actions, queries

router = Router()


@router.get("/cases/{case_id}/parties", operation_id="list_parties")
def list_parties(request: HttpRequest, case_id: str) -> HttpResponse:
    """Who outside has to do with the case."""
    return answer(page(queries.parties(asking(request), case_id)))


@router.post("/cases/{case_id}/parties", operation_id="add_party")
@idempotent
def add_party(request: HttpRequest, case_id: str, given: shapes.PartyIn) -> HttpResponse:
    """Name a party. This lets nobody in."""
    number = actions.add_party(asking(request), case_id, **given.dict())
    return answer({"id": number, "case": case_id}, status=201)


@router.post("/parties/{party_id}/end", operation_id="end_party")
def end_party(request: HttpRequest, party_id: str, given: ReasonIn) -> HttpResponse:
    """Say that somebody no longer has to do with the case."""
    actions.end_party(asking(request), party_id, reason=given.reason)
    return answer({"id": party_id})


@router.get("/cases/{case_id}/grants", operation_id="list_grants")
def list_grants(request: HttpRequest, case_id: str) -> HttpResponse:
    """Who was let into the case, at which level and why."""
    return answer(page(queries.people_in(asking(request), case_id)))


@router.put("/cases/{case_id}/grants", operation_id="admit")
def admit(request: HttpRequest, case_id: str, given: shapes.GrantIn) -> HttpResponse:
    """Let a team, a person or an organisation in, or raise their level."""
    actions.admit(asking(request), case_id, **given.dict())
    return answer(given.dict())


@router.delete("/cases/{case_id}/grants/{kind}/{key}", operation_id="dismiss")
def dismiss(
    request: HttpRequest, case_id: str, kind: str, key: str, asked: Query[shapes.DismissOptions]
) -> HttpResponse:
    """Take an access away: to the case and its parts, or to one part."""
    actions.dismiss(asking(request), case_id, kind=kind, key=key, **asked.dict())
    return answer({"kind": kind, "key": key, "level": None})


@router.get("/cases/{case_id}/communications", operation_id="list_communications")
def list_communications(request: HttpRequest, case_id: str) -> HttpResponse:
    """Messages, newest first. From outside, those of one's own organisation."""
    return answer(page(queries.communications(asking(request), case_id)))


@router.post("/cases/{case_id}/communications", operation_id="communicate")
@idempotent
def communicate(request: HttpRequest, case_id: str, given: shapes.CommunicationIn) -> HttpResponse:
    """Record a message. Under embargo its subject line tells nothing."""
    number = actions.communicate(asking(request), case_id, **given.dict())
    return answer({"id": number, "case": case_id}, status=201)
