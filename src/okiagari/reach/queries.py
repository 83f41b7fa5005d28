"""How far a published fix got: curves per advisory and case, by product and release, day by day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from okiagari.cases.models import Case
from okiagari.catalog import queries as catalog
from okiagari.catalog.queries import ProductView
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.disclose import access
from okiagari.disclose.models import AdvisoryCase, AdvisoryVulnerability, Publication
from okiagari.fleet import queries as fleet
from okiagari.plumbing import clock
from okiagari.reach.models import Settlement
from okiagari.reach.rules import Ask, Count, Verdict, add, days_until, release_of, standing_of, tally
from okiagari.reach.values import Curve, Flagged, ProductReach, ShippedCount, VersionCount
from okiagari.standards.firmware_order import Line
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage import queries as triage
from okiagari.triage.queries import CellView

__all__ = ["Curve", "Flagged", "ProductReach", "ShippedCount", "VersionCount"]

BEFORE = timedelta(days=14)
LONGEST = timedelta(days=20 * 365)
CONCERNED = ("affected", "fixed")


@dataclass(frozen=True)
class _Matter:
    """What is asked about: these cases, what was published of them, these vulnerabilities (None: all)."""

    title: LocalText
    cases: tuple[str, ...]
    advisories: tuple[int, ...]
    vulnerabilities: frozenset[str] | None = None


@dataclass
class _Found:
    """What the grids say of one product: its targets by hardware revision, and the cells themselves."""

    asks: dict[str, list[Ask]] = field(default_factory=dict)
    cells: list[CellView] = field(default_factory=list)


def curve(subject: Subject, advisory_id: str, *, until: date | None = None) -> Curve:
    """The reach of one advisory. Raises NOTHING_HERE."""
    permits.require(subject, "reach.read")
    advisory = access.seen(subject, advisory_id)
    access.require(subject, "reach.read", advisory)
    cases = AdvisoryCase.objects.filter(advisory=advisory).order_by("pk")
    chosen = AdvisoryVulnerability.objects.filter(advisory=advisory)
    matter = _Matter(
        title=advisory.title,
        cases=tuple(cases.values_list("case__public_id", flat=True)),
        advisories=(advisory.pk,),
        vulnerabilities=frozenset(chosen.values_list("vulnerability__public_id", flat=True)) or None,
    )
    return _curve(matter, until)


def of_case(subject: Subject, case_id: str, *, until: date | None = None) -> Curve:
    """The reach of everything a case published. Raises NOTHING_HERE."""
    case = find(subject, Case, case_id)
    permits.require(subject, "reach.read", case.scope_id)
    advisories = AdvisoryCase.objects.filter(case=case).values_list("advisory_id", flat=True)
    return _curve(_Matter(case.title, (case.public_id,), tuple(advisories)), until)


def share_now(subject: Subject, case_id: str) -> int | None:
    """Percent of the units of a case's products that run a fixed version now; None with no unit to count."""
    now = of_case(subject, case_id).now
    return now.fixed * 100 // now.denominator if now.denominator else None


def _curve(matter: _Matter, until: date | None) -> Curve:
    zone = ZoneInfo(settings.TIME_ZONE)
    today = clock.today(zone)
    flags = _flags(matter.advisories)
    settled = _settled(matter.cases)
    ended = settled.at.astimezone(zone).date() if settled else today
    published = flags[0].at.astimezone(zone).date() if flags else None
    last = min(until or ended, today)
    since = max(min((published or last) - BEFORE, last), last - LONGEST)
    found = _found(matter)
    views = catalog.products_named(SYSTEM, list(found))
    standings = fleet.curve(SYSTEM, list(found), since=since, until=last)
    products = tuple(
        _product(views[model], found[model], standings) for model in sorted(found) if model in views
    )
    days = tuple(
        add((product.days[index] for product in products), standing.day)
        for index, standing in enumerate(standings)
    )
    start = published or since
    return Curve(
        title=matter.title,
        case_ids=matter.cases,
        since=since,
        published=published,
        days=days,
        products=products,
        flags=flags,
        days_to_half=days_until(days, since=start, percent=50) if published else None,
        days_to_most=days_until(days, since=start, percent=90) if published else None,
        settled_at=settled.at if settled else None,
        settled_reason=settled.reason if settled else "",
        settled_share=settled.share if settled else None,
    )


def _settled(cases: Sequence[str]) -> Settlement | None:
    """The last word that ended the watch, where it was ended in every case."""
    found = list(Settlement.objects.filter(case__public_id__in=cases, withdrawn_at=None).order_by("at"))
    return found[-1] if found and len({each.case_id for each in found}) == len(cases) else None


def _flags(advisories: Sequence[int]) -> tuple[Flagged, ...]:
    rows = Publication.objects.filter(advisory_id__in=advisories, published_at__isnull=False)
    return tuple(
        Flagged(
            advisory_id=row.advisory.public_id,
            tracking_id=row.advisory.tracking_id,
            number=row.number or 0,
            at=row.published_at,
            summary=row.summary,
            is_withdrawal=row.is_withdrawal,
        )
        for row in rows.select_related("advisory").order_by("published_at", "pk")
        if row.published_at
    )


def _found(matter: _Matter) -> Mapping[str, _Found]:
    """Per model, what the grids say. Products of which no target is concerned are left out."""
    cells: dict[tuple[str, str, str], list[CellView]] = {}
    for case_id in matter.cases:
        grid = triage.grid(SYSTEM, case_id)
        wanted = [column.id for column in grid.columns if _is_wanted(column.id, matter.vulnerabilities)]
        for row in grid.rows:
            key = (row.target.model, row.target.revision, row.target.line)
            cells.setdefault(key, []).extend(grid.cell(row.target.key, column) for column in wanted)
    lines = catalog.lines_named(SYSTEM, sorted({line for _, _, line in cells if line}))
    concerned = {key[0] for key, found in cells.items() if any(cell.state in CONCERNED for cell in found)}
    products: dict[str, _Found] = {}
    for (model, revision, line), found in cells.items():
        if model in concerned:
            order = lines[line].order() if line in lines else Line()
            product = products.setdefault(model, _Found())
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


def _product(view: ProductView, found: _Found, standings: Sequence[fleet.Standing]) -> ProductReach:
    latest = view.shipped[-1] if view.shipped else None
    shipped = ShippedCount(latest.units, latest.date, latest.source, latest.assumed) if latest else None
    units = shipped.units if shipped else None
    asks = [ask for several in found.asks.values() for ask in several]
    why = next(
        (cell.cannot_fix for cell in found.cells if cell.cannot_fix and not cell.fixed_in), LocalText()
    )
    end = "end_of_security_support"
    return ProductReach(
        model=view.model,
        slug=view.slug,
        names=view.names,
        days=tuple(
            tally(standing.day, _counts(standing, view.model), found.asks, shipped=units)
            for standing in standings
        ),
        versions=_versions(view.model, found, standings[-1]),
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


def _counts(standing: fleet.Standing, model: str) -> list[Count]:
    return [
        Count(count.bucket.hardware, count.bucket.version, count.present, count.silent)
        for count in standing.counts
        if count.bucket.product == model
    ]


def _versions(model: str, found: _Found, standing: fleet.Standing) -> tuple[VersionCount, ...]:
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
