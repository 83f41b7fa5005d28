"""Writes checked catalogue entries into rows, inside the caller's transaction. Knows no subject."""

from typing import TypeVar

from django.db.models import F
from django.utils.text import slugify

from okiagari.catalog.models import (
    FirmwareLine,
    Product,
    Release,
    ReleaseAlias,
    Shipped,
    SupportDate,
    Target,
    Variant,
)
from okiagari.catalog.rules import (
    UNKNOWN_REFERENCE,
    AliasIn,
    LineIn,
    LocalWords,
    OrganisationIn,
    ProductIn,
    ReleaseIn,
    TargetIn,
    target_key,
)
from okiagari.desk.models import Organisation, Team
from okiagari.desk.scopes import principal_of
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.firmware_order import key as folded
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate

NO_SUCH_PRODUCT = define(
    "catalog.no_such_product",
    Kind.NOT_FOUND,
    gettext_noop("There is no product “%(model)s” in the catalogue."),
    gettext_noop("Write the model number as the catalogue has it, or add the product first."),
)
NO_SUCH_LINE = define(
    "catalog.no_such_line",
    Kind.NOT_FOUND,
    gettext_noop("There is no firmware line “%(line)s”."),
    gettext_noop("Write its key as the catalogue has it, or add the line first."),
)
NO_SUCH_RELEASE = define(
    "catalog.no_such_release",
    Kind.NOT_FOUND,
    gettext_noop("There is no release “%(text)s” on %(line)s."),
    gettext_noop("Add the release, or an alias for it, to the firmware line."),
)
ALIAS_TAKEN = define(
    "catalog.alias_taken",
    Kind.CONFLICT,
    gettext_noop("“%(alias)s” already means release %(text)s on %(line)s."),
    gettext_noop("One text can mean only one release on a line; correct the other one first."),
)


Row = TypeVar("Row", Organisation, Team)


def words(value: LocalWords) -> LocalText:
    return LocalText.from_json(value) if value else LocalText()


def locked_product(model: str) -> Product:
    row = Product.objects.select_for_update().filter(model=model).first()
    if row is None:
        raise NO_SUCH_PRODUCT(model=model)
    return row


def locked_line(key: str) -> FirmwareLine:
    row = FirmwareLine.objects.select_for_update().filter(key=key).first()
    if row is None:
        raise NO_SUCH_LINE(line=key)
    return row


def release_named(line: FirmwareLine, text: str) -> Release:
    """The release that a text or an alias means. Raises NO_SUCH_RELEASE."""
    wanted = folded(text)
    for release in line.releases.prefetch_related("aliases").order_by("position"):
        if wanted in {folded(release.text), *(folded(alias.text) for alias in release.aliases.all())}:
            return release
    raise NO_SUCH_RELEASE(text=text, line=line.key)


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


def line(given: LineIn) -> FirmwareLine:
    """A line with its releases in the order they are given."""
    row, made = FirmwareLine.objects.get_or_create(key=given.key)
    row.kind = given.kind
    row.name = words(given.name) or row.name or LocalText.of(ja=given.key, en=given.key)
    row.find_version = words(given.find_version) or row.find_version
    row.how_to_apply = words(given.how_to_apply) or row.how_to_apply
    row.version += 0 if made else 1
    row.save()
    for position, entry in enumerate(given.releases, start=1):
        release(row, entry, position)
    for entry in given.releases:
        if entry.requires:
            row.releases.filter(text=entry.text).update(requires=release_named(row, entry.requires))
    return row


def release(row: FirmwareLine, given: ReleaseIn, position: int) -> None:
    """Put a release at its place; those from that place on move up when it is taken."""
    fields = {
        "state": given.state,
        "date": PartialDate.parse(given.date),
        "url": given.url,
        "sha256": given.sha256,
        "size": given.size,
        "notes": words(given.notes),
    }
    known = row.releases.filter(text=given.text).first()
    if known is None:
        if row.releases.filter(position=position).exists():
            _make_room(row, position)
        known = Release.objects.create(line=row, text=given.text, position=position, **fields)
    else:
        row.releases.filter(pk=known.pk).update(**{name: value for name, value in fields.items() if value})
    for entry in given.aliases:
        alias(known, AliasIn(entry) if isinstance(entry, str) else entry)


