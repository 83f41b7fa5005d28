"""How the values of this room are made from rows: what is read at once, and what each row becomes."""

from django.db.models import Prefetch

from okiagari.catalog.models import (
    Component,
    FirmwareLine,
    LookupStep,
    Product,
    Release,
    Shipped,
    Target,
    Variant,
)
from okiagari.catalog.values import (
    ComponentView,
    LineView,
    PictureView,
    ProductView,
    ReleaseView,
    ShippedView,
    StepView,
    TargetView,
    VariantView,
)
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate

_NONE = LocalText()
RELEASES = Release.objects.select_related("requires", "line").prefetch_related("aliases").order_by("position")
TARGETS = Target.objects.select_related(
    "product", "product__team", "product__brand", "product__successor", "variant", "line"
).prefetch_related("product__support_dates")
# the targets of a product know it already, with its dates
_OWN_TARGETS = Prefetch("targets", queryset=Target.objects.select_related("variant", "line").order_by("key"))
_STEPS = LookupStep.objects.select_related("picture__blob").order_by("position")
PRODUCTS = Product.objects.select_related("brand", "team", "successor").prefetch_related(
    "support_dates", "shipped", "variants", _OWN_TARGETS, Prefetch("steps", queryset=_STEPS)
)
BRIEF_PRODUCTS = Product.objects.select_related("brand", "team", "successor").prefetch_related(
    "support_dates",
    "variants",
    _OWN_TARGETS,
    Prefetch("shipped", queryset=Shipped.objects.none()),
    Prefetch("steps", queryset=_STEPS.none()),
)
"""Without units shipped and steps: for lists."""
# of the targets of a line nothing is asked but their models
_MODELS = Target.objects.select_related("product").only("key", "line_id", "product__model").order_by("key")
LINES = FirmwareLine.objects.prefetch_related(
    Prefetch("releases", queryset=RELEASES),
    Prefetch("targets", queryset=_MODELS),
    Prefetch("steps", queryset=_STEPS),
)


def release_view(row: Release) -> ReleaseView:
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
        public_note=row.public_note,
    )


def step_view(row: LookupStep) -> StepView:
    known = row.picture
    picture = PictureView(known.blob.sha256, known.kind, known.width, known.height) if known else None
    return StepView(row.text, picture, row.alt)


def line_view(row: FirmwareLine) -> LineView:
    return LineView(
        key=row.key,
        version=row.version,
        name=row.name,
        kind=row.kind,
        find_version=row.find_version,
        how_to_apply=row.how_to_apply,
        releases=tuple(release_view(release) for release in row.releases.all()),
        models=tuple(dict.fromkeys(target.product.model for target in row.targets.all())),
        cpe=row.cpe,
        purl=row.purl,
        steps=tuple(step_view(step) for step in row.steps.all()),
    )


def _support(row: Product) -> dict[str, PartialDate]:
    return {each.kind: each.date for each in row.support_dates.all()}


def target_view(row: Target) -> TargetView:
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
        team_name=product.team.name if product.team else _NONE,
        brand=product.brand.key if product.brand else "",
    )


def product_view(row: Product) -> ProductView:
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
        brand_key=row.brand.key if row.brand else "",
        team=row.team.key if row.team else "",
        team_name=row.team.name if row.team else LocalText(),
        successor=row.successor.model if row.successor else "",
        successor_slug=row.successor.slug if row.successor else "",
        countries=tuple(row.countries),
        find_model=row.find_model,
        page=row.page,
        support=_support(row),
        assumed_support=frozenset(each.kind for each in row.support_dates.all() if each.assumed),
        shipped=tuple(sorted((_shipped(each) for each in row.shipped.all()), key=lambda view: view.date)),
        variants=tuple(_variant(each) for each in sorted(row.variants.all(), key=lambda each: each.revision)),
        targets=tuple(target_view(target) for target in row.targets.all()),
        is_retired=row.retired_at is not None,
        cpe=row.cpe,
        purl=row.purl,
        listing=row.listing,
        steps=tuple(step_view(step) for step in row.steps.all()),
        support_at=max((each.set_at for each in row.support_dates.all()), default=None),
    )


def component_view(row: Component) -> ComponentView:
    return ComponentView(
        name=row.name,
        version=row.version,
        line=row.line.key if row.line else "",
        model=row.product.model if row.product else "",
        since=row.since.text if row.since else "",
        until=row.until.text if row.until else "",
        purl=row.purl,
    )


def _shipped(row: Shipped) -> ShippedView:
    return ShippedView(row.date, row.units, row.source, row.assumed)


def _variant(row: Variant) -> VariantView:
    return VariantView(
        row.revision, row.serials, row.note, tuple(row.serial_numbers), tuple(row.model_numbers), row.cpe
    )
