"""One product of a curve: what the grids ask, what its units say, what was fetched, day by day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from okiagari.catalog import queries as catalog
from okiagari.catalog.queries import ProductView
from okiagari.desk.subjects import SYSTEM
from okiagari.engines.fleet import Bucket
from okiagari.fleet import queries as fleet
from okiagari.fleet.stores.base import Downloads
from okiagari.reach.rules import (
    Ask,
    Count,
    Day,
    Denominator,
    Speed,
    Standing,
    Verdict,
    release_of,
    speed,
    standing_of,
    tally,
)
from okiagari.reach.values import Claimed, ProductReach, ShippedCount, VersionCount
from okiagari.standards.firmware_order import Line
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage import queries as triage
from okiagari.triage.queries import CellView

CONCERNED = ("affected", "fixed")


@dataclass
class Found:
    """What the grids say of one product: its targets by hardware revision, and the cells themselves."""

    asks: dict[str, list[Ask]] = field(default_factory=dict)
    cells: list[CellView] = field(default_factory=list)


@dataclass(frozen=True)
class Seen:
    """What the fleet and the update servers know of the products: day by day, and what was fetched."""

    standings: Sequence[fleet.Standing]
    failed: Mapping[date, Mapping[Bucket, int]]
    downloads: Sequence[Downloads]
    published: date | None


def speeds(days: Sequence[Day], published: date | None) -> tuple[Speed, ...]:
    if published is None or not days:
        return ()
    return tuple(speed(days, since=published, of=of) for of in Denominator)


def found_in(cases: Collection[str], vulnerabilities: Collection[str] | None) -> Mapping[str, Found]:
    """Per model, what the grids say. Products of which no target is concerned are left out."""
    cells: dict[tuple[str, str, str], list[CellView]] = {}
    for case_id in cases:
        grid = triage.grid(SYSTEM, case_id)
        wanted = [column.id for column in grid.columns if _is_wanted(column.id, vulnerabilities)]
        for row in grid.rows:
            key = (row.target.model, row.target.revision, row.target.line)
            cells.setdefault(key, []).extend(grid.cell(row.target.key, column) for column in wanted)
    lines = catalog.lines_named(SYSTEM, sorted({line for _, _, line in cells if line}))
    concerned = {key[0] for key, found in cells.items() if any(cell.state in CONCERNED for cell in found)}
    products: dict[str, Found] = {}
    for (model, revision, line), found in cells.items():
        if model in concerned:
            order = lines[line].order() if line in lines else Line()
            product = products.setdefault(model, Found())
            product.asks.setdefault(revision, []).append(Ask(order, tuple(map(_verdict, found))))
            product.cells += [cell for cell in found if cell.state in CONCERNED]
    return products


def _is_wanted(vulnerability: str, chosen: Collection[str] | None) -> bool:
    return chosen is None or vulnerability in chosen


def _verdict(cell: CellView) -> Verdict:
    return Verdict(
        affected=cell.range,
        fixed_in=cell.fixed_in[1] if cell.fixed_in else "",
        is_concerned=cell.state in CONCERNED,
        is_hopeless=bool(cell.cannot_fix),
    )


def product_reach(view: ProductView, found: Found, seen: Seen) -> ProductReach:
    latest = view.shipped[-1] if view.shipped else None
    shipped = ShippedCount(latest.units, latest.date, latest.source, latest.assumed) if latest else None
    units = shipped.units if shipped else None
    asks = [ask for several in found.asks.values() for ask in several]
    why = next(
        (cell.cannot_fix for cell in found.cells if cell.cannot_fix and not cell.fixed_in), LocalText()
    )
    end = "end_of_security_support"
    days = tuple(
        tally(
            standing.day,
            _counts(standing, view.model),
            found.asks,
            shipped=units,
            failed=_failed(seen, view.model, standing.day),
        )
        for standing in seen.standings
    )
    return ProductReach(
        model=view.model,
        slug=view.slug,
        names=view.names,
        days=days,
        versions=_versions(view.model, found, seen.standings[-1]),
        speeds=speeds(days, seen.published),
        claims=_claims(view, found, seen),
        fixed_in=tuple(dict.fromkeys(cell.fixed_in[1] for cell in found.cells if cell.fixed_in)),
        affected=tuple(dict.fromkeys(cell.range for cell in found.cells if cell.range)),
        is_hopeless=any(ask.is_hopeless for ask in asks),
        why_hopeless=why,
        planned=min((cell.planned for cell in found.cells), default=PartialDate()),
        shipped=shipped,
        end_of_support=view.support.get(end, PartialDate()),
        is_end_assumed=end in view.assumed_support,
        successor=view.successor,
    )


def _failed(seen: Seen, model: str, day: date) -> list[Count]:
    """The last note of failed updates up to this day."""
    noted = max((each for each in seen.failed if each <= day), default=None)
    buckets = seen.failed[noted] if noted else {}
    return [
        Count(bucket.hardware, bucket.version, units, 0)
        for bucket, units in buckets.items()
        if bucket.product == model and units
    ]


def _claims(view: ProductView, found: Found, seen: Seen) -> tuple[Claimed, ...]:
    """Whole downloads for this product, or for a line it runs: the most first."""
    lines = {target.line for target in view.targets if target.line}
    mine = (each for each in seen.downloads if each.product == view.model or each.line in lines)
    claims = (
        Claimed(
            version=release_of(found.asks, each.hardware, each.version) or each.version,
            is_fixed=standing_of(found.asks, each.hardware, each.version) is Standing.FIXED,
            clients=each.clients,
            last_at=each.last_at,
        )
        for each in mine
    )
    return tuple(sorted(claims, key=lambda claim: (-claim.clients, claim.version)))


def _counts(standing: fleet.Standing, model: str) -> list[Count]:
    return [
        Count(count.bucket.hardware, count.bucket.version, count.present, count.silent)
        for count in standing.counts
        if count.bucket.product == model
    ]


def _versions(model: str, found: Found, standing: fleet.Standing) -> tuple[VersionCount, ...]:
    counts = [
        VersionCount(
            hardware=count.hardware,
            version=count.version,
            release=release_of(found.asks, count.hardware, count.version),
            standing=standing_of(found.asks, count.hardware, count.version).value,
            present=count.present,
            silent=count.silent,
        )
        for count in _counts(standing, model)
        if count.present
    ]
    return tuple(sorted(counts, key=lambda each: (-each.present, each.hardware, each.version)))
