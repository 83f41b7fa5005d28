"""Products and lines as answers, with their version as ETag."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from okiagari.api.base import answer, asking
from okiagari.catalog import queries
from okiagari.catalog.queries import LineView, ProductView
from okiagari.plumbing.plain import plain

INSIDE = ("team_principal",)


def product_json(view: ProductView) -> dict[str, Any]:
    """Without what is only ours."""
    written: dict[str, Any] = plain(view)
    written["assumed_support"] = sorted(view.assumed_support)
    written["support_contradictions"] = [list(each) for each in view.contradictions]
    for target in written["targets"]:
        for name in INSIDE:
            target.pop(name)
    return written


def answer_product(request: HttpRequest, model: str) -> HttpResponse:
    view = queries.product(asking(request), model)
    return answer(product_json(view), version=view.version)


def answer_line(request: HttpRequest, key: str) -> HttpResponse:
    view: LineView = queries.line(asking(request), key)
    return answer(view, version=view.version)
