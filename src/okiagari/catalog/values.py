"""The values that leave this room; `viewing` makes them from rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from okiagari.catalog.rules import is_public
from okiagari.standards import openeox
from okiagari.standards.firmware_order import Line, ReleaseName, State
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate

_NONE = LocalText()


@dataclass(frozen=True)
class ReleaseView:
    """One release on its line, `position` counting from the oldest."""

    line: str
    text: str
    position: int
    state: str
    date: PartialDate
    url: str
    sha256: str
    size: int | None
    requires: str
    notes: LocalText
    aliases: tuple[tuple[str, str], ...]
    public_note: LocalText = _NONE


@dataclass(frozen=True)
class PictureView:
    """`kind`: png, jpeg, webp; sizes in pixels."""

    sha256: str
    kind: str
    width: int
    height: int


@dataclass(frozen=True)
class StepView:
    """One step of "how to check your version"."""

    text: LocalText
    picture: PictureView | None
    alt: LocalText


@dataclass(frozen=True)
class LineView:
    key: str
    version: int
    name: LocalText
    kind: str
    find_version: LocalText
    how_to_apply: LocalText
    releases: tuple[ReleaseView, ...]
    models: tuple[str, ...]
    cpe: str = ""
    purl: str = ""
    steps: tuple[StepView, ...] = ()

    @property
    def newest(self) -> ReleaseView | None:
        return next((release for release in reversed(self.releases) if release.state == "public"), None)

    def order(self) -> Line:
        """The same releases as the pure order."""
        return Line(
            tuple(
                ReleaseName(release.text, tuple(text for text, _ in release.aliases), State(release.state))
                for release in self.releases
            )
        )


@dataclass(frozen=True)
class ShippedView:
    date: PartialDate
    units: int
    source: str
    assumed: bool


@dataclass(frozen=True)
class VariantView:
    """A hardware revision as printed on the device; "" where there is only one."""

    revision: str
    serials: str
    note: LocalText
    serial_numbers: tuple[str, ...] = ()
    model_numbers: tuple[str, ...] = ()
    cpe: str = ""


@dataclass(frozen=True)
class ComponentView:
    """One version of a component. `line` or `model` holds it; `since` and `until` are releases, "" open."""

    name: str
    version: str
    line: str
    model: str
    since: str
    until: str
    purl: str


@dataclass(frozen=True)
class TargetView:
    """What a case asks about, with what every reader needs to name it."""

    key: str
    kind: str
    model: str
    names: LocalText
    family: str
    category: str
    revision: str
    line: str
    platform: str
    team: str
    team_principal: int | None
    successor: str
    support: Mapping[str, PartialDate]
    team_name: LocalText = _NONE
    brand: str = ""


@dataclass(frozen=True)
class ProductView:
    model: str
    slug: str
    version: int
    kind: str
    names: LocalText
    other_names: tuple[str, ...]
    category: str
    family: str
    brand: LocalText
    brand_key: str
    team: str
    team_name: LocalText
    successor: str
    successor_slug: str
    countries: tuple[str, ...]
    find_model: LocalText
    page: str
    support: Mapping[str, PartialDate]
    assumed_support: frozenset[str]
    shipped: tuple[ShippedView, ...]
    variants: tuple[VariantView, ...]
    targets: tuple[TargetView, ...]
    is_retired: bool
    cpe: str = ""
    purl: str = ""
    listing: str = ""
    steps: tuple[StepView, ...] = ()
    support_at: datetime | None = None

    @property
    def contradictions(self) -> tuple[tuple[str, str], ...]:
        """Kinds of dates: the first should come before the second and does not, so OpenEoX says neither."""
        return openeox.contradictions(self.support)

    def is_public(self, today: date) -> bool:
        """Whether the public pages name it, whatever advisories do. `today`: by the maker's calendar.

        A sale that is only assumed to have begun has not.
        """
        is_decided = "general_availability" not in self.assumed_support
        on_sale = self.support.get("general_availability") if is_decided else None
        return is_public(
            self.listing, kind=self.kind, on_sale=on_sale, is_retired=self.is_retired, today=today
        )


@dataclass(frozen=True)
class ProductPage:
    items: tuple[ProductView, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True)
class Mark:
    """`kind`: cpe, purl, model or serial (patterns as CSAF writes them), sha256 (of a file to download).

    `is_of_line`: it names the firmware, which several products may run.
    """

    kind: str
    text: str
    targets: tuple[str, ...]
    is_of_line: bool = False
