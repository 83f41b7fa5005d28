"""Nouns of the catalogue: products, lines, releases, targets, dates. Values only, never rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q

from okiagari.catalog.build import NO_SUCH_LINE, NO_SUCH_PRODUCT
from okiagari.catalog.models import FirmwareLine, Product, Release, Shipped, Target
from okiagari.catalog.rules import Candidate, matches
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.standards.firmware_order import Line, ReleaseName, State
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate


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
    team: str
    team_name: LocalText
    successor: str
    countries: tuple[str, ...]
    find_model: LocalText
    page: str
    support: Mapping[str, PartialDate]
    assumed_support: frozenset[str]
    shipped: tuple[ShippedView, ...]
    targets: tuple[TargetView, ...]
    is_retired: bool


@dataclass(frozen=True)
class ProductPage:
    items: tuple[ProductView, ...]
    total: int
    offset: int
    limit: int


def _release(row: Release) -> ReleaseView:
    return ReleaseView(
        line=row.line.key,
        text=row.text,
        position=row.position,
        state=row.state,
        date=row.date,
        url=row.url,
        sha256=row.sha256,
        size=row.size,
        requires=row.requires.text if row.requires else "",
        notes=row.notes,
        aliases=tuple((alias.text, alias.source) for alias in row.aliases.all()),
    )


_RELEASES = (
    Release.objects.select_related("requires", "line").prefetch_related("aliases").order_by("position")
)
_TARGETS = Target.objects.select_related(
    "product", "product__team", "product__successor", "variant", "line"
).prefetch_related("product__support_dates")


def _line(row: FirmwareLine) -> LineView:
    return LineView(
        key=row.key,
        version=row.version,
        name=row.name,
        kind=row.kind,
        find_version=row.find_version,
        how_to_apply=row.how_to_apply,
        releases=tuple(_release(release) for release in row.releases.all()),
        models=tuple(dict.fromkeys(target.product.model for target in row.targets.all())),
    )


def _support(row: Product) -> dict[str, PartialDate]:
    return {each.kind: each.date for each in row.support_dates.all()}


def _target(row: Target) -> TargetView:
    product = row.product
    return TargetView(
        key=row.key,
        kind=row.kind,
        model=product.model,
        names=product.names,
        family=product.family,
        category=product.category,
        revision=row.variant.revision if row.variant else "",
        line=row.line.key if row.line else "",
        platform=row.platform,
        team=product.team.key if product.team else "",
        team_principal=product.team.principal_id if product.team else None,
        successor=product.successor.model if product.successor else "",
        support=_support(product),
    )


def _product(row: Product) -> ProductView:
    return ProductView(
        model=row.model,
        slug=row.slug,
        version=row.version,
        kind=row.kind,
        names=row.names,
        other_names=tuple(row.other_names),
        category=row.category,
        family=row.family,
        brand=row.brand.name if row.brand else LocalText(),
        team=row.team.key if row.team else "",
        team_name=row.team.name if row.team else LocalText(),
        successor=row.successor.model if row.successor else "",
        countries=tuple(row.countries),
        find_model=row.find_model,
        page=row.page,
        support=_support(row),
        assumed_support=frozenset(each.kind for each in row.support_dates.all() if each.assumed),
        shipped=tuple(sorted((_shipped(each) for each in row.shipped.all()), key=lambda view: view.date)),
        targets=tuple(_target(target) for target in row.targets.all()),
        is_retired=row.retired_at is not None,
    )


def _shipped(row: Shipped) -> ShippedView:
    return ShippedView(row.date, row.units, row.source, row.assumed)


_PRODUCTS = Product.objects.select_related("brand", "team", "successor").prefetch_related(
    "support_dates", "shipped", Prefetch("targets", queryset=_TARGETS)
)
_LINES = FirmwareLine.objects.prefetch_related(
    Prefetch("releases", queryset=_RELEASES), Prefetch("targets", queryset=_TARGETS)
)


def products(
    subject: Subject, *, search: str = "", offset: int = 0, limit: int = 100, **filters: Any
) -> ProductPage:
    """One page of products. Filters: team, kind, family, category, include_retired."""
    permits.require(subject, "catalog.read")
    found = _PRODUCTS.order_by("model")
    if search:
        found = found.filter(
            Q(model__icontains=search) | Q(names__icontains=search) | Q(other_names__icontains=search)
        )
    for name, column in (
        ("team", "team__key"),
        ("kind", "kind"),
        ("family", "family"),
        ("category", "category"),
    ):
        if filters.get(name):
            found = found.filter(**{column: filters[name]})
    if not filters.get("include_retired"):
        found = found.filter(retired_at__isnull=True)
    total = found.count()
    return ProductPage(tuple(_product(row) for row in found[offset : offset + limit]), total, offset, limit)


def product(subject: Subject, model: str) -> ProductView:
    """One product by its model number or its slug. Raises NO_SUCH_PRODUCT."""
    permits.require(subject, "catalog.read")
    row = _PRODUCTS.filter(Q(model=model) | Q(slug=model)).order_by("pk").first()
    if row is None:
        raise NO_SUCH_PRODUCT(model=model)
    return _product(row)


def products_named(subject: Subject, models: Sequence[str]) -> Mapping[str, ProductView]:
    """Many products at once, by model number; unknown ones are left out."""
    permits.require(subject, "catalog.read")
    return {row.model: _product(row) for row in _PRODUCTS.filter(model__in=list(models))}


def lines(subject: Subject) -> tuple[LineView, ...]:
    permits.require(subject, "catalog.read")
    return tuple(_line(row) for row in _LINES.order_by("key"))


def line(subject: Subject, key: str) -> LineView:
    """One firmware line with its releases, oldest first. Raises NO_SUCH_LINE."""
    permits.require(subject, "catalog.read")
    row = _LINES.filter(key=key).first()
    if row is None:
        raise NO_SUCH_LINE(line=key)
    return _line(row)


def lines_named(subject: Subject, keys: Sequence[str]) -> Mapping[str, LineView]:
    """Many lines at once, by key; unknown ones are left out."""
    permits.require(subject, "catalog.read")
    return {row.key: _line(row) for row in _LINES.filter(key__in=list(keys))}


def ordered_line(subject: Subject, key: str) -> Line:
    """The pure order of one line. Raises NO_SUCH_LINE."""
    return line(subject, key).order()


def targets(subject: Subject, keys: Sequence[str] | None = None) -> tuple[TargetView, ...]:
    """Targets by key, or all of products not retired, in the order of their keys."""
    permits.require(subject, "catalog.read")
    found = (
        _TARGETS.filter(product__retired_at__isnull=True)
        if keys is None
        else _TARGETS.filter(key__in=list(keys))
    )
    return tuple(_target(row) for row in found.order_by("key"))


def select_targets(subject: Subject, rule: Mapping[str, object]) -> tuple[TargetView, ...]:
    """The targets a search rule finds. Raises WRONG_RULE."""
    return tuple(view for view in targets(subject) if matches(rule, _candidate(view)))


def _candidate(view: TargetView) -> Candidate:
    return Candidate(
        view.key, view.model, view.kind, view.family, view.category, view.line, view.team, view.support
    )


def support_dates(subject: Subject, model: str) -> Mapping[str, PartialDate]:
    return product(subject, model).support


def shipped(subject: Subject, model: str) -> tuple[ShippedView, ...]:
    """Statements of units shipped, oldest first."""
    return product(subject, model).shipped


def resolve(subject: Subject, model: str, text: str) -> ReleaseView | None:
    """The release of a product that a reported version text means, or None."""
    for target in product(subject, model).targets:
        if not target.line:
            continue
        view = line(subject, target.line)
        name = view.order().resolve(text)
        if name is not None:
            return next(release for release in view.releases if release.text == name.text)
    return None


def facets(subject: Subject) -> Mapping[str, tuple[str, ...]]:
    """The values there are to filter by."""
    permits.require(subject, "catalog.read")
    rows = Product.objects.filter(retired_at__isnull=True).values_list(
        "kind", "family", "category", "team__key"
    )
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    names = ("kind", "family", "category", "team")
    return {
        name: tuple(sorted({value for value in column if value}))
        for name, column in zip(names, columns, strict=True)
    }
