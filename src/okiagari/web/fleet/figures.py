"""The fleet's figures as rows and curves of a page."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext

from okiagari.fleet.naming import Names
from okiagari.fleet.queries import Standing
from okiagari.fleet.stores.base import Count
from okiagari.web.frame import charts
from okiagari.web.frame.charts import SmallCurve

CURVE_DAYS = timedelta(days=90)


def percent(part: int, whole: int) -> str:
    """``63.2 %``; a dash where there is nobody to count."""
    return f"{part / whole * 100:.1f} %" if whole else "–"


def product_rows(counts: Sequence[Count], known: Names) -> tuple[dict[str, object], ...]:
    """One row per product text, the most units first."""
    sums: dict[str, list[int]] = {}
    for count in counts:
        row = sums.setdefault(count.bucket.product, [0, 0, 0])
        row[0] += count.present
        row[1] += count.silent
        row[2] += 0 if known.release(count.bucket) else count.present
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1][0], pair[0]))
    return tuple(
        {
            "product": product,
            "view": known.products.get(product),
            "units": units,
            "silent": silent,
            "silent_share": percent(silent, units),
            "unknown": unknown,
        }
        for product, (units, silent, unknown) in ordered
        if units
    )


def version_rows(standing: Standing, known: Names) -> tuple[dict[str, object], ...]:
    """One row per hardware and version text, the most units first."""
    counts = sorted(standing.counts, key=lambda count: (-count.present, count.bucket))
    return tuple(
        {
            "bucket": count.bucket,
            "release": known.release(count.bucket),
            "units": count.present,
            "silent": count.silent,
            "share": percent(count.present, standing.total),
            "bar": f"{count.present / standing.total * 100:.1f}%" if standing.total else "0%",
        }
        for count in counts
        if count.present
    )


def newest_curve(product: str, standings: Iterable[Standing], known: Names) -> charts.Svg | None:
    """Share of the units that run the newest public release, day by day; None where the line has none."""
    newest = known.newest(product)
    found = list(standings)
    if not newest or not found:
        return None
    shares = tuple(_share(standing, known, newest) for standing in found)
    return charts.multiple(
        SmallCurve(
            title=gettext("Units on the newest public release"),
            values=shares,
            figure=f"{shares[-1] * 100:.1f} %",
            first_label=_short(found[0].day),
            last_label=_short(found[-1].day),
            key="newest",
        )
    )


def _share(standing: Standing, known: Names, newest: frozenset[str]) -> float:
    if not standing.total:
        return 0.0
    on_it = sum(count.present for count in standing.counts if known.release(count.bucket) in newest)
    return on_it / standing.total


def _short(day: date) -> str:
    return day.isoformat()
