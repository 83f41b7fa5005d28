"""From entries to the files of a tree: rendered anew, or used again from the tree before.

In: entries and the site. Out: path -> bytes or the file to link to, checked before anybody sees it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from okiagari.disclose.rules.content import sha256
from okiagari.disclose.site import feed, formats, listing, models, pages, pictures, provider, verify, written
from okiagari.disclose.site.csaf_document import document_bytes
from okiagari.disclose.site.entries import Entry, Site, key_of
from okiagari.disclose.site.manifest import File, Manifest, digest
from okiagari.disclose.site.version import STYLE, renderer
from okiagari.plumbing import clock
from okiagari.standards.localtext import LANGUAGES


@dataclass(frozen=True)
class BuiltSite:
    """A tree that was written: where, how many files, how many of them shared with the one before."""

    folder: str
    files: int
    shared: int
    advisories: int
    renderer: str


@dataclass(frozen=True)
class Before:
    """The tree that is public now, to share files with."""

    folder: Path
    manifest: Manifest


@dataclass(frozen=True)
class Plan:
    """A tree to be written: bytes, or a file of the old tree."""

    contents: Mapping[str, bytes | Path]
    manifest: Manifest

    @property
    def shared(self) -> int:
        return sum(isinstance(each, Path) for each in self.contents.values())


def plan(
    entries: Sequence[Entry],
    site: Site,
    before: Before | None = None,
    signed: provider.Signed | None = None,
) -> Plan:
    """Every file of the tree. Raises BROKEN_TREE where a page, link or document is not right."""
    ordered = sorted(entries, key=lambda entry: (entry.last_at, entry.name), reverse=True)
    old = _by_key(before)
    contents: dict[str, bytes | Path] = {}
    files: dict[str, File] = {}
    for key, make in _parts(ordered, site):
        kept = _kept(before, old.get(key, ())) if before else None
        for path, data in (kept or make()).items():
            contents[path] = data
            files[path] = before.manifest.files[path] if before and kept else File(_digest(data), key)
    for path, page in _of_all(ordered, site):
        contents[path] = page
        files[path] = File(digest(page))
    for path, picture in pictures.of_tree(ordered, site, before.folder if before else None):
        contents[path], files[path] = picture, File(_digest(picture))
    verify.check({path: data for path, data in contents.items() if isinstance(data, bytes)}, set(contents))
    beside = provider.extras(contents, files, ordered, site, signed or provider.Signed())
    for path, data, file in list(beside):
        contents[path], files[path] = data, file
    catalogue = sha256(site.catalogue)
    published = [f"{entry.content.tracking_id}#{entry.editions[-1].number}" for entry in ordered]
    manifest = Manifest(renderer(), clock.now().isoformat(), published, files, catalogue)
    return Plan(contents, manifest)


def _digest(data: bytes | Path) -> str:
    return digest(data.read_bytes() if isinstance(data, Path) else data)


Make = Callable[[], Mapping[str, bytes | Path]]


def _parts(entries: Sequence[Entry], site: Site) -> Iterator[tuple[str, Make]]:
    """What files are made from, and how: each advisory, then each model that one of them names."""
    keys = [key_of(entry, site) for entry in entries]
    for entry, key in zip(entries, keys, strict=True):
        yield key, partial(_rendered, entry, site)
    for group in models.groups(entries, keys, site):
        yield group.key, group.make


def _rendered(entry: Entry, site: Site) -> Mapping[str, bytes | Path]:
    """The page and the CSAF document in every language, and every other format."""
    made = formats.published(entry, site)
    rendered: dict[str, bytes | Path] = {each.path: each.content for each in made}
    linked = (*made, *formats.lifecycle.index([entry], site))
    for language in entry.content.languages:
        rendered[entry.document(language)] = document_bytes(entry, site, language)
        rendered[entry.page(language)] = pages.page_bytes(entry, site, language, linked)
    rendered.update(written.framed(entry, site))
    return rendered


def _by_key(before: Before | None) -> Mapping[str, list[str]]:
    """The files of the old tree by what they were made from."""
    found: dict[str, list[str]] = {}
    for path, file in before.manifest.files.items() if before else ():
        if file.key:
            found.setdefault(file.key, []).append(path)
    return found


def _kept(before: Before, paths: Sequence[str]) -> Mapping[str, bytes | Path] | None:
    """The old files of an entry, if there are any and none was touched since."""
    kept: dict[str, bytes | Path] = {}
    for path in paths:
        place = before.folder / path
        if not place.is_file() or _digest(place) != before.manifest.files[path].sha256:
            return None
        kept[path] = place
    return kept or None


def _of_all(entries: Sequence[Entry], site: Site) -> Iterator[tuple[str, bytes]]:
    yield "public.css", STYLE.read_bytes()
    yield "index.html", listing.chooser_bytes(site)
    for language in LANGUAGES:
        yield f"{language}/index.html", listing.listing_bytes(entries, site, language)
        yield f"{language}/feed.xml", feed.feed_bytes(entries, site, language)
    yield from formats.lifecycle.files(entries, site)
    yield from models.of_all(entries, site)
