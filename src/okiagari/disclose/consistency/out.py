"""What is really out: the files of the public tree, read from the disk, held against what was recorded and
against what was approved.

In: the public tree, the archive's record of it, every published advisory. Out: an `Outcome`, kept. An
advisory whose bytes are those of an earlier check that found nothing is not read again, only hashed.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec

from okiagari.desk.subjects import Subject
from okiagari.disclose import keeping, published, publisher
from okiagari.disclose.archive import recording
from okiagari.disclose.consistency import checking, downloads, files, lists, lives, report
from okiagari.disclose.consistency.downloads import Link
from okiagari.disclose.consistency.files import File
from okiagari.disclose.consistency.report import FieldGaps, Noted
from okiagari.disclose.models import SiteCheck
from okiagari.disclose.rules import content
from okiagari.disclose.site import tree
from okiagari.disclose.site.before import Before
from okiagari.disclose.site.digests import digest
from okiagari.disclose.site.entries import Entry, Site, key_of
from okiagari.disclose.site.naming import slug
from okiagari.disclose.site.version import renderer
from okiagari.plumbing import clock, ledger
from okiagari.problems import Kind, define, gettext_noop

KEPT = 30
EVERY = timedelta(days=1)
STREAM = ("desk", "site")
MISSING = gettext_noop("The file is gone from the public tree.")
CHANGED = gettext_noop("The file is not what was published: its SHA-256 is %(found)s, not %(recorded)s.")
STRANGE = gettext_noop("Nobody published this file.")
MOVED = gettext_noop(
    "The tree still names the address that the site had before %(address)s. It is written anew within a"
    " quarter of an hour."
)
NOT_MADE = gettext_noop("The advisory goes out in this format, and the tree has no such file.")
NOTHING_OUT = define(
    "disclose.nothing_out",
    Kind.NOT_FOUND,
    gettext_noop("Nothing is published yet, so there is nothing to check."),
    gettext_noop("Publish an advisory first."),
)


class OfAdvisory(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one advisory. `bytes_seal`: of everything that was compared, content and files."""

    tracking_id: str
    bytes_seal: str
    fields: list[FieldGaps] = []
    noted: list[Noted] = []

    @property
    def count(self) -> int:
        return sum(each.count for each in self.fields) + len(self.noted)


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """`files`, `read`: how many files were hashed, and read back; `noted`: of single files; `lives`: what the
    files of the whole site say otherwise of how long products are supported; `wrong_links`: download links
    of what is out that do not answer with the file we name."""

    files: int = 0
    read: int = 0
    noted: list[Noted] = []
    lives: list[FieldGaps] = []
    advisories: list[OfAdvisory] = []
    wrong_links: list[str] = []

    @property
    def is_fine(self) -> bool:
        return self.count == 0

    @property
    def count(self) -> int:
        alone = len(self.noted) + sum(each.count for each in self.lives)
        return alone + sum(each.count for each in self.advisories)


def check(subject: Subject, *, asks_links: bool = False) -> SiteCheck:
    """Look at everything that is out, and keep the outcome. Raises NOTHING_OUT, SWITCHED_OFF.

    Where something begins to differ, or agrees again, the ledger says so.
    """
    public = tree.current(publisher.site_folder())
    if public is None:
        raise NOTHING_OUT()
    entries = published.entries(("published",))
    links = downloads.links(each.content for each in entries if not each.is_withdrawn)
    if asks_links:
        downloads.ask(links)
    before = newest()
    outcome = _with_links(look(public, entries, _recorded(public), _earlier(before)), links)
    with ledger.action():
        row = SiteCheck.objects.create(
            at=clock.now(),
            tree=public.folder.name,
            is_fine=outcome.is_fine,
            has_asked_links=asks_links,
            by_id=subject.person_id,
            result=msgspec.to_builtins(outcome),
        )
        old = SiteCheck.objects.order_by("-pk").values_list("pk", flat=True)[KEPT:]
        SiteCheck.objects.filter(pk__in=list(old)).delete()
        if outcome.is_fine != (before is None or before.is_fine):
            verb = "disclose.site_agrees" if outcome.is_fine else "disclose.site_differs"
            facts = {"count": outcome.count, "tree": public.folder.name}
            ledger.append(STREAM, subject=subject, verb=verb, facts=facts)
    return row


def _with_links(outcome: Outcome, links: Sequence[Link]) -> Outcome:
    """As they answered last; where nobody asked them, nothing is known to be wrong."""
    wrong = [each.link.url for each in downloads.answers(links) if each.is_wrong]
    return msgspec.structs.replace(outcome, wrong_links=list(dict.fromkeys(wrong)))


def is_due() -> bool:
    """Has the tree changed since the last look, or did nobody look for a day?"""
    public, last = tree.current(publisher.site_folder()), newest()
    if public is None or not keeping.is_here(public):
        return False  # where the site moved, the tree is written anew first
    return last is None or last.tree != public.folder.name or clock.now() - last.at >= EVERY


