"""The table of reach as a file: every day of every product, CSV (UTF-8 with a mark) or JSON."""

import csv
import io
import json
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from okiagari.desk.permits import NOTHING_HERE
from okiagari.plumbing.plain import plain
from okiagari.reach import queries
from okiagari.reach.rules import Day
from okiagari.reach.values import Curve
from okiagari.web.doors import asking
from okiagari.web.reach.views import until

COLUMNS = ("day", "product", "fixed", "vulnerable", "unknown", "silent", "unseen", "units", "share")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
def of_case(request: HttpRequest, case_id: str, form: str) -> HttpResponse:
    return _file(queries.of_case(asking(request), case_id, until=until(request)), form, case_id)


@require_safe
def of_advisory(request: HttpRequest, advisory_id: str, form: str) -> HttpResponse:
    return _file(queries.curve(asking(request), advisory_id, until=until(request)), form, advisory_id)


def _file(curve: Curve, form: str, name: str) -> HttpResponse:
    if form == "json":
        response = HttpResponse(json.dumps(plain(curve), ensure_ascii=False), content_type="application/json")
    elif form == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(_rows(curve))
        response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    else:
        raise NOTHING_HERE()
    response["Content-Disposition"] = f'attachment; filename="reach-{name}.{form}"'
    return response


def _rows(curve: Curve) -> Iterator[tuple[object, ...]]:
    yield COLUMNS
    for product in curve.products:
        for day in product.days:
            yield _row(day, product.model)
    for day in curve.days:
        yield _row(day, "")


def _row(day: Day, model: str) -> tuple[object, ...]:
    name = f"'{model}" if model.startswith(_FORMULA) else model
    counts = (day.fixed, day.vulnerable, day.unknown, day.silent, day.unseen, day.denominator)
    return (day.day.isoformat(), name, *counts, round(day.share, 4))
