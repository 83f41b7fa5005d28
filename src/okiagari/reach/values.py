"""The values that leave this room."""

from dataclasses import dataclass
from datetime import date, datetime

from okiagari.reach.rules import Day, Speed
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate


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

    advisory_id: str
    tracking_id: str
    number: int
    at: datetime
    summary: LocalText
    is_withdrawal: bool


@dataclass(frozen=True)
class ShippedCount:
    """How many units were shipped up to a date, and who says so."""

    units: int
    as_of: PartialDate
    source: str
    is_assumed: bool


@dataclass(frozen=True)
class Claimed:
    """Clients that fetched the whole image of a release from an update server, each counted once. A claim:
    nobody says that it runs. `is_fixed`: a unit that ran it would be fixed."""

    version: str
    is_fixed: bool
    clients: int
    last_at: datetime


@dataclass(frozen=True)
class ProductReach:
    """One product: every day, what it runs now, what was sold, what can be fixed.

    `is_hopeless`: it was decided that it will never be fixed, and `why_hopeless` says why.
    """

    model: str
    slug: str
    names: LocalText
    days: tuple[Day, ...]
    versions: tuple[VersionCount, ...]
    fixed_in: tuple[str, ...]
    affected: tuple[Range, ...]
    is_hopeless: bool
    why_hopeless: LocalText
    planned: PartialDate
    shipped: ShippedCount | None
    end_of_support: PartialDate
    is_end_assumed: bool
    successor: str
    speeds: tuple[Speed, ...] = ()
    claims: tuple[Claimed, ...] = ()

    @property
    def claimed(self) -> int:
        """Clients that fetched a fixed release."""
        return sum(each.clients for each in self.claims if each.is_fixed)

    @property
    def now(self) -> Day:
        return self.days[-1]

    @property
    def has_fix(self) -> bool:
        return bool(self.fixed_in)


@dataclass(frozen=True)
class Curve:
    """Reach of an advisory or a case. Denominator: units shipped where that is known, else units seen.

    It ends when the watch was ended, else today. `settled_at`: somebody ended the watch in all of its cases.
    `source`: only what this source said is counted ("" for all); `sources`: who spoke last of how many units.
    """

    title: LocalText
    case_ids: tuple[str, ...]
    since: date
    published: date | None
    days: tuple[Day, ...]
    products: tuple[ProductReach, ...]
    flags: tuple[Flagged, ...]
    days_to_half: int | None
    days_to_most: int | None
    settled_at: datetime | None = None
    settled_reason: str = ""
    settled_share: int | None = None
    speeds: tuple[Speed, ...] = ()
    source: str = ""
    sources: tuple[tuple[str, int], ...] = ()

    @property
    def now(self) -> Day:
        return self.days[-1]

    @property
    def is_counted_by_shipped(self) -> bool:
        return bool(self.products) and all(product.shipped is not None for product in self.products)
