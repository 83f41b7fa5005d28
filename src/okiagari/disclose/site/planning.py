"""From entries to the files of a tree: rendered anew, or used again from the tree before.

In: entries and the site. Out: path -> bytes, or the folder of the tree whose file is used again; everything
that is new checked before anybody sees it. Only what changed is rendered; the lists are put together anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from okiagari.disclose.rules.content import sha256
from okiagari.disclose.site import (
    feed,
    formats,
    listing,
    models,
    pages,
    pictures,
    provider,
    rendering,
    verify,
    written,
)
from okiagari.disclose.site.before import Before, Trees
from okiagari.disclose.site.csaf_document import document_bytes
from okiagari.disclose.site.entries import Entry, Site, key_of, without_catalogue
from okiagari.disclose.site.lines import Lines, lines_of
from okiagari.disclose.site.manifest import File, Manifest, digest
from okiagari.disclose.site.parts import Part, key_from
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
class Plan:
    """A tree to be written: bytes, or the folder of an older tree that has the file under the same name.

    `ground`: the older tree whose place the new one takes; what is shared with it is there already.
    """

    contents: Mapping[str, bytes | Path]
    manifest: Manifest
    ground: Path | None = None

    @property
    def shared(self) -> int:
        return sum(isinstance(each, Path) for each in self.contents.values())


def plan(
    entries: Sequence[Entry],
    site: Site,
    before: Before | None = None,
    signing: provider.Signing | None = None,
    ground: Before | None = None,
) -> Plan:
    """Every file of the tree. Raises BROKEN_TREE where a page, link or document is not right."""
    ordered = sorted(entries, key=lambda entry: (entry.last_at, entry.name), reverse=True)
    keys = [key_of(entry, site) for entry in ordered]
    making = _Making(Trees(ground, before))
    making.trees.look_over()
    making.parts(_parts(ordered, keys, site))
    lines, fresh = making.lines(ordered, keys, site)
    for language in LANGUAGES:
        # what the other lines say was looked over when they were drawn
        making.file(
            f"{language}/index.html",
            listing.listing_bytes([each.listed[language] for each in lines], site, language),
            listing.listing_bytes([each.listed[language] for each in fresh], site, language),
        )
        making.file(f"{language}/feed.xml", feed.feed_bytes(ordered, lines, site, language))
    for path, data in (*formats.lifecycle.files(ordered, site), *models.calendars(ordered, site)):
        making.file(path, data)
    making.pictures(ordered, site)
    making.check_links()
    making.provider(list(zip(ordered, lines, strict=True)), site, signing or provider.Signing())
    published = [f"{entry.content.tracking_id}#{entry.editions[-1].number}" for entry in ordered]
    said = dict(zip(keys, lines, strict=True))
    now = clock.now().isoformat()
    manifest = Manifest(renderer(), now, published, making.files, said, sha256(site.catalogue))
    return Plan(making.contents, manifest, ground.folder if ground else None)


@dataclass(frozen=True)
class _Making:
    """The tree as far as it is planned. `links`: the places that new pages link to."""

    trees: Trees
    contents: dict[str, bytes | Path] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def parts(self, parts: Iterable[Part]) -> None:
        """Each as it was before, or made anew: those first that never were, while the others are compared."""
        before: list[Part] = []
        fresh: list[Part] = []
        for part in parts:
            (before if self.trees.has(part.key) else fresh).append(part)
        self._make(fresh)
        self._make([part for part in before if not self._keep(part)])

    def _keep(self, part: Part) -> bool:
        """As it was, where nobody touched any of it since."""
        kept = self.trees.part(part.key)
        for path, (folder, file) in (kept or {}).items():
            self.contents[path], self.files[path] = folder, file
        return kept is not None

    def _make(self, parts: Sequence[Part]) -> None:
        for part, made in rendering.made(parts):
            for path, data in made.files.items():
                self._put(path, data, part.key)
            self.links.update(made.links)

    def file(self, path: str, data: bytes, looked_at: bytes | None = None) -> None:
        """One that is made at every publication. `looked_at`: what of it is to be looked over."""
        self.links[path] = verify.look(path, data if looked_at is None else looked_at)
        self._put(path, data)

    def _put(self, path: str, data: bytes, key: str = "") -> None:
        """New bytes, or those of before where they are the same."""
        sha256 = digest(data)
        same = self.trees.saying(path, sha256)
        self.contents[path], self.files[path] = same[0] if same else data, File(sha256, key)

    def lines(
        self, entries: Sequence[Entry], keys: Sequence[str], site: Site
    ) -> tuple[list[Lines], list[Lines]]:
        """What the lists say of each entry, and of these what is new."""
        every: list[Lines] = []
        fresh: list[Lines] = []
        for entry, key in zip(entries, keys, strict=True):
            known = self.trees.lines(key)
            every.append(known or lines_of(entry, site))
            fresh.extend(every[-1:] if known is None else ())
        return every, fresh

    def pictures(self, entries: Sequence[Entry], site: Site) -> None:
        """Those that the pages show, of before or of what is kept. Raises BROKEN_TREE where one is lost."""
        for path, digest_ in pictures.wanted(entries, site).items():
            same = self.trees.saying(path, digest_)
            self.contents[path] = same[0] if same else pictures.read(path, digest_)
            self.files[path] = File(digest_)

    def check_links(self) -> None:
        for path, places in self.links.items():
            verify.check_links(path, places, self.contents.keys())

    def provider(self, said: Sequence[tuple[Entry, Lines]], site: Site, signing: provider.Signing) -> None:
        signed = provider.Signed(signing, self.trees)
        for path, data, file in list(provider.extras(self.contents, self.files, said, site, signed)):
            same = self.trees.saying(path, file.sha256) if isinstance(data, bytes) else None
            self.contents[path], self.files[path] = same[0] if same else data, file


def _parts(entries: Sequence[Entry], keys: Sequence[str], site: Site) -> Iterator[Part]:
    """What is made from what, and how: each advisory, each model that one of them names, pages of all."""
    alone = without_catalogue(site)
    for entry, key in zip(entries, keys, strict=True):
        yield Part(key, partial(_rendered, entry, alone))
    yield Part(
        key_from("frame", site.generator, repr(sorted(site.publisher.name.items()))), partial(_frame, site)
    )
    yield from models.parts(entries, keys, site)


def _rendered(entry: Entry, site: Site) -> Mapping[str, bytes]:
    """The page and the CSAF document in every language, and every other format."""
    made = formats.published(entry, site)
    rendered = {each.path: each.content for each in made}
    linked = (*made, *formats.lifecycle.index([entry], site))
    for language in entry.content.languages:
        rendered[entry.document(language)] = document_bytes(entry, site, language)
        rendered[entry.page(language)] = pages.page_bytes(entry, site, language, linked)
    rendered.update(written.framed(entry, site))
    return rendered


def _frame(site: Site) -> Mapping[str, bytes]:
    """What every page needs, and the page that asks for the language."""
    return {"public.css": STYLE.read_bytes(), "index.html": listing.chooser_bytes(site)}
