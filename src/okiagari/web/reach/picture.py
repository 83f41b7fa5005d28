"""Reach as pictures: the big curve with its named denominator, and one small curve per product.

In: a `Curve` of the room. Out: SVG. It draws at most so many days that a line is still a line; the table and
the files hold every one.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext, pgettext

from okiagari.reach.rules import Day
from okiagari.reach.values import Curve, ProductReach
from okiagari.web.catalog.words import zone
from okiagari.web.frame import charts
from okiagari.web.frame.charts import Flag, Layer, ReachChart, SmallCurve, Span
from okiagari.web.frame.words import language, partial

MOST_DAYS = 370
NAMED_PRODUCTS = 2


def seen_only(curve: Curve) -> Curve:
    """The same curve, of the units that were ever seen: where most never report, it shows how they move."""
    return replace(curve, days=tuple(replace(day, unseen=0) for day in curve.days))


def big(curve: Curve, *, href: str = "", is_of_seen: bool = False, is_narrow: bool = False) -> charts.Svg:
    """The share of units that run a fixed version, over days. `href`: where the flags lead."""
    flags = tuple(
        Flag(
            flag.at.astimezone(zone()).date(), flag_name(flag.number, is_withdrawal=flag.is_withdrawal), href
        )
        for flag in curve.flags
        if curve.since <= flag.at.astimezone(zone()).date() <= curve.now.day
    )
    days = thinned(curve.days, keep={flag.day for flag in flags})
    return charts.reach(
        ReachChart(
            title=gettext("Share of units that run a fixed version"),
            days=tuple(day.day for day in days),
            layers=(
                Layer(gettext("Fixed version"), "fixed", tuple(day.fixed for day in days)),
                Layer(gettext("Never seen"), "unseen", tuple(day.unseen for day in days)),
                Layer(gettext("Silent"), "silent", tuple(day.silent for day in days)),
                Layer(
                    gettext("Version not known"),
                    "unknown",
                    tuple(day.unknown - _of_unknown(day) for day in days),
                ),
                Layer(gettext("Update failed"), "failed", tuple(day.failed for day in days)),
            ),
            denominators=tuple(day.denominator for day in days),
            denominator=denominator(curve, is_of_seen=is_of_seen),
            description=description(curve),
            open_name=gettext("Vulnerable version"),
            flags=flags,
            spans=_spans(curve),
            language=language(),
            is_narrow=is_narrow,
            key="reach-narrow" if is_narrow else "reach",
        )
    )


def _of_unknown(day: Day) -> int:
    """Failed units that are not taken from the vulnerable ones: both bands together hold each unit once."""
    return max(0, day.failed - day.vulnerable)


def legend(curve: Curve) -> tuple[tuple[str, str, int, str], ...]:
    """The bands in words, for a phone: name, kind, units and share today; empty ones are left out."""
    now = curve.now
    bands = (
        (gettext("Fixed version"), "fixed", now.fixed),
        (gettext("Vulnerable version"), "open", now.vulnerable - (now.failed - _of_unknown(now))),
        (gettext("Update failed"), "failed", now.failed),
        (gettext("Version not known"), "unknown", now.unknown - _of_unknown(now)),
        (gettext("Silent"), "silent", now.silent),
        (gettext("Never seen"), "unseen", now.unseen),
    )
    return tuple(
        (name, kind, units, f"{units / now.denominator * 100:.1f} %") for name, kind, units in bands if units
    )


def flag_name(number: int, *, is_withdrawal: bool) -> str:
    if is_withdrawal:
        return pgettext("flag on the curve", "withdrawn")
    first = pgettext("flag on the curve", "published")
    return first if number <= 1 else gettext("revision %(number)d") % {"number": number}


def thinned(days: Sequence[Day], *, keep: set[date]) -> tuple[Day, ...]:
    """Every n-th day, and always the last one and those to keep."""
    stride = len(days) // MOST_DAYS + 1
    last = len(days) - 1
    return tuple(
        day for place, day in enumerate(days) if (last - place) % stride == 0 or day.day in keep or not place
    )


def denominator(curve: Curve, *, is_of_seen: bool = False) -> str:
    """Who is counted, in words."""
    units = f"{curve.now.denominator:,}"
    if is_of_seen:
        return gettext("Of %(units)s units ever seen; those never seen are left out") % {"units": units}
    if not any(product.shipped for product in curve.products):
        return gettext("Of %(units)s units seen (units shipped are not stated)") % {"units": units}
    if not curve.is_counted_by_shipped:
        return gettext("Of %(units)s units: shipped where that is stated, seen where it is not") % {
            "units": units
        }
    if len(curve.products) > NAMED_PRODUCTS:
        facts = {"units": units, "count": len(curve.products)}
        return gettext("Of %(units)s units shipped of %(count)d products") % facts
    parts = gettext(", ").join(_shipped(product) for product in curve.products)
    return gettext("Of %(units)s units shipped: %(parts)s") % {"units": units, "parts": parts}


def _shipped(product: ProductReach) -> str:
    assert product.shipped is not None
    facts = {
        "model": product.model,
        "units": f"{product.shipped.units:,}",
        "date": partial(product.shipped.as_of),
    }
    if product.shipped.is_assumed:
        return gettext("%(model)s %(units)s by %(date)s (assumed)") % facts
    return gettext("%(model)s %(units)s by %(date)s") % facts


def description(curve: Curve) -> str:
    now = curve.now
    return gettext(
        "On %(day)s, %(fixed)s of %(all)s units run a fixed version, %(vulnerable)s a vulnerable one; "
        "%(unknown)s run a version nobody knows, %(silent)s are silent, %(unseen)s were never seen."
    ) % {
        "day": now.day.isoformat(),
        "fixed": f"{now.fixed:,}",
        "all": f"{now.denominator:,}",
        "vulnerable": f"{now.vulnerable:,}",
        "unknown": f"{now.unknown:,}",
        "silent": f"{now.silent:,}",
        "unseen": f"{now.unseen:,}",
    }


def _spans(curve: Curve) -> tuple[Span, ...]:
    """End of support: where it falls into the curve, or where it was over for all products before."""
    ends: dict[date, list[str]] = {}
    for product in curve.products:
        end = product.end_of_support.latest
        if end is not None and end <= curve.now.day:
            ends.setdefault(max(end, curve.since), []).append(product.model)
    return tuple(
        Span(gettext("Support over: %(products)s") % {"products": ", ".join(models)}, day)
        for day, models in sorted(ends.items())
        if day > curve.since or len(models) == len(curve.products)
    )


def small(product: ProductReach, number: int) -> charts.Svg:
    days = thinned(product.days, keep=set())
    return charts.multiple(
        SmallCurve(
            title=product.model,
            values=tuple(day.share for day in days),
            figure=f"{product.now.share * 100:.1f} %",
            first_label=days[0].day.isoformat(),
            last_label=days[-1].day.isoformat(),
            key=f"product-{number}",
        )
    )
