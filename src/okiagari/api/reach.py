"""Reach of an advisory or a case, as numbers per day and product; ending the watch and taking it up again."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from okiagari.api.base import answer, asking, if_match, page
from okiagari.api.shapes import ReasonIn
from okiagari.cases import queries as cases
from okiagari.plumbing.plain import plain
from okiagari.reach import actions, queries
from okiagari.reach.rules import Denominator
from okiagari.reach.values import Curve

router = Router()


def _curve(curve: Curve) -> dict[str, Any]:
    """`denominator`: "shipped", "seen", or "mixed" where only some products say what was shipped."""
    has_some = any(product.shipped for product in curve.products)
    counted = "shipped" if curve.is_counted_by_shipped else "mixed" if has_some else "seen"
    return {
        **plain(curve),
        "denominator": counted,
        "share": round(curve.now.share, 4),
        "units": curve.now.denominator,
    }


@router.get("/cases/{case_id}/reach", operation_id="read_case_reach", response=dict[str, Any])
def of_case(request: HttpRequest, case_id: str, until: date | None = None, source: str = "") -> HttpResponse:
    """Everything a case published. It ends when the watch was ended, else today, or on `until`. With
    `source` as if only that one had spoken."""
    subject = asking(request)
    curve = queries.of_case(subject, case_id, until=until, source=source)
    return answer(_curve(curve), version=cases.case(subject, case_id).version)


@router.get("/advisories/{advisory_id}/reach", operation_id="read_advisory_reach", response=dict[str, Any])
def of_advisory(
    request: HttpRequest, advisory_id: str, until: date | None = None, source: str = ""
) -> HttpResponse:
    return answer(_curve(queries.curve(asking(request), advisory_id, until=until, source=source)))


@router.get("/reach", operation_id="compare_reach", response=dict[str, Any])
def compare(
    request: HttpRequest, of: Denominator = Denominator.SHIPPED, family: str = "", level: str = ""
) -> HttpResponse:
    """Published advisories side by side: the share fixed at day 7, 30 and 90, days to 50 % and 90 %."""
    return answer(page(queries.compare(asking(request), of=of, family=family, level=level)))


@router.post("/cases/{case_id}/reach/settle", operation_id="settle_reach", response=dict[str, Any])
def settle(request: HttpRequest, case_id: str, given: ReasonIn) -> HttpResponse:
    """End the watch, with a reason; the share reached is kept with it."""
    actions.settle(asking(request), case_id, reason=given.reason, version=if_match(request))
    return of_case(request, case_id)


@router.post("/cases/{case_id}/reach/resume", operation_id="resume_reach", response=dict[str, Any])
def resume(request: HttpRequest, case_id: str, given: ReasonIn) -> HttpResponse:
    """Watch again, with a reason."""
    actions.resume(asking(request), case_id, reason=given.reason, version=if_match(request))
    return of_case(request, case_id)
