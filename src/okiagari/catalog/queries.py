"""Nouns of the catalogue: products, lines, releases, targets, dates. Values only, never rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from okiagari.catalog.models import Component, Product, Release, SupportDate
from okiagari.catalog.problems import NO_SUCH_LINE, NO_SUCH_PRODUCT
from okiagari.catalog.rules import Candidate, Span, asks_for, check, folded_words, matches
from okiagari.catalog.values import (
    ComponentView,
    LineView,
    PictureView,
    ProductPage,
    ProductView,
    ReleaseView,
    ShippedView,
    StepView,
    TargetView,
    VariantView,
)
from okiagari.catalog.viewing import (
    BRIEF_PRODUCTS,
    LINES,
    PRODUCTS,
    TARGETS,
    component_view,
    line_view,
    product_view,
    target_view,
)
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing.readings import shared
from okiagari.standards.firmware_order import Line
from okiagari.standards.partialdate import PartialDate

__all__ = [
    "ComponentView",
    "LineView",
    "PictureView",
    "ProductPage",
    "ProductView",
    "ReleaseView",
    "ShippedView",
    "StepView",
    "TargetView",
    "VariantView",
]

_SUPPORT_END = SupportDate.objects.filter(product=OuterRef("pk"), kind="end_of_security_support")
SORTS: Mapping[str, Any] = {
    "model": F("model"),
    "kind": F("kind"),
    "category": F("category"),
    "team": F("team__key"),
    "support": Subquery(_SUPPORT_END.values("date")[:1]),
}
_COLUMNS = (("team", "team__key"), ("kind", "kind"), ("family", "family"), ("category", "category"))


def products(
    subject: Subject, *, search: str = "", offset: int = 0, limit: int = 100, **filters: Any
) -> ProductPage:
    """One page of products. Filters: team, kind, family, category, include_retired, sort. A search finds
    those whose model and names hold every word of it."""
    permits.require(subject, "catalog.read")
    known = BRIEF_PRODUCTS if filters.get("is_brief") else PRODUCTS
    found = known.order_by(*_order(str(filters.get("sort") or "model")))
    for word in folded_words([search]).split():
        found = found.filter(search_text__contains=word)
    for name, column in _COLUMNS:
        if filters.get(name):
            found = found.filter(**{column: filters[name]})
    if not filters.get("include_retired"):
        found = found.filter(retired_at__isnull=True)
    total = found.count()
    rows = found[offset : offset + limit]
    return ProductPage(tuple(product_view(row) for row in rows), total, offset, limit)


def _order(sort: str) -> tuple[Any, ...]:
    """By one column, upwards or (with a minus) downwards; what has no value stands last either way."""
    column = SORTS.get(sort.removeprefix("-"), SORTS["model"])
    is_down = sort.startswith("-")
    return (column.desc(nulls_last=True) if is_down else column.asc(nulls_last=True)), "model"


def product(subject: Subject, model: str) -> ProductView:
    """One product by its model number or its slug. Raises NO_SUCH_PRODUCT."""
    permits.require(subject, "catalog.read")
    found = list(PRODUCTS.filter(Q(model=model) | Q(slug=model)))
    if not found:
        raise NO_SUCH_PRODUCT(model=model)
    return product_view(next((row for row in found if row.model == model), found[0]))


def product_at(subject: Subject, slug: str) -> ProductView:
    """One product by the slug of its page. Raises NO_SUCH_PRODUCT."""
    permits.require(subject, "catalog.read")
    row = PRODUCTS.filter(slug=slug).first()
    if row is None:
        raise NO_SUCH_PRODUCT(model=slug)
    return product_view(row)


def products_named(subject: Subject, models: Sequence[str]) -> Mapping[str, ProductView]:
    """Many products at once, by model number; unknown ones are left out."""
    permits.require(subject, "catalog.read")
    return _products(frozenset(models))


@shared
def _products(models: frozenset[str]) -> Mapping[str, ProductView]:
    return {row.model: product_view(row) for row in PRODUCTS.filter(model__in=sorted(models))}


def models(subject: Subject) -> tuple[str, ...]:
    """Every model number that is not retired."""
    permits.require(subject, "catalog.read")
    found = Product.objects.filter(retired_at__isnull=True).order_by("model")
    return tuple(found.values_list("model", flat=True))


def lines(subject: Subject) -> tuple[LineView, ...]:
    permits.require(subject, "catalog.read")
    return tuple(line_view(row) for row in LINES.order_by("key"))


def line(subject: Subject, key: str) -> LineView:
    """One firmware line with its releases, oldest first. Raises NO_SUCH_LINE."""
    permits.require(subject, "catalog.read")
    row = LINES.filter(key=key).first()
    if row is None:
        raise NO_SUCH_LINE(line=key)
    return line_view(row)


def lines_named(subject: Subject, keys: Sequence[str]) -> Mapping[str, LineView]:
    """Many lines at once, by key; unknown ones are left out."""
    permits.require(subject, "catalog.read")
    return _lines(frozenset(keys))


@shared
def _lines(keys: frozenset[str]) -> Mapping[str, LineView]:
    return {row.key: line_view(row) for row in LINES.filter(key__in=sorted(keys))}


def release_texts(subject: Subject, lines: Sequence[str]) -> tuple[str, ...]:
    """The texts of the releases on these lines, newest first, each once: hints while typing."""
    permits.require(subject, "catalog.read")
    rows = Release.objects.filter(line__key__in=list(lines)).order_by("line__key", "-position")
    return tuple(dict.fromkeys(rows.values_list("text", flat=True)))


def ordered_line(subject: Subject, key: str) -> Line:
    """The pure order of one line. Raises NO_SUCH_LINE."""
    return line(subject, key).order()


def targets(subject: Subject, keys: Sequence[str] | None = None) -> tuple[TargetView, ...]:
    """Targets by key, or all of products not retired, in the order of their keys."""
    permits.require(subject, "catalog.read")
    return _targets(None if keys is None else frozenset(keys))


@shared
def _targets(keys: frozenset[str] | None) -> tuple[TargetView, ...]:
    found = (
        TARGETS.filter(product__retired_at__isnull=True)
        if keys is None
        else TARGETS.filter(key__in=sorted(keys))
    )
    return tuple(target_view(row) for row in found.order_by("key"))


def select_targets(subject: Subject, rule: Mapping[str, object]) -> tuple[TargetView, ...]:
    """The targets a search rule finds. Raises WRONG_RULE, RULE_SHAPE, RULE_TOO_DEEP."""
    check(rule)
    held = _held() if asks_for(rule, "component") else {}
    return tuple(view for view in targets(subject) if matches(rule, _candidate(view, held)))


_Held = Mapping[tuple[str, str], Sequence[tuple[str, str]]]


def _held() -> _Held:
    """Every component with its version, by (line, "") or ("", model)."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    rows = Component.objects.values_list("line__key", "product__model", "name", "version")
    for line_key, model, name, version in rows:
        found.setdefault((line_key or "", model or ""), []).append((name, version))
    return found


