"""Advisories side by side: which reached how far at day 7, 30 and 90, and how fast.

What differed is said beside it as facts. Why one was faster nobody can read off a figure.
"""

from dataclasses import dataclass
from datetime import date

from okiagari.catalog import queries as catalog
from okiagari.desk import permits
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.disclose import queries as disclose
from okiagari.disclose.models import Channel
from okiagari.reach.queries.curves import curve
from okiagari.reach.rules import Denominator, Speed
from okiagari.reach.values import Curve
from okiagari.standards.localtext import LocalText
from okiagari.triage import queries as triage

MOST = 24
WINDOW = 90
LEVELS = ("severe", "high", "medium", "low", "")


@dataclass(frozen=True)
class Compared:
    """One published advisory. `points`: share fixed on each day since its publication, to day 90 at most.
    `claimed`: clients that fetched a fixed release; a claim. `channels`: by which ways it was out beside the
    maker's own page, as somebody confirmed."""

    advisory_id: str
    tracking_id: str
    title: LocalText
    published: date
    level: str
    families: tuple[str, ...]
    products: tuple[str, ...]
    speed: Speed
    points: tuple[float, ...]
    silent: int
    failed: int
    claimed: int
    revisions: int
    channels: tuple[str, ...]


def compare(
    subject: Subject,
    *,
    of: Denominator = Denominator.SHIPPED,
    family: str = "",
    level: str = "",
) -> tuple[Compared, ...]:
    """The newest published advisories this subject may see, at most `MOST`; filtered by family and level."""
    permits.require(subject, "reach.read")
    rows = disclose.advisories(subject, limit=MOST, state="published", sort="-published").items
    found = (_compared(subject, row, of) for row in rows)
    return tuple(
        each
        for each in found
        if each is not None and family in ("", *each.families) and level in ("", each.level)
    )


def _compared(subject: Subject, row: disclose.AdvisoryRow, of: Denominator) -> Compared | None:
    """None where there is nobody to count."""
    found = curve(subject, row.id)
    if found.published is None or not found.products or not found.now.denominator:
        return None
    levels = {triage.level(SYSTEM, case) for case in found.case_ids}
    models = tuple(product.model for product in found.products)
    confirmed = Channel.objects.filter(
        advisory__public_id=row.id, confirmed_at__isnull=False, dropped_at=None
    )
    views = catalog.products_named(SYSTEM, list(models)).values()
    return Compared(
        advisory_id=row.id,
        tracking_id=row.tracking_id,
        title=row.title,
        published=found.published,
        level=next(level for level in LEVELS if level in levels or level == ""),
        families=tuple(sorted({view.family for view in views if view.family})),
        products=models,
        speed=next(each for each in found.speeds if each.of is of),
        points=_points(found, found.published, of),
        silent=found.now.silent,
        failed=found.now.failed,
        claimed=sum(product.claimed for product in found.products),
        revisions=len(found.flags),
        channels=tuple(sorted(set(confirmed.values_list("channel", flat=True)))),
    )


def _points(found: Curve, published: date, of: Denominator) -> tuple[float, ...]:
    aged = (day for day in found.days if 0 <= (day.day - published).days <= WINDOW)
    return tuple(day.share_of(of) for day in aged)
