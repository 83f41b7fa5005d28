"""Components of a line or a product: one row a version, with the first and last release that hold it."""

from collections.abc import Iterable
from typing import Any

from okiagari.catalog.build.lines import Shelf
from okiagari.catalog.models import Component, FirmwareLine, Product, Release
from okiagari.catalog.problems import UNKNOWN_REFERENCE, WRONG_SPAN
from okiagari.catalog.rules import ComponentIn, LineIn, ReleaseIn, folded_words


def of_entry(row: FirmwareLine, given: LineIn) -> None:
    """The components a line's entry names, and those its releases bring or leave out."""
    of_line(row, given.components)
    for entry in given.releases:
        if entry.components or entry.without:
            at_release(row, Shelf(row).named(entry.text), entry)


def of_line(row: FirmwareLine, entries: Iterable[ComponentIn]) -> None:
    """Versions named are put or renewed; those not named stay. Raises NO_SUCH_RELEASE, WRONG_SPAN."""
    shelf = Shelf(row)
    for given in entries:
        since = shelf.named(given.since) if given.since else None
        until = shelf.named(given.until) if given.until else None
        _put(given, since, until, line=row)


def of_product(row: Product, entries: Iterable[ComponentIn]) -> None:
    """A product of its own has no releases; its components have no span. Raises UNKNOWN_REFERENCE."""
    for given in entries:
        if given.since or given.until:
            place = f"products.{row.model}.components"
            raise UNKNOWN_REFERENCE(place=place, key=given.since or given.until).at(place)
        _put(given, None, None, product=row)


def at_release(row: FirmwareLine, release: Release, given: ReleaseIn) -> None:
    """What a release brings ends what it replaces at the release before. In the middle of a line it holds
    for this release alone."""
    before = row.releases.filter(position__lt=release.position).order_by("-position").first()
    after = row.releases.filter(position__gt=release.position).order_by("position").first()
    brings = {(folded_words([each.name]), each.version.strip()) for each in given.components}
    spoken = {name for name, _ in brings} | {folded_words([name]) for name in given.without}
    rows = Component.objects.filter(line=row, folded__in=spoken).select_related("since", "until")
    held = [each for each in rows if _holds(each, release)]
    for each in held:
        if (each.folded, each.version) not in brings:
            _cut(each, release, before, after)
    there = {(each.folded, each.version) for each in held}
    for entry in given.components:
        if (folded_words([entry.name]), entry.version.strip()) not in there:
            _put(entry, release, release if after else None, line=row)


def _holds(row: Component, release: Release) -> bool:
    begins = row.since is None or row.since.position <= release.position
    return begins and (row.until is None or row.until.position >= release.position)


def _cut(row: Component, release: Release, before: Release | None, after: Release | None) -> None:
    """Take one release out of a span; what lies after it goes on."""
    goes_on = after is not None and (row.until is None or row.until.position >= after.position)
    if goes_on:
        rest = {"name": row.name, "purl": row.purl, "until": row.until}
        key: dict[str, Any] = {"line": row.line, "folded": row.folded, "version": row.version, "since": after}
        Component.objects.update_or_create(**key, defaults=rest)
    if before is None or (row.since is not None and row.since.position >= release.position):
        row.delete()
        return
    row.until = before
    row.save()


def _put(
    given: ComponentIn,
    since: Release | None,
    until: Release | None,
    *,
    line: FirmwareLine | None = None,
    product: Product | None = None,
) -> None:
    if since and until and since.position > until.position:
        raise WRONG_SPAN(name=given.name, version=given.version, since=since.text, until=until.text)
    key: dict[str, Any] = {"line": line, "product": product, "folded": folded_words([given.name])}
    Component.objects.update_or_create(
        **key,
        version=given.version.strip(),
        since=since,
        defaults={"name": given.name.strip(), "until": until, "purl": given.purl.strip()},
    )
