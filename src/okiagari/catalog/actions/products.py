"""Verbs about one product: change it whole, or set one date, count, target."""

from collections.abc import Mapping

from okiagari.catalog import build
from okiagari.catalog.actions.frame import changing_product, check, differences, naming_fields, write
from okiagari.catalog.actions.news import News
from okiagari.catalog.models import Product, Shipped, SupportDate
from okiagari.catalog.problems import NEEDS_REASON, THERE_ALREADY
from okiagari.catalog.rules import SUPPORT_KINDS, ProductIn, TargetIn, read_entry
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ledger
from okiagari.standards.partialdate import PartialDate


def put_product(
    subject: Subject, data: Mapping[str, object], *, version: int | None = None, is_new: bool = False
) -> str:
    """Make one product or change it whole, as an entry of a catalogue's ``products``; its support dates,
    shipped units and targets stay where they are not named. `is_new`: THERE_ALREADY instead of a change."""
    permits.require(subject, "catalog.change")
    catalogue = read_entry({"products": [data]})
    build.steps.keep_all(catalogue)
    (given,) = catalogue.products
    with naming_fields(), ledger.action():
        row = Product.objects.select_for_update().filter(model=given.model).first()
        if row is not None and is_new:
            raise THERE_ALREADY(key=given.model).at("model")
        check(row, version)
        before = _facts(row) if row else {}
        seen = News(lines_of(given))
        build.components.of_product(build.product(given), given.components)
        build.links(given)
        changed = differences(before, _facts(build.locked_product(given.model)))
        verb = "catalog.product" if row else "catalog.product_made"
        write(subject, verb, {"model": given.model, **changed, **seen.facts()})
    return given.model


def lines_of(given: ProductIn) -> list[str]:
    """The firmware lines that an entry joins."""
    return [key for key in (given.line, *(each.line for each in given.targets)) if key]


def _facts(row: Product) -> dict[str, object]:
    return {
        "kind": row.kind,
        "names": dict(row.names.texts),
        "other_names": row.other_names,
        "category": row.category,
        "family": row.family,
        "brand": row.brand.key if row.brand else "",
        "team": row.team.key if row.team else "",
        "successor": row.successor.model if row.successor else "",
        "countries": row.countries,
        "find_model": dict(row.find_model.texts),
        "page": row.page,
        "cpe": row.cpe,
        "purl": row.purl,
        "listing": row.listing,
        "steps": build.steps.facts(product=row),
    }


def put_support_date(
    subject: Subject, model: str, *, kind: str, date: str, assumed: bool = False, version: int | None = None
) -> None:
    """Set one date in a product's life; an empty one says that it is not known."""
    names = {"support": "kind", **dict.fromkeys(SUPPORT_KINDS, "date")}
    read_entry({"products": [{"model": model, "support": {kind: date}}]}, **names)
    day = PartialDate.parse(date)
    with changing_product(subject, model, version) as row:
        known = SupportDate.objects.filter(product=row, kind=kind).first()
        old = str(known.date) if known else ""
        build.support_date(row, kind, day, assumed=assumed and day.is_known)
        facts = {"model": model, "kind": kind, "date": str(day), "old": old, "assumed": assumed}
        write(subject, "catalog.support_date", facts)


def put_shipped(
    subject: Subject,
    model: str,
    *,
    date: str,
    units: int,
    source: str = "",
    assumed: bool = False,
    version: int | None = None,
) -> None:
    """Say how many units had been shipped up to a date. Earlier statements stay."""
    statement = {"date": date, "units": units, "source": source}
    read_entry({"products": [{"model": model, "shipped": [statement]}]})
    day = PartialDate.parse(date)
    with changing_product(subject, model, version) as row:
        Shipped.objects.update_or_create(
            product=row, date=day, source=source, defaults={"units": units, "assumed": assumed}
        )
        facts = {"model": model, "date": str(day), "units": units, "source": source, "assumed": assumed}
        write(subject, "catalog.shipped", facts)


def put_target(
    subject: Subject,
    model: str,
    *,
    revision: str = "",
    line: str = "",
    platform: str = "",
    serials: str = "",
    version: int | None = None,
) -> str:
    """Make sure that a target exists; returns its key."""
    entry = {"revision": revision, "line": line, "platform": platform, "serials": serials}
    read_entry({"products": [{"model": model, "targets": [entry]}]})
    with naming_fields(), changing_product(subject, model, version) as row:
        given = TargetIn(revision=revision, line=line, platform=platform, serials=serials)
        seen = News([line] if line else [])
        key = build.target(row, given)
        write(subject, "catalog.target", {"model": model, "target": key, **seen.facts()})
    return key


def retire_product(subject: Subject, model: str, *, reason: str, version: int | None = None) -> None:
    """Take a product out of the lists. Nothing is deleted; cases that name it keep it."""
    _set_retired(subject, model, reason, version, verb="catalog.retired")


def restore_product(subject: Subject, model: str, *, reason: str, version: int | None = None) -> None:
    """Put a retired product back into the lists."""
    _set_retired(subject, model, reason, version, verb="catalog.restored")


def _set_retired(subject: Subject, model: str, reason: str, version: int | None, *, verb: str) -> None:
    if not reason.strip():
        raise NEEDS_REASON().at("reason")
    with changing_product(subject, model, version) as row:
        at = clock.now() if verb == "catalog.retired" else None
        Product.objects.filter(pk=row.pk).update(retired_at=at)
        write(subject, verb, {"model": model, "reason": reason.strip()})
