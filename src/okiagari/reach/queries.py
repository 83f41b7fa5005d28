"""How far a published fix got: curves per advisory and case, by product and release, day by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from okiagari.cases.models import Case
from okiagari.catalog import queries as catalog
from okiagari.catalog.queries import ProductView
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.disclose.models import Advisory, AdvisoryCase, Publication
from okiagari.fleet import queries as fleet
from okiagari.plumbing import clock
from okiagari.reach.models import Settlement
from okiagari.reach.rules import Ask, Count, Day, Verdict, add, days_until, tally
from okiagari.standards.firmware_order import Line
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage import queries as triage

BEFORE = timedelta(days=14)
LONGEST = timedelta(days=730)


@dataclass(frozen=True)
class VersionCount:
    """Units that report one text now. `release` is empty where the catalogue does not know the text."""

    hardware: str
    version: str
    release: str
    standing: str
    present: int
    silent: int


@dataclass(frozen=True)
class Flagged:
    """A publication as a mark on the curve."""

    number: int
    at: datetime
    summary: LocalText


@dataclass(frozen=True)
class ProductReach:
    """One product: every day, what it runs now, what was sold, what can be fixed."""

    model: str
    names: LocalText
    days: tuple[Day, ...]
    versions: tuple[VersionCount, ...]
    fixed_in: tuple[str, ...]
    affected: tuple[str, ...]
    can_be_fixed: bool
    shipped: int | None
    shipped_source: str
    shipped_assumed: bool
    end_of_support: PartialDate

    @property
    def now(self) -> Day:
        return self.days[-1]


@dataclass(frozen=True)
class Curve:
    """Reach of an advisory or a case. Denominator: units shipped where that is known, else units seen."""

    title: LocalText
    since: date
    published: date | None
    days: tuple[Day, ...]
    products: tuple[ProductReach, ...]
    flags: tuple[Flagged, ...]
    days_to_half: int | None
    days_to_most: int | None
    settled_at: datetime | None = None
    settled_reason: str = ""

    @property
    def now(self) -> Day:
        return self.days[-1]

    @property
    def is_counted_by_shipped(self) -> bool:
        return bool(self.products) and all(product.shipped is not None for product in self.products)


def curve(subject: Subject, advisory_id: str, *, until: date | None = None) -> Curve:
    """The reach of one advisory. Raises NOTHING_HERE."""
    permits.require(subject, "reach.read")
    advisory = find(subject, Advisory, advisory_id)
    cases = list(
        AdvisoryCase.objects.filter(advisory=advisory).values_list("case__public_id", "case__scope_id")
    )
    for _, scope_id in cases:
        permits.require(subject, "reach.read", scope_id)
    return _curve(advisory.title, [case_id for case_id, _ in cases], [advisory.pk], until)


def of_case(subject: Subject, case_id: str, *, until: date | None = None) -> Curve:
    """The reach of everything a case published. Raises NOTHING_HERE."""
    case = find(subject, Case, case_id)
    permits.require(subject, "reach.read", case.scope_id)
    advisories = list(AdvisoryCase.objects.filter(case=case).values_list("advisory_id", flat=True))
    return _curve(case.title, [case.public_id], advisories, until)


def share_now(subject: Subject, case_id: str) -> int | None:
    """Percent of the units of a case's products that run a fixed version now; None with no unit to count."""
    now = of_case(subject, case_id).now
    return round(now.share * 100) if now.denominator else None


def _curve(title: LocalText, cases: Sequence[str], advisories: Sequence[int], until: date | None) -> Curve:
    zone = ZoneInfo(settings.TIME_ZONE)
    today = clock.today(zone)
    flags = _flags(advisories)
    published = flags[0].at.astimezone(zone).date() if flags else None
    since = max((published or today) - BEFORE, today - LONGEST)
    last = min(until or today, today)
    asks = _asks(cases)
    views = catalog.products_named(SYSTEM, list(asks))
    standings = fleet.curve(SYSTEM, list(asks), since=since, until=last)
    products = tuple(
        _product(views[model], asks[model], standings) for model in sorted(asks) if model in views
    )
    days = tuple(
        add((product.days[index] for product in products), standing.day)
        for index, standing in enumerate(standings)
    )
    settlement = (
        Settlement.objects.filter(case__public_id__in=cases, withdrawn_at=None).order_by("-pk").first()
    )
    start = published or since
    return Curve(
        title=title,
        since=since,
        published=published,
        days=days or (add((), last),),
        products=products,
        flags=flags,
        days_to_half=days_until(days, since=start, percent=50) if published else None,
        days_to_most=days_until(days, since=start, percent=90) if published else None,
        settled_at=settlement.at if settlement else None,
        settled_reason=settlement.reason if settlement else "",
    )


