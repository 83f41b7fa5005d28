"""Verbs about what the public is told of a product: how to look at it, its numbers, whether to name it."""

from collections.abc import Mapping, Sequence

from okiagari.catalog import build
from okiagari.catalog.actions.frame import changing_line, changing_product, differences, write
from okiagari.catalog.models import Product, Variant
from okiagari.catalog.problems import NEEDS_REASON, NO_SUCH_REVISION, WRONG_CHOICE
from okiagari.catalog.queries import PictureView
from okiagari.catalog.rules import LISTINGS, read_entry
from okiagari.desk import permits
from okiagari.desk.subjects import Subject


def keep_picture(subject: Subject, content: bytes) -> PictureView:
    """Put a picture away for a step, written anew. Raises what `pictures.clean` raises."""
    permits.require(subject, "catalog.change")
    row = build.steps.keep(content)
    return PictureView(row.blob.sha256, row.kind, row.width, row.height)


def put_steps(
    subject: Subject,
    steps: Sequence[Mapping[str, object]],
    *,
    line: str = "",
    model: str = "",
    version: int | None = None,
) -> None:
    """Say how to check the version: all steps of a line or, standing before them, of a product.

    A step is `text`, and where it has one a `picture` (a ``data:`` address, or the SHA-256 of one the
    catalogue has) with what it shows, `alt`.
    """
    permits.require(subject, "catalog.change")
    if line or not model:
        catalogue = read_entry({"lines": [{"key": line, "steps": list(steps)}]})
        build.steps.keep_all(catalogue)
        with changing_line(subject, line, version) as row:
            build.steps.put(catalogue.lines[0].steps, line=row)
            write(subject, "catalog.steps", {"line": line, "of": line, "count": len(steps)})
        return
    catalogue = read_entry({"products": [{"model": model, "steps": list(steps)}]})
    build.steps.keep_all(catalogue)
    with changing_product(subject, model, version) as owner:
        build.steps.put(catalogue.products[0].steps, product=owner)
        write(subject, "catalog.steps", {"model": model, "of": model, "count": len(steps)})


def put_revision(
    subject: Subject,
    model: str,
    *,
    revision: str = "",
    serial_numbers: Sequence[str] = (),
    model_numbers: Sequence[str] = (),
    cpe: str = "",
    serials: str = "",
    version: int | None = None,
) -> None:
    """Say by which numbers a hardware revision is known, whole: what is left out is cleared."""
    given = {
        "serial_numbers": list(serial_numbers),
        "model_numbers": list(model_numbers),
        "cpe": cpe,
        "serials": serials,
    }
    read_entry({"products": [{"model": model, "targets": [{"revision": revision, **given}]}]})
    with changing_product(subject, model, version) as row:
        variant = Variant.objects.filter(product=row, revision=revision).first()
        if variant is None:
            raise NO_SUCH_REVISION(model=model, revision=revision).at("revision")
        before = {name: getattr(variant, name) for name in given}
        Variant.objects.filter(pk=variant.pk).update(**given)
        facts = {"model": model, "revision": revision, **differences(before, given)}
        write(subject, "catalog.revision", facts)


def set_listing(
    subject: Subject, model: str, *, listing: str, reason: str, version: int | None = None
) -> None:
    """Say whether the public pages name a product: listed, unlisted, "" by the day its sale began."""
    if listing not in LISTINGS:
        allowed = ", ".join(filter(None, LISTINGS))
        raise WRONG_CHOICE(place="listing", value=listing, allowed=allowed).at("listing")
    if not reason.strip():
        raise NEEDS_REASON().at("reason")
    with changing_product(subject, model, version) as row:
        facts = {"model": model, "old": row.listing, "listing": listing, "reason": reason.strip()}
        Product.objects.filter(pk=row.pk).update(listing=listing)
        write(subject, "catalog.listing", facts)
