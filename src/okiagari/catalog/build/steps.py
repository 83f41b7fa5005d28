"""Steps of "how to check your version", and the pictures in them: on disk and written anew before any row."""

from collections.abc import Mapping, Sequence

from okiagari.catalog.build.texts import words
from okiagari.catalog.models import FirmwareLine, LookupStep, Picture, Product
from okiagari.catalog.problems import NO_SUCH_PICTURE
from okiagari.catalog.rules import CatalogueIn, StepIn, picture_bytes
from okiagari.plumbing import files, pictures


def keep(content: bytes) -> Picture:
    """The picture as it may go out; the same one once. Raises what `pictures.clean` raises."""
    clean = pictures.clean(content)
    blob = files.store((clean.content,), limit=max(len(clean.content), pictures.LIMIT))
    sizes = {"kind": clean.kind, "width": clean.width, "height": clean.height}
    row, _ = Picture.objects.get_or_create(blob=blob, defaults=sizes)
    return row


def keep_all(catalogue: CatalogueIn) -> None:
    """Put the pictures of every step away and leave their SHA-256 in its place. Outside any transaction."""
    named = [*(each.steps for each in catalogue.lines), *(each.steps for each in catalogue.products)]
    for step in (step for steps in named for step in steps or ()):
        content = picture_bytes(step.picture)
        if content is not None:
            step.picture = keep(content).blob.sha256


def put(
    given: Sequence[StepIn] | None, *, line: FirmwareLine | None = None, product: Product | None = None
) -> None:
    """All steps of a line or a product, in place of those before. None: they stay."""
    if given is None:
        return
    LookupStep.objects.filter(line=line, product=product).delete()
    named = Picture.objects.filter(blob__sha256__in=[step.picture for step in given]).select_related("blob")
    found = {row.blob.sha256: row for row in named}
    LookupStep.objects.bulk_create(
        LookupStep(
            line=line,
            product=product,
            position=place,
            text=words(step.text),
            picture=_picture(step, found),
            alt=words(step.alt) if step.picture else "",
        )
        for place, step in enumerate(given, 1)
    )


def facts(*, line: FirmwareLine | None = None, product: Product | None = None) -> list[dict[str, object]]:
    """The steps as they stand, for the ledger."""
    rows = LookupStep.objects.filter(line=line, product=product).select_related("picture__blob")
    return [
        {
            "text": dict(row.text.texts),
            "picture": row.picture.blob.sha256 if row.picture else "",
            "alt": dict(row.alt.texts),
        }
        for row in rows.order_by("position")
    ]


def _picture(step: StepIn, found: Mapping[str, Picture]) -> Picture | None:
    if not step.picture:
        return None
    if step.picture not in found:
        raise NO_SUCH_PICTURE(sha256=step.picture[:12]).at("picture")
    return found[step.picture]