def _make_room(row: FirmwareLine, position: int) -> None:
    """Move the places up in two strides, so that no two releases stand on one place on the way."""
    stride = 1_000_000
    row.releases.filter(position__gte=position).update(position=F("position") + stride)
    row.releases.filter(position__gte=stride).update(position=F("position") - stride + 1)


def alias(release_row: Release, given: AliasIn) -> None:
    """Another text for a release. Raises ALIAS_TAKEN when the line knows it as another one."""
    for other in release_row.line.releases.prefetch_related("aliases").exclude(pk=release_row.pk):
        if folded(given.text) in {folded(other.text), *(folded(each.text) for each in other.aliases.all())}:
            raise ALIAS_TAKEN(alias=given.text, text=other.text, line=release_row.line.key)
    ReleaseAlias.objects.update_or_create(
        line=release_row.line, text=given.text, defaults={"release": release_row, "source": given.source}
    )


def product(given: ProductIn) -> Product:
    """A product with its dates and shipped units; lines and successor are joined by `links`."""
    row, made = Product.objects.get_or_create(model=given.model, defaults={"slug": _free_slug(given.model)})
    row.kind, row.category, row.family = given.kind, given.category, given.family
    row.names = words(given.names) or row.names or LocalText.of(ja=given.model, en=given.model)
    row.other_names, row.countries = given.other_names, given.countries
    row.find_model, row.page = words(given.find_model), given.page
    row.brand = _reference(given, "brand", given.brand, Organisation)
    row.team = _reference(given, "team", given.team, Team)
    row.version += 0 if made else 1
    row.save()
    for kind, entry in given.support.items():
        date, assumed = (entry, False) if isinstance(entry, str) else (entry.date, entry.assumed)
        SupportDate.objects.update_or_create(
            product=row, kind=kind, defaults={"date": PartialDate.parse(date), "assumed": assumed}
        )
    for statement in given.shipped:
        Shipped.objects.update_or_create(
            product=row,
            date=PartialDate.parse(statement.date),
            source=statement.source,
            defaults={"units": statement.units, "assumed": statement.assumed},
        )
    return row


def _reference(given: ProductIn, field: str, key: str, model: type[Row]) -> Row | None:
    if not key:
        return None
    row = model._default_manager.filter(key=key).first()
    if row is None:
        raise UNKNOWN_REFERENCE(place=f"products.{given.model}.{field}", key=key)
    return row


def _free_slug(model: str) -> str:
    slug = slugify(model.replace("/", "-")) or "product"
    free, number = slug, 2
    while Product.objects.filter(slug=free).exists():
        free, number = f"{slug}-{number}", number + 1
    return free


def links(given: ProductIn) -> int:
    """Successor and targets of a product, once every product of the file exists. Returns targets made."""
    row = locked_product(given.model)
    if given.successor:
        successor = Product.objects.filter(model=given.successor).first()
        if successor is None:
            raise UNKNOWN_REFERENCE(place=f"products.{given.model}.successor", key=given.successor)
        Product.objects.filter(pk=row.pk).update(successor=successor)
    entries = given.targets or ([] if row.targets.exists() else [TargetIn(line=given.line)])
    for entry in entries:
        target(row, entry)
    return len(entries)


def target(row: Product, given: TargetIn) -> str:
    """One target of a product; made once, found again by its parts."""
    firmware = FirmwareLine.objects.filter(key=given.line).first() if given.line else None
    if given.line and firmware is None:
        raise UNKNOWN_REFERENCE(place=f"products.{row.model}.targets", key=given.line)
    variant = None
    if row.kind == "device":
        variant, _ = Variant.objects.get_or_create(product=row, revision=given.revision)
        if given.serials or given.note:
            variant.serials, variant.note = given.serials, words(given.note)
            variant.save()
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
