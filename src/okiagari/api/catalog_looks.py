"""What the public is told of products: steps with pictures, numbers, whether they are named; export."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from okiagari.api.base import answer, asking, idempotent, if_match
from okiagari.api.catalog_answers import answer_line, answer_product
from okiagari.api.catalog_entries import Step
from okiagari.catalog import actions, exporting, public
from okiagari.desk import permits
from okiagari.plumbing.pictures import LIMIT, TYPES
from okiagari.plumbing.plain import plain

router = Router()


class StepsIn(Schema):
    steps: list[Step]


class RevisionIn(Schema):
    """Whole: what is left out is cleared."""

    revision: str = ""
    serial_numbers: list[str] = []
    model_numbers: list[str] = []
    cpe: str = ""
    serials: str = ""


class ListingIn(Schema):
    """`listing`: listed, unlisted, "" by the start of sales."""

    listing: str
    reason: str


@router.put("/lines/{key}/steps", operation_id="put_line_steps", response=dict[str, Any])
def put_line_steps(request: HttpRequest, key: str, given: StepsIn) -> HttpResponse:
    """Say how to check the version on a line: all steps, in place of those before."""
    steps = [each.entry() for each in given.steps]
    actions.put_steps(asking(request), steps, line=key, version=if_match(request))
    return answer_line(request, key)


@router.put("/product-steps/{path:model}", operation_id="put_product_steps", response=dict[str, Any])
def put_product_steps(request: HttpRequest, model: str, given: StepsIn) -> HttpResponse:
    """The same of one product; its steps stand before those of its line. An empty list takes them away."""
    steps = [each.entry() for each in given.steps]
    actions.put_steps(asking(request), steps, model=model, version=if_match(request))
    return answer_product(request, model)


@router.put("/product-revisions/{path:model}", operation_id="put_revision", response=dict[str, Any])
def put_revision(request: HttpRequest, model: str, given: RevisionIn) -> HttpResponse:
    """Say by which numbers a hardware revision is known."""
    actions.put_revision(asking(request), model, version=if_match(request), **given.dict())
    return answer_product(request, model)


@router.post("/product-listing/{path:model}", operation_id="set_listing", response=dict[str, Any])
def set_listing(request: HttpRequest, model: str, given: ListingIn) -> HttpResponse:
    """Say whether the public pages name a product."""
    actions.set_listing(asking(request), model, version=if_match(request), **given.dict())
    return answer_product(request, model)


@router.post("/catalogue/pictures", operation_id="keep_picture", response=dict[str, Any])
@idempotent
def keep_picture(request: HttpRequest) -> HttpResponse:
    """Put a picture away, the bytes of a PNG, JPEG or WebP as the body; name it in a step by its SHA-256."""
    subject = asking(request)
    permits.require(subject, "catalog.change")
    return answer(plain(actions.keep_picture(subject, request.read(LIMIT + 1))))


@router.get("/catalogue/pictures/{sha256}", operation_id="read_picture", response=None)
def read_picture(request: HttpRequest, sha256: str) -> HttpResponse:
    """The picture as it goes out."""
    found = public.picture(asking(request), sha256)
    return HttpResponse(found.content, content_type=TYPES[found.kind])


@router.get("/catalogue/export", operation_id="export_catalogue", response=dict[str, Any])
def export_catalogue(request: HttpRequest) -> HttpResponse:
    """The whole catalogue as a file of it has it, pictures inside: what import takes, on any installation."""
    return answer(exporting.catalogue(asking(request)))
