"""Organisations, products, their dates and targets."""

from typing import TypeVar

from django.utils.text import slugify

from okiagari.catalog.build import steps
from okiagari.catalog.build.texts import words
from okiagari.catalog.models import (
    FirmwareLine,
    Product,
    Shipped,
    SupportDate,
    SystemEntry,
    Target,
    Variant,
)
from okiagari.catalog.problems import NO_SUCH_PRODUCT, UNKNOWN_REFERENCE
from okiagari.catalog.rules import OrganisationIn, ProductIn, TargetIn, folded_words, target_key
from okiagari.desk.models import Organisation, Team
from okiagari.desk.scopes import principal_of
from okiagari.plumbing import clock
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate

RESERVED_SLUGS = frozenset({"new", "import", "export", "systems", "pictures"})
"""Addresses beside those of the products."""

Row = TypeVar("Row", Organisation, Team)


def locked_product(model: str) -> Product:
    row = Product.objects.select_for_update().filter(model=model).first()
    if row is None:
        raise NO_SUCH_PRODUCT(model=model)
    return row


def organisation(given: OrganisationIn) -> None:
    Organisation.objects.update_or_create(
        key=given.key,
        defaults={
            "kind": given.kind,
            "name": words(given.name),
            "contact": given.contact,
            "website": given.website,
            "principal": principal_of("organisation", given.key),
        },
    )


def product(given: ProductIn) -> Product:
    """A product with its dates and shipped units; lines and successor are joined by `links`."""
    row, made = Product.objects.get_or_create(model=given.model, defaults={"slug": _free_slug(given.model)})
    row.kind, row.category, row.family = given.kind, given.category, given.family
    row.names = words(given.names) or row.names or LocalText.of(ja=given.model, en=given.model)
    row.other_names, row.countries = given.other_names, given.countries
    row.search_text = folded_words([row.model, *row.names.texts.values(), *row.other_names])
    row.find_model, row.page = words(given.find_model), given.page
    row.cpe, row.purl = given.cpe, given.purl
    row.listing = row.listing if given.listing is None else given.listing
    row.brand = _reference(given, "brand", given.brand, Organisation)
    row.team = _reference(given, "team", given.team, Team)
    row.version += 0 if made else 1
    row.save()
    steps.put(given.steps, product=row)
    _life(row, given)
    if given.inventory is not None:
        SystemEntry.objects.update_or_create(
            product=row,
            defaults={
                "operator": given.inventory.operator,
                "exposure": given.inventory.exposure,
                "data_held": words(given.inventory.data_held),
                "holds_personal_data": given.inventory.holds_personal_data,
                "recovery_contact": given.inventory.recovery_contact,
            },
        )
    return row


def _life(row: Product, given: ProductIn) -> None:
    """Dates of support and units shipped; what is not named stays."""
    for kind, entry in given.support.items():
        date, assumed = (entry, False) if isinstance(entry, str) else (entry.date, entry.assumed)
        support_date(row, kind, PartialDate.parse(date), assumed=assumed)
    for statement in given.shipped:
        Shipped.objects.update_or_create(
            product=row,
            date=PartialDate.parse(statement.date),
            source=statement.source,
            defaults={"units": statement.units, "assumed": statement.assumed},
        )


def support_date(row: Product, kind: str, day: PartialDate, *, assumed: bool) -> None:
    """One date of support. Saying the same again is no change."""
    known = SupportDate.objects.filter(product=row, kind=kind).first()
    if known is None or (known.date, known.assumed) != (day, assumed):
        said = {"date": day, "assumed": assumed, "set_at": clock.now()}
        SupportDate.objects.update_or_create(product=row, kind=kind, defaults=said)


def _reference(given: ProductIn, field: str, key: str, model: type[Row]) -> Row | None:
    if not key:
        return None
    row = model._default_manager.filter(key=key).first()
    if row is None:
        raise _unknown(given.model, field, key)
    return row


def _unknown(model: str, field: str, key: str) -> Exception:
    place = f"products.{model}.{field}"
    return UNKNOWN_REFERENCE(place=place, key=key).at(place)


def _free_slug(model: str) -> str:
    slug = slugify(model.replace("/", "-"))[:70] or "product"
    free, number = slug, 2
    while free in RESERVED_SLUGS or Product.objects.filter(slug=free).exists():
        free, number = f"{slug}-{number}", number + 1
    return free


def links(given: ProductIn) -> int:
    """Successor and targets of a product, once every product of the file exists. Returns targets made."""
    row = locked_product(given.model)
    successor = Product.objects.filter(model=given.successor).first() if given.successor else None
    if given.successor and (successor is None or successor.pk == row.pk):
        raise _unknown(given.model, "successor", given.successor)
    Product.objects.filter(pk=row.pk).update(successor=successor)
    entries = given.targets or ([] if row.targets.exists() else [TargetIn(line=given.line)])
    for entry in entries:
        target(row, entry)
    return len(entries)


def _tell(variant: Variant, given: TargetIn) -> None:
    """What an entry says of a hardware revision; what it leaves out stays."""
    if given.serials or given.note:
        variant.serials, variant.note = given.serials, words(given.note)
    variant.serial_numbers = given.serial_numbers or variant.serial_numbers
    variant.model_numbers = given.model_numbers or variant.model_numbers
    variant.cpe = given.cpe or variant.cpe
    variant.save()


def target(row: Product, given: TargetIn) -> str:
    """One target of a product; made once, found again by its parts."""
    firmware = FirmwareLine.objects.filter(key=given.line).first() if given.line else None
    if given.line and firmware is None:
        raise _unknown(row.model, "line", given.line)
    variant = None
    if row.kind == "device":
        variant, _ = Variant.objects.get_or_create(product=row, revision=given.revision)
        _tell(variant, given)
    known = row.targets.filter(variant=variant, line=firmware, platform=given.platform).first()
    if known:
        return known.key
    short = target_key(row.model, revision=given.revision, platform=given.platform)
    taken = Target.objects.filter(key=short).exists()
    key = target_key(
        row.model, revision=given.revision, platform=given.platform, line=given.line, taken=taken
    )
    Target.objects.create(
        key=key, kind=row.kind, product=row, variant=variant, line=firmware, platform=given.platform
    )
    return key