def _flags(advisories: Sequence[int]) -> tuple[Flagged, ...]:
    rows = Publication.objects.filter(advisory_id__in=advisories, published_at__isnull=False)
    return tuple(
        Flagged(row.number or 0, row.published_at, row.summary)
        for row in rows.order_by("published_at")
        if row.published_at
    )


def _asks(cases: Sequence[str]) -> Mapping[str, Mapping[str, Ask]]:
    """Per model and hardware revision, what the grids say. Products not concerned are left out."""
    verdicts: dict[tuple[str, str, str], list[Verdict]] = {}
    for case_id in cases:
        grid = triage.grid(SYSTEM, case_id)
        for row in grid.rows:
            key = (row.target.model, row.target.revision, row.target.line)
            for column in grid.columns:
                cell = grid.cell(row.target.key, column.id)
                verdicts.setdefault(key, []).append(
                    Verdict(
                        cell.range,
                        cell.fixed_in[1] if cell.fixed_in else "",
                        cell.state in ("affected", "fixed"),
                    )
                )
    lines = catalog.lines_named(SYSTEM, [line for _, _, line in verdicts if line])
    asks: dict[str, dict[str, Ask]] = {}
    for (model, revision, line), found in verdicts.items():
        if any(verdict.is_concerned for verdict in found):
            order = lines[line].order() if line in lines else Line()
            asks.setdefault(model, {})[revision] = Ask(order, tuple(found))
    return asks


def _product(view: ProductView, asks: Mapping[str, Ask], standings: Sequence[fleet.Standing]) -> ProductReach:
    latest = view.shipped[-1] if view.shipped else None
    shipped = latest.units if latest else None
    days = []
    for standing in standings:
        counts = _counts(standing, view.model)
        days.append(tally(standing.day, counts, asks, shipped=shipped))
    verdicts = [verdict for ask in asks.values() for verdict in ask.verdicts if verdict.is_concerned]
    fixed_in = tuple(dict.fromkeys(verdict.fixed_in for verdict in verdicts if verdict.fixed_in))
    return ProductReach(
        model=view.model,
        names=view.names,
        days=tuple(days),
        versions=_versions(view, asks, standings[-1]) if standings else (),
        fixed_in=fixed_in,
        affected=tuple(dict.fromkeys(each.affected.words("en") for each in verdicts if each.affected)),
        can_be_fixed=bool(fixed_in),
        shipped=shipped,
        shipped_source=latest.source if latest else "",
        shipped_assumed=latest.assumed if latest else False,
        end_of_support=view.support.get("end_of_security_support", PartialDate()),
    )


def _counts(standing: fleet.Standing, model: str) -> list[Count]:
    return [
        Count(count.bucket.hardware, count.bucket.version, count.present, count.silent)
        for count in standing.counts
        if count.bucket.product == model
    ]


def _versions(
    view: ProductView, asks: Mapping[str, Ask], standing: fleet.Standing
) -> tuple[VersionCount, ...]:
    found = []
    for count in _counts(standing, view.model):
        ask = asks.get(count.hardware) or asks.get("") or next(iter(asks.values()))
        release = ask.line.resolve(count.version)
        found.append(
            VersionCount(
                hardware=count.hardware,
                version=count.version,
                release=release.text if release else "",
                standing=ask.standing(count.version),
                present=count.present,
                silent=count.silent,
            )
        )
    return tuple(sorted((each for each in found if each.present), key=lambda each: -each.present))
