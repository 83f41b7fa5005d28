"""Firmware lines and their releases. The order is the maker's own; version texts are never compared."""

from collections.abc import Sequence
from itertools import pairwise

from django.db.models import F

from okiagari.catalog.build import steps
from okiagari.catalog.build.texts import words
from okiagari.catalog.models import FirmwareLine, Release, ReleaseAlias
from okiagari.catalog.problems import (
    ALIAS_TAKEN,
    NO_SUCH_ALIAS,
    NO_SUCH_LINE,
    NO_SUCH_RELEASE,
    ORDER_DIFFERS,
    REQUIRES_NEWER,
)
from okiagari.catalog.rules import AliasIn, LineIn, ReleaseIn
from okiagari.standards.firmware_order import key as folded
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate

STRIDE = 1_000_000
FIELDS = ("state", "date", "url", "sha256", "size", "notes", "public_note")


def locked_line(key: str) -> FirmwareLine:
    row = FirmwareLine.objects.select_for_update().filter(key=key).first()
    if row is None:
        raise NO_SUCH_LINE(line=key)
    return row


def release_named(row: FirmwareLine, text: str) -> Release:
    """The release that a text or an alias means. Raises NO_SUCH_RELEASE."""
    return Shelf(row).named(text)


def line(given: LineIn) -> FirmwareLine:
    """A line with its releases in the order they are given. Releases not named stay as they are."""
    row, made = FirmwareLine.objects.get_or_create(key=given.key)
    row.kind = given.kind
    row.name = words(given.name) or row.name or LocalText.of(ja=given.key, en=given.key)
    row.find_version = words(given.find_version) or row.find_version
    row.how_to_apply = words(given.how_to_apply) or row.how_to_apply
    row.cpe = row.cpe if given.cpe is None else given.cpe
    row.purl = row.purl if given.purl is None else given.purl
    row.version += 0 if made else 1
    row.save()
    steps.put(given.steps, line=row)
    if given.releases:
        shelf = Shelf(row)
        shelf.put_all(given.releases)
        shelf.write()
    return row


class Shelf:
    """The releases of one locked line, oldest first, held until `write` puts them back."""

    def __init__(self, row: FirmwareLine) -> None:
        self.row = row
        found = row.releases.select_related("requires").prefetch_related("aliases").order_by("position")
        self.releases: list[Release] = list(found)
        self._names: dict[str, Release] = {}
        self._aliases: dict[str, ReleaseAlias] = {}
        self._required: list[tuple[Release, str]] = []
        for release in self.releases:
            self._names[folded(release.text)] = release
            for alias in release.aliases.all():
                self._names.setdefault(folded(alias.text), release)
                self._aliases[folded(alias.text)] = alias

    def named(self, text: str) -> Release:
        """The release that a text or an alias means. Raises NO_SUCH_RELEASE."""
        found = self._names.get(folded(text))
        if found is None:
            raise NO_SUCH_RELEASE(text=text, line=self.row.key)
        return found

    def put_all(self, entries: Sequence[ReleaseIn]) -> None:
        """Each new release goes before the next one of the entries that is known, else it is the newest.
        Raises ORDER_DIFFERS where known releases stand the other way round."""
        known = [self._names[folded(entry.text)] for entry in entries if folded(entry.text) in self._names]
        for before, after in pairwise(known):
            if self.releases.index(before) > self.releases.index(after):
                raise ORDER_DIFFERS(line=self.row.key, text=after.text, other=before.text)
        for number, entry in enumerate(entries):
            following = (self._names.get(folded(later.text)) for later in entries[number + 1 :])
            self.put(entry, before=next(filter(None, following), None))

    def put(self, given: ReleaseIn, *, before: Release | None = None, whole: bool = False) -> Release:
        """Renew a known release where it stands, or put a new one at its place. Raises ALIAS_TAKEN.

        `whole`: what is left out is cleared; otherwise it stays as it was.
        """
        release = self._names.get(folded(given.text))
        if release is None:
            release = Release(line=self.row, text=given.text.strip(), state="public")
            self.releases.insert(self.releases.index(before) if before else len(self.releases), release)
            self._names[folded(given.text)] = release
        elif folded(release.text) != folded(given.text):
            raise ALIAS_TAKEN(alias=given.text, text=release.text, line=self.row.key)
        fields = {
            "state": given.state or release.state,
            "date": PartialDate.parse(given.date),
            "url": given.url,
            "sha256": given.sha256,
            "size": given.size,
            "notes": words(given.notes),
            "public_note": words(given.public_note),
        }
        for name, value in fields.items():
            if value or whole:
                setattr(release, name, value)
        if given.requires or whole:
            self._required.append((release, given.requires))
        for entry in given.aliases:
            self.call(release, AliasIn(entry) if isinstance(entry, str) else entry)
        return release

    def move(self, release: Release, *, before: Release | None) -> None:
        """Put a known release at another place; None: as the newest."""
        self.releases.remove(release)
        self.releases.insert(self.releases.index(before) if before else len(self.releases), release)

    def call(self, release: Release, given: AliasIn) -> None:
        """Another text for a release. Raises ALIAS_TAKEN when the line knows it as another one."""
        text = folded(given.text)
        other = self._names.setdefault(text, release)
        if other is not release:
            raise ALIAS_TAKEN(alias=given.text, text=other.text, line=self.row.key)
        if text == folded(release.text):
            return
        alias = self._aliases.setdefault(text, ReleaseAlias(line=self.row, text=given.text.strip()))
        alias.release = release
        alias.source = given.source or alias.source

    def uncall(self, text: str) -> Release:
        """Take an alias away; returns the release it meant. Raises NO_SUCH_ALIAS."""
        alias = self._aliases.pop(folded(text), None)
        if alias is None:
            raise NO_SUCH_ALIAS(alias=text, line=self.row.key)
        release = self._names.pop(folded(text))
        alias.delete()
        return release

    def write(self) -> None:
        """Put everything back: places, fields, required releases, aliases. Raises REQUIRES_NEWER."""
        known = [release for release in self.releases if release.pk]
        if any(release.position != place for place, release in enumerate(self.releases, start=1)):
            self.row.releases.update(position=F("position") + STRIDE)
            for place, release in enumerate(self.releases, start=1):
                release.position = place
        Release.objects.bulk_update(known, ["position", *FIELDS])
        Release.objects.bulk_create([release for release in self.releases if not release.pk])
        self._write_required()
        for alias in self._aliases.values():
            alias.release_id = alias.release.pk
        ReleaseAlias.objects.bulk_create(
            self._aliases.values(),
            update_conflicts=True,
            unique_fields=["line", "text"],
            update_fields=["release", "source"],
        )

    def _write_required(self) -> None:
        for release, text in self._required:
            release.requires = self.named(text) if text else None
        for place, release in enumerate(self.releases):
            if release.requires_id is not None:
                required = next(each for each in self.releases if each.pk == release.requires_id)
                if self.releases.index(required) >= place:
                    raise REQUIRES_NEWER(text=release.text, requires=required.text)
        if self._required:
            Release.objects.bulk_update([release for release, _ in self._required], ["requires"])
