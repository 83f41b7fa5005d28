"""The curve of one advisory or case: by product and release, day by day, of whom, by which source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from okiagari.fleet.logs import queries as logs
from okiagari.plumbing import clock
from okiagari.reach.models import Settlement
from okiagari.reach.products import Seen, found_in, product_reach, speeds
from okiagari.reach.rules import (
    add,
    days_until,
)
from okiagari.reach.values import Curve, Flagged
from okiagari.standards.localtext import LocalText

BEFORE = timedelta(days=14)
LONGEST = timedelta(days=20 * 365)


@dataclass(frozen=True)
class _Matter:
    """What is asked about: these cases, what was published of them, these vulnerabilities (None: all)."""

    title: LocalText
    cases: tuple[str, ...]
    advisories: tuple[int, ...]
    vulnerabilities: frozenset[str] | None = None


def curve(subject: Subject, advisory_id: str, *, until: date | None = None, source: str = "") -> Curve:
    """The reach of one advisory; with `source` as if only that one had spoken. Raises NOTHING_HERE."""
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
    return _curve(matter, until, source)


def of_case(subject: Subject, case_id: str, *, until: date | None = None, source: str = "") -> Curve:
    """The reach of everything a case published; `source` as above. Raises NOTHING_HERE."""
    case = find(subject, Case, case_id)
    permits.require(subject, "reach.read", case.scope_id)
    advisories = AdvisoryCase.objects.filter(case=case).values_list("advisory_id", flat=True)
    return _curve(_Matter(case.title, (case.public_id,), tuple(advisories)), until, source)


def share_now(subject: Subject, case_id: str) -> int | None:
    """Percent of the units of a case's products that run a fixed version now; None with no unit to count."""
    now = of_case(subject, case_id).now
    return now.fixed * 100 // now.denominator if now.denominator else None


def _curve(matter: _Matter, until: date | None, source: str) -> Curve:
    zone = ZoneInfo(settings.TIME_ZONE)
    today = clock.today(zone)
    flags = _flags(matter.advisories)
    settled = _settled(matter.cases)
    ended = settled.at.astimezone(zone).date() if settled else today
    published = flags[0].at.astimezone(zone).date() if flags else None
    last = min(until or ended, today)
    since = max(min((published or last) - BEFORE, last), last - LONGEST)
    found = found_in(matter.cases, matter.vulnerabilities)
    views = catalog.products_named(SYSTEM, list(found))
    seen = Seen(
        standings=fleet.curve(SYSTEM, list(found), since=since, until=last, source=source),
        failed={} if source else fleet.failed(SYSTEM, list(found)),
        downloads=logs.downloads(SYSTEM, *_asked_for(views, found)),
        published=published,
    )
    products = tuple(
        product_reach(views[model], found[model], seen) for model in sorted(found) if model in views
    )
    days = tuple(
        add((product.days[index] for product in products), standing.day)
        for index, standing in enumerate(seen.standings)
    )
    return Curve(
        title=matter.title,
        case_ids=matter.cases,
        since=since,
        published=published,
        days=days,
        products=products,
        flags=flags,
        days_to_half=days_until(days, since=published, percent=50) if published else None,
        days_to_most=days_until(days, since=published, percent=90) if published else None,
        speeds=speeds(days, published),
        source=source,
        sources=tuple(fleet.sources(SYSTEM, list(found)).items()),
        settled_at=settled.at if settled else None,
        settled_reason=settled.reason if settled else "",
        settled_share=settled.share if settled else None,
    )


def _asked_for(
    views: Mapping[str, ProductView], found: Mapping[str, object]
) -> tuple[frozenset[str], frozenset[str]]:
    """The products and lines whose downloads belong here."""
    shown = [view for model, view in views.items() if model in found]
    lines = {target.line for view in shown for target in view.targets if target.line}
    return frozenset(view.model for view in shown), frozenset(lines)


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
