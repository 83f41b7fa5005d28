"""The component lists of firmware lines and products: read, put one, take one off."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from okiagari.api.base import answer, asking, idempotent, if_match, page
from okiagari.catalog import actions, queries

router = Router()


class ComponentIn(Schema):
    """`line` or `model` says where. `since`, `until`: the first and the last release that hold it."""

    name: str
    component_version: str = ""
    line: str = ""
    model: str = ""
    since: str = ""
    until: str = ""
    purl: str = ""


class ComponentOut(Schema):
    name: str
    component_version: str = ""
    line: str = ""
    model: str = ""
    reason: str


@router.get("/components", operation_id="list_components", response=dict[str, Any])
def components(request: HttpRequest, line: str = "", model: str = "") -> HttpResponse:
    """What is written down of the components of a line, of a product, or of everything."""
    return answer(page(queries.components(asking(request), line=line, model=model)))


@router.post("/components", operation_id="put_component", response=dict[str, Any])
@idempotent
def put_component(request: HttpRequest, given: ComponentIn) -> HttpResponse:
    """Say that a line, or a product without one, holds a component. If-Match takes the line's ETag."""
    subject = asking(request)
    actions.put_component(subject, version=if_match(request), **given.dict())
    found = queries.components(subject, line=given.line, model="" if given.line else given.model)
    return answer(page(found), status=201)


@router.post("/components/drop", operation_id="drop_component", response=dict[str, Any])
def drop_component(request: HttpRequest, given: ComponentOut) -> HttpResponse:
    """Take a component off the list that was never in there."""
    actions.drop_component(asking(request), version=if_match(request), **given.dict())
    return answer({"name": given.name, "component_version": given.component_version})
