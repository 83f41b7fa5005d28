"""The fleet in figures: overview, distributions, curves, units with their past, imports of observations."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from okiagari.api.base import after, answer, asking, idempotent, page
from okiagari.desk.permits import NOTHING_HERE
from okiagari.engines.fleet import Bucket
from okiagari.fleet import actions, naming, queries
from okiagari.fleet.naming import Names
from okiagari.fleet.queries import Page, Standing
from okiagari.fleet.stores.base import Count, Unit
from okiagari.plumbing.clock import today
from okiagari.plumbing.plain import plain

router = Router()
MOST_DAYS = 3660


class CurveFilters(Schema):
    """Both ends belong to it; without them the last 90 days. Product texts as units report them."""

    product: list[str]
    since: date | None = None
    until: date | None = None


class UnitFilters(Schema):
    product: str
    version: str | None = None
    silent: bool | None = None
    limit: int = 100
    cursor: str = ""


class ImportOptions(Schema):
    """`source`: who made the observations. `name`: how problems call the body. `format`: csv, jsonl."""

    source: str
    format: str = "csv"
    name: str = "body"


def _bucket(bucket: Bucket) -> dict[str, str]:
    return {"product": bucket.product, "hardware": bucket.hardware, "version": bucket.version}


def _count(count: Count, known: Names) -> dict[str, Any]:
    """`release`: the maker's own text, null where nobody knows the reported one."""
    return {
        **_bucket(count.bucket),
        "release": known.release(count.bucket) or None,
        "units": count.present,
        "silent": count.silent,
    }


def _standing(standing: Standing, known: Names) -> dict[str, Any]:
    return {
        "day": standing.day,
        "units": standing.total,
        "silent": standing.silent,
        "counts": [_count(each, known) for each in standing.counts if each.present],
    }


@router.get("/fleet", operation_id="read_fleet", response=dict[str, Any])
def overview(request: HttpRequest) -> HttpResponse:
    """How everything ever seen stands now, and the texts nobody knows."""
    subject = asking(request)
    seen = queries.overview(subject)
    counts = seen.standing.counts
    known = naming.names(subject, (count.bucket.product for count in counts))
    body = _standing(seen.standing, known)
    body["unknown"] = [_count(each.count, known) for each in naming.unknown(known, counts)]
    return answer({**body, "silence_days": seen.silence, "last_heard": _last(seen.heard)})


def _last(heard: tuple[tuple[date, int], ...]) -> date | None:
    return heard[-1][0] if heard else None


@router.get("/fleet/distribution", operation_id="read_fleet_distribution", response=dict[str, Any])
def distribution(request: HttpRequest, product: str) -> HttpResponse:
    """What the units of one product run now, and on which days they gave their latest sign."""
    subject = asking(request)
    seen = queries.seen(subject, product)
    known = naming.names(subject, [product])
    if not seen.standing.total and product not in known.products:
        raise NOTHING_HERE()
    heard = [{"day": day, "units": units} for day, units in seen.heard]
    return answer({**_standing(seen.standing, known), "silence_days": seen.silence, "heard": heard})


@router.get("/fleet/curve", operation_id="read_fleet_curve", response=dict[str, Any])
def curve(request: HttpRequest, asked: Query[CurveFilters]) -> HttpResponse:
    """The end of each day, at most ten years of them."""
    subject = asking(request)
    until = asked.until or today(ZoneInfo(settings.TIME_ZONE))
    since = max(asked.since or until - timedelta(days=90), until - timedelta(days=MOST_DAYS))
    found = queries.curve(subject, asked.product, since=since, until=until)
    known = naming.names(subject, asked.product)
    return answer({"items": [_standing(each, known) for each in found]})


def _unit(unit: Unit, known: Names) -> dict[str, Any]:
    said = {name: plain(value) for name, value in vars(unit).items() if name != "bucket"}
    return {**said, **_bucket(unit.bucket), "release": known.release(unit.bucket) or None}


@router.get("/fleet/units", operation_id="list_units", response=dict[str, Any])
def units(request: HttpRequest, asked: Query[UnitFilters]) -> HttpResponse:
    """Units of a product in the order of their ids."""
    where = Page(after=str(after(asked.cursor) or ""), limit=asked.limit)
    found = queries.units(
        asking(request), asked.product, version=asked.version, silent=asked.silent, page=where
    )
    known = naming.names(asking(request), [asked.product])
    items = [_unit(each, known) for each in found.units]
    return answer(page(items, next_after=found.next.after if found.next else None))


@router.get("/fleet/unit", operation_id="read_unit", response=dict[str, Any])
def unit(request: HttpRequest, unit: str) -> HttpResponse:
    """One unit with every observation and its source, oldest first."""
    found = queries.unit_history(asking(request), unit)
    known = naming.names(asking(request), {each.bucket.product for each in found.observations})
    observations = [
        {
            "day": each.day,
            **_bucket(each.bucket),
            "release": known.release(each.bucket) or None,
            "source": each.source,
            "first_at": each.first_at,
            "last_at": each.last_at,
        }
        for each in found.observations
    ]
    return answer({**_unit(found.unit, known), "observations": observations})


@router.post("/fleet/import", operation_id="import_observations", response=dict[str, Any])
@idempotent
def import_observations(request: HttpRequest, asked: Query[ImportOptions]) -> HttpResponse:
    """Observations as the body, CSV or JSON Lines: all of them or none, each problem at its line."""
    done = actions.import_observations(
        asking(request), request, name=asked.name, source=asked.source, form=asked.format
    )
    return answer(done)
