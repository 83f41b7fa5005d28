"""The products of the cases as the catalogue knows them, and the releases somebody is told to install."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from okiagari.catalog import queries as catalog
from okiagari.catalog.queries import LineView, ProductView, ReleaseView, TargetView
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.rules.content import Measure, Order, Product, Release, Status
from okiagari.standards.firmware_order import Form
from okiagari.triage.queries import Grid

INSIDE = frozenset({"system"})
OUT = frozenset({"public", "withdrawn"})
"""States of releases that owners can have on a device."""
ENDS = ("end_of_sales", "end_of_security_support", "end_of_life")


def targets(grids: Iterable[Grid]) -> list[TargetView]:
    """Every row of every grid, once, in their order; what runs inside the house is nobody's device."""
    found = {row.target.key: row.target for grid in grids for row in grid.rows}
    return [target for target in found.values() if target.kind not in INSIDE]


def product(
    target: TargetView, products: Mapping[str, ProductView], lines: Mapping[str, LineView]
) -> Product:
    known, line = products.get(target.model), lines.get(target.line)
    return Product(
        key=target.key,
        kind=target.kind,
        model=target.model,
        family=target.family,
        names=dict(target.names.texts),
        other_names=list(known.other_names) if known else [],
        brand=dict(known.brand.texts) if known else {},
        revision=target.revision,
        platform=target.platform,
        line=target.line,
        page=known.page if known else "",
        find_model=dict(known.find_model.texts) if known else {},
        find_version=dict(line.find_version.texts) if line else {},
        support={kind: str(date) for kind, date in sorted(target.support.items()) if date},
        **_numbers(target, known, line),
    )


def _numbers(target: TargetView, known: ProductView | None, line: LineView | None) -> dict[str, Any]:
    """What names it for programs: its own, and on a device that of its firmware."""
    found = (each for each in (known.variants if known else ()) if each.revision == target.revision)
    variant = next(found, None)
    own = (known.cpe, known.purl) if known else ("", "")
    firmware = (line.cpe, line.purl) if line else ("", "")
    if target.kind != "device":
        own = (own[0] or firmware[0], own[1] or firmware[1])
        firmware = ("", "")
    return {
        "cpe": (variant.cpe if variant else "") or own[0],
        "purl": own[1],
        "firmware_cpe": firmware[0],
        "firmware_purl": firmware[1],
        "serial_numbers": list(variant.serial_numbers) if variant else [],
        "model_numbers": list(variant.model_numbers) if variant else [],
    }


def releases(
    lines: Mapping[str, LineView],
    statuses: Iterable[Status],
    measures: Iterable[Measure],
    rows: Iterable[TargetView],
) -> list[Release]:
    """The releases that statuses and measures name, with where to get them and how to apply them."""
    line_of = {row.key: row.line for row in rows}
    named = {(line_of[each.product], each.fixed_in) for each in statuses if each.fixed_in}
    named |= {(each.line, each.release) for each in measures if each.release}
    return [
        _release(line, release)
        for key, line in sorted(lines.items())
        for release in line.releases
        if (key, release.text) in named
    ]


def _release(line: LineView, release: ReleaseView) -> Release:
    return Release(
        line=line.key,
        text=release.text,
        position=release.position,
        date=str(release.date),
        url=release.url,
        sha256=release.sha256,
        size=release.size or 0,
        requires=release.requires,
        how_to_apply=dict(line.how_to_apply.texts),
    )


def orders(
    lines: Mapping[str, LineView],
    statuses: Iterable[Status],
    named: Iterable[Release],
    rows: Iterable[TargetView],
) -> list[Order]:
    """The order of each line that a range or a fix speaks of, up to the newest release it speaks of.

    What comes later changes no answer, so a release that is made later asks no approver again.
    """
    line_of = {row.key: row.line for row in rows}
    spoken: dict[str, set[str]] = {}
    is_open: set[str] = set()
    for status in statuses:
        line, versions = line_of[status.product], status.versions
        spoken.setdefault(line, set()).update(versions.ends if versions else ())
        if versions and versions.form is Form.FROM:
            is_open.add(line)
    for release in named:
        spoken.setdefault(release.line, set()).add(release.text)
    known = [key for key in sorted(spoken) if key in lines]
    found = (_order(lines[key], spoken[key], is_open=key in is_open) for key in known)
    return [order for order in found if order.releases]


def _order(line: LineView, spoken: set[str], *, is_open: bool) -> Order:
    known = line.order()
    names = {found.text for text in spoken if (found := known.resolve(text))}
    last = max((each.position for each in line.releases if each.text in names), default=0)
    return Order(
        line=line.key,
        releases=[
            list(dict.fromkeys((each.text, *(text for text, _ in each.aliases))))
            for each in line.releases
            if (each.state in OUT and (is_open or each.position <= last)) or each.text in names
        ],
    )


def followed_by(rows: Sequence[TargetView], today: date) -> dict[str, str]:
    """What follows a product whose end is told: one of these, or one that the public may know of."""
    ending = [row for row in rows if row.successor and any(row.support.get(kind) for kind in ENDS)]
    known = catalog.products_named(SYSTEM, sorted({row.successor for row in ending}))
    named = {row.model for row in rows} | {each.model for each in known.values() if each.is_public(today)}
    return {row.model: row.successor for row in ending if row.successor in named}