def _candidate(view: TargetView, held: _Held) -> Candidate:
    return Candidate(
        key=view.key,
        model=view.model,
        kind=view.kind,
        family=view.family,
        category=view.category,
        line=view.line,
        team=view.team,
        support=view.support,
        brand=view.brand,
        components=(*held.get((view.line, ""), ()), *held.get(("", view.model), ())),
    )


def components(subject: Subject, *, line: str = "", model: str = "") -> tuple[ComponentView, ...]:
    """The component list of a line or a product, or of everything, by name and oldest first."""
    permits.require(subject, "catalog.read")
    found = Component.objects.select_related("line", "product", "since", "until")
    if line:
        found = found.filter(line__key=line)
    if model:
        found = found.filter(product__model=model)
    ordered = found.order_by("folded", "since__position", "version", "pk")
    return tuple(component_view(row) for row in ordered)


def spans(subject: Subject, lines: Sequence[str]) -> Mapping[str, tuple[Span, ...]]:
    """What the releases of these lines hold, by line: for the rules. Places count from 0, the oldest."""
    permits.require(subject, "catalog.read")
    rows = Component.objects.filter(line__key__in=list(lines)).select_related("line", "since", "until")
    found: dict[str, list[Span]] = {key: [] for key in lines}
    for row in rows:
        first = row.since.position - 1 if row.since else None
        last = row.until.position - 1 if row.until else None
        assert row.line is not None
        found[row.line.key].append(Span(row.folded, row.version, first, last))
    return {key: tuple(each) for key, each in found.items()}


def support_dates(subject: Subject, model: str) -> Mapping[str, PartialDate]:
    return product(subject, model).support


def shipped(subject: Subject, model: str) -> tuple[ShippedView, ...]:
    """Statements of units shipped, oldest first."""
    return product(subject, model).shipped


def resolve(subject: Subject, model: str, text: str) -> ReleaseView | None:
    """The release of a product that a reported version text means, or None."""
    keys = [target.line for target in product(subject, model).targets if target.line]
    found = lines_named(subject, keys)
    for key in keys:
        name = found[key].order().resolve(text)
        if name is not None:
            return next(release for release in found[key].releases if release.text == name.text)
    return None


def facets(subject: Subject) -> Mapping[str, tuple[str, ...]]:
    """The values there are to filter by."""
    permits.require(subject, "catalog.read")
    names = ("kind", "family", "category", "team", "brand")
    rows = Product.objects.filter(retired_at__isnull=True).values_list(
        "kind", "family", "category", "team__key", "brand__key"
    )
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return {
        name: tuple(sorted({value for value in column if value}))
        for name, column in zip(names, columns, strict=True)
    }