def newest() -> SiteCheck | None:
    return SiteCheck.objects.order_by("-pk").first()


def read(row: SiteCheck) -> Outcome:
    return msgspec.convert(row.result, Outcome)


def _recorded(public: Before) -> Mapping[str, str]:
    """SHA-256 by path: as the archive has it, else as the tree itself was written with."""
    found = {path: sha256 for path, sha256 in recording.state().items() if sha256}
    return found or {path: file.sha256 for path, file in public.manifest.files.items()}


def _earlier(row: SiteCheck | None) -> Mapping[str, OfAdvisory]:
    return {each.tracking_id: each for each in read(row).advisories} if row else {}


def look(
    public: Before, entries: Sequence[Entry], recorded: Mapping[str, str], earlier: Mapping[str, OfAdvisory]
) -> Outcome:
    """Every byte against its hash, then every advisory whose bytes nobody looked at before."""
    hashes = {path: digest(f"{public.folder}/{path}") for path in recorded}
    site = publisher.site()
    noted = [*_bytes(hashes, recorded), *_strange(public.folder, recorded)]
    if not keeping.is_here(public):
        moved = Noted(code="moved", text=MOVED, label="", path=tree.CURRENT, parameters={"address": site.url})
        return Outcome(files=len(recorded), noted=[*noted, moved])
    noted += _lists(public, entries, site, hashes)
    known = [_of_advisory(each, site, public, hashes, earlier) for each in entries]
    return Outcome(
        files=len(recorded),
        read=sum(count for _, count in known),
        noted=noted,
        lives=_lives(public, entries, publisher.whole_site()),
        advisories=[each for each, _ in known],
    )


def _lists(
    public: Before, entries: Sequence[Entry], site: Site, hashes: Mapping[str, str]
) -> Iterator[Noted]:
    """Of a tree that holds what is published; while one more is going out, it is looked at right after."""
    out = {f"{each.content.tracking_id}#{each.editions[-1].number}" for each in entries}
    if out == set(public.manifest.publications):
        yield from lists.check(public.folder, entries, site.url, hashes)


def _lives(public: Before, entries: Sequence[Entry], site: Site) -> list[FieldGaps]:
    """Against the catalogue of today; a tree that was written with another is soon written anew."""
    is_of_today = public.manifest.catalogue == content.sha256(site.catalogue)
    if not is_of_today or public.manifest.renderer != renderer():
        return []
    return report.by_field(lives.differences(public.folder, entries, site))


def _bytes(hashes: Mapping[str, str], recorded: Mapping[str, str]) -> Iterator[Noted]:
    for path, sha256 in recorded.items():
        found = hashes[path]
        if not found:
            yield Noted(code="missing", text=MISSING, label="", path=path)
        elif found != sha256:
            told = {"found": found, "recorded": sha256}
            yield Noted(code="changed", text=CHANGED, label="", path=path, parameters=told)


def _strange(folder: Path, recorded: Mapping[str, str]) -> Iterator[Noted]:
    for each in sorted(folder.rglob("*")):
        path = each.relative_to(folder).as_posix()
        if each.is_file() and path not in recorded:
            yield Noted(code="strange", text=STRANGE, label="", path=path)


def _of_advisory(
    entry: Entry, site: Site, public: Before, hashes: Mapping[str, str], earlier: Mapping[str, OfAdvisory]
) -> tuple[OfAdvisory, int]:
    """What was found of one advisory, and how many files were read for it."""
    tracking_id = entry.content.tracking_id
    seal = _seal(entry, site, hashes)
    known = earlier.get(tracking_id)
    if known is not None and known.count == 0 and known.bytes_seal == seal:
        return known, 0
    made = [each for each in files.finished(entry, site) if each.format != "openeox"]  # see `_lives`
    out = [(each, _out(each, public.folder)) for each in made]
    here = [replace(each, content=data) for each, data in out if data is not None]
    found = checking.check(entry, site, here, set(hashes))
    lost = [
        Noted(code="not_made", text=NOT_MADE, label=each.label, path=each.path)
        for each, data in out
        if data is None and public.manifest.renderer == renderer()
    ]
    noted = [*lost, *(each for each in found.noted if each.is_error)]
    return (
        OfAdvisory(tracking_id=tracking_id, bytes_seal=seal, fields=found.fields, noted=noted),
        len(here),
    )


def _seal(entry: Entry, site: Site, hashes: Mapping[str, str]) -> str:
    """The same while neither what was approved nor a byte of its files is another."""
    own = {f"models/{slug(each.model)}.json" for each in entry.content.products}
    listed = sorted(f"{path} {each}" for path, each in hashes.items() if entry.name in path or path in own)
    parts = [key_of(entry, site), renderer(), *listed]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _out(file: File, folder: Path) -> bytes | None:
    try:
        return (folder / file.path).read_bytes()
    except OSError:
        return None
