"""Products and firmware lines: list, read with ETag, put whole, import a file of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from okiagari.api.base import after, answer, asking, idempotent, if_match, page
from okiagari.api.catalog_answers import answer_line, answer_product, product_json
from okiagari.api.catalog_components import router as components
from okiagari.api.catalog_entries import LineIn, ProductIn, ReleasePut
from okiagari.api.catalog_looks import router as looks
from okiagari.api.shapes import ReasonIn
from okiagari.catalog import actions, queries
from okiagari.catalog.reading import MAX_BYTES, read_file
from okiagari.desk import permits

router = Router()
router.add_router("", components)
router.add_router("", looks)
PER_PAGE, MOST = 50, 200


class ProductFilters(Schema):
    search: str = ""
    team: str = ""
    kind: str = ""
    family: str = ""
    category: str = ""
    retired: bool = False
    limit: int = PER_PAGE
    cursor: str = ""


class StateIn(Schema):
    release: str
    state: str
    reason: str = ""


class PlaceIn(Schema):
    release: str
    after: str
    reason: str


class AliasIn(Schema):
    release: str
    alias: str
    source: str = ""


class DateIn(Schema):
    kind: str
    date: str
    assumed: bool = False


class ShippedIn(Schema):
    date: str
    units: int
    source: str = ""
    assumed: bool = False


class TargetIn(Schema):
    revision: str = ""
    line: str = ""
    platform: str = ""
    serials: str = ""


@router.get("/products", operation_id="list_products", response=dict[str, Any])
def products(request: HttpRequest, asked: Query[ProductFilters]) -> HttpResponse:
    """Products in the order of their model numbers."""
    offset = int(after(asked.cursor) or 0)
    size = max(1, min(asked.limit, MOST))
    filters = asked.dict(include={"search", "team", "kind", "family", "category"})
    found = queries.products(
        asking(request), offset=offset, limit=size, include_retired=asked.retired, **filters
    )
    last = offset + len(found.items)
    items = [product_json(each) for each in found.items]
    return answer(page(items, next_after=last if last < found.total else None, total=found.total))


# Model numbers may hold a slash (WN-G54/R2), so the deeds come first and the number last.
@router.put("/product-dates/{path:model}", operation_id="put_support_date", response=dict[str, Any])
def put_support_date(request: HttpRequest, model: str, given: DateIn) -> HttpResponse:
    """Set one date in a product's life; an empty one says that it is not known."""
    actions.put_support_date(asking(request), model, version=if_match(request), **given.dict())
    return answer_product(request, model)


@router.post("/product-shipped/{path:model}", operation_id="put_shipped", response=dict[str, Any])
@idempotent
def put_shipped(request: HttpRequest, model: str, given: ShippedIn) -> HttpResponse:
    """Say how many units had been shipped up to a date."""
    actions.put_shipped(asking(request), model, version=if_match(request), **given.dict())
    return answer_product(request, model)


@router.post("/product-targets/{path:model}", operation_id="put_target", response=dict[str, Any])
@idempotent
def put_target(request: HttpRequest, model: str, given: TargetIn) -> HttpResponse:
    """Make sure that a target exists."""
    actions.put_target(asking(request), model, version=if_match(request), **given.dict())
    return answer_product(request, model)


@router.post("/product-retire/{path:model}", operation_id="retire_product", response=dict[str, Any])
def retire(request: HttpRequest, model: str, given: ReasonIn) -> HttpResponse:
    actions.retire_product(asking(request), model, reason=given.reason, version=if_match(request))
    return answer_product(request, model)


@router.post("/product-restore/{path:model}", operation_id="restore_product", response=dict[str, Any])
def restore(request: HttpRequest, model: str, given: ReasonIn) -> HttpResponse:
    actions.restore_product(asking(request), model, reason=given.reason, version=if_match(request))
    return answer_product(request, model)


@router.get("/products/{path:model}", operation_id="read_product", response=dict[str, Any])
def product(request: HttpRequest, model: str) -> HttpResponse:
    """One product by its model number or its slug, with its version as ETag."""
    return answer_product(request, model)


@router.put("/products/{path:model}", operation_id="put_product", response=dict[str, Any])
def put_product(request: HttpRequest, model: str, given: ProductIn) -> HttpResponse:
    """Make a product or change it whole. ``If-None-Match: *`` refuses to change one that is there."""
    is_new = request.headers.get("If-None-Match", "").strip() == "*"
    actions.put_product(
        asking(request), {**given.entry(), "model": model}, version=if_match(request), is_new=is_new
    )
    return answer_product(request, model)


@router.get("/lines", operation_id="list_lines", response=dict[str, Any])
def lines(request: HttpRequest) -> HttpResponse:
    """Every firmware line with its releases, oldest first."""
    return answer(page(queries.lines(asking(request))))


@router.get("/lines/{key}", operation_id="read_line", response=dict[str, Any])
def line(request: HttpRequest, key: str) -> HttpResponse:
    """One firmware line, with its version as ETag."""
    return answer_line(request, key)


@router.put("/lines/{key}", operation_id="put_line", response=dict[str, Any])
def put_line(request: HttpRequest, key: str, given: LineIn) -> HttpResponse:
    """Make a line or change it; releases not named stay as they are."""
    is_new = request.headers.get("If-None-Match", "").strip() == "*"
    actions.put_line(asking(request), {**given.entry(), "key": key}, version=if_match(request), is_new=is_new)
    return answer_line(request, key)


@router.put("/lines/{key}/releases/{path:text}", operation_id="put_release", response=dict[str, Any])
def put_release(request: HttpRequest, key: str, text: str, given: ReleasePut) -> HttpResponse:
    """Put a release at its place, or change a known one whole; its state stays where it is left out."""
    entry = {**given.entry(), "text": text}
    place = entry.pop("after", None)
    version = if_match(request)
    actions.put_release(asking(request), key, entry, after=place, whole=True, version=version)
    return answer_line(request, key)


@router.post("/lines/{key}/release-state", operation_id="set_release_state", response=dict[str, Any])
def set_release_state(request: HttpRequest, key: str, given: StateIn) -> HttpResponse:
    """planned, in_test, public, withdrawn; withdrawing needs a reason."""
    more = given.dict(exclude={"release"})
    actions.set_release_state(asking(request), key, given.release, version=if_match(request), **more)
    return answer_line(request, key)


@router.post("/lines/{key}/release-place", operation_id="move_release", response=dict[str, Any])
def move_release(request: HttpRequest, key: str, given: PlaceIn) -> HttpResponse:
    """Correct the order, with a reason."""
    more = given.dict(exclude={"release"})
    actions.move_release(asking(request), key, given.release, version=if_match(request), **more)
    return answer_line(request, key)


@router.post("/lines/{key}/aliases", operation_id="put_alias", response=dict[str, Any])
@idempotent
def put_alias(request: HttpRequest, key: str, given: AliasIn) -> HttpResponse:
    """Say that another text means a release: units that report it are counted under it, also in the past."""
    actions.put_alias(
        asking(request),
        key,
        given.release,
        alias=given.alias,
        source=given.source,
        version=if_match(request),
    )
    return answer_line(request, key)


@router.post("/catalogue/import", operation_id="import_catalogue", response=dict[str, Any])
@idempotent
def import_catalogue(request: HttpRequest) -> HttpResponse:
    """A whole catalogue, JSON or YAML as the body: all of it or nothing."""
    subject = asking(request)
    permits.require(subject, "catalog.import")
    return answer(actions.import_catalogue(subject, read_file(request.read(MAX_BYTES + 1))))
