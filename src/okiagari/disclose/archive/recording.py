"""Writes the archive: a tree is prepared before the switch, and is out after it.

In: a tree on the disk with its manifest, under the lock of the site's folder. Out: bytes kept, rows, one line
in the ledger. Nothing can be out that is not here: the switch happens only after `prepare`. What was
prepared and never switched to is taken back by `settle`, at the next switch or start.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.archive import blobs, rules
from okiagari.disclose.archive.models import PublishedFile, PublishedTree
from okiagari.disclose.site import tree
from okiagari.disclose.site.manifest import Manifest
from okiagari.disclose.site.writer import Writer
from okiagari.plumbing import clock, ledger

STREAM = ("site", "published")
_MANY = 2000


def adopt(folder: Path, writer: Writer) -> None:
    """Keep what is out already, where the archive is younger than the site."""
    if PublishedTree.objects.exists():
        return
    public = tree.current(folder)
    if public is not None:
        made_at = datetime.fromisoformat(public.manifest.made_at)
        _add(public.folder, public.manifest, {}, writer, at=made_at)


def prepare(folder: Path, fresh: Path, manifest: Manifest, writer: Writer) -> None:
    """Keep everything a tree says that was not said before. After `settle`."""
    last, public = _newest(), tree.current(folder)
    is_last = public is not None and last is not None and public.folder.name == last.name
    before = _said_by(public.manifest) if public is not None and is_last else state()
    _add(fresh, manifest, before, writer, at=clock.now())


def _newest() -> PublishedTree | None:
    return PublishedTree.objects.filter(state="out").order_by("-pk").first()


def _said_by(manifest: Manifest) -> dict[str, str]:
    return {path: file.sha256 for path, file in manifest.files.items()}


def state() -> dict[str, str]:
    """What is out by the rows: path -> sha256."""
    rows = PublishedFile.objects.filter(tree__state="out").order_by("tree_id")
    found = dict(rows.values_list("path", "sha256").iterator())
    return {path: sha256 for path, sha256 in found.items() if sha256}


def _add(place: Path, manifest: Manifest, before: Mapping[str, str], writer: Writer, *, at: datetime) -> None:
    after = _said_by(manifest)
    fresh = {path: sha256 for path, sha256 in after.items() if before.get(path) != sha256}
    blobs.keep(place, fresh.items(), writer)
    changes = {**fresh, **dict.fromkeys(before.keys() - after.keys(), "")}
    sizes = {path: (place / path).stat().st_size for path in fresh}
    last = _newest()
    with ledger.action():
        row = PublishedTree.objects.create(
            name=place.name,
            at=at,
            brought=_brought(manifest.publications),
            renderer=manifest.renderer,
            files=len(after),
            root=rules.root(last.root if last else rules.FIRST, changes),
        )
        PublishedFile.objects.bulk_create(
            (
                PublishedFile(tree=row, path=path, sha256=sha256, size=sizes.get(path, 0))
                for path, sha256 in sorted(changes.items())
            ),
            batch_size=_MANY,
        )


def _brought(publications: Sequence[str]) -> list[str]:
    """Those of the editions in a tree that no tree before it brought."""
    known: set[str] = set()
    for brought in PublishedTree.objects.filter(state="out").values_list("brought", flat=True):
        known.update(brought or ())
    return [each for each in publications if each not in known]


def settle(folder: Path) -> list[PublishedTree]:
    """Make the rows say what the disk says: the public tree is out; one that never was is taken back.

    Returns what is out since; inside the caller's transaction, where there is one.
    """
    link = folder / tree.CURRENT
    public = link.readlink().name if link.is_symlink() else ""
    out = []
    for row in PublishedTree.objects.filter(state="prepared").order_by("pk"):
        if row.name == public:
            _mark(row)
            out.append(row)
        else:
            _take_back(row)
    return out


def _mark(row: PublishedTree) -> None:
    with ledger.action():
        row.state = "out"
        row.save(update_fields=["state"])
        facts = {
            "tree": row.name,
            "root": row.root,
            "files": row.files,
            "changed": row.changes.count(),
            "brought": row.brought,
        }
        ledger.append(STREAM, subject=SYSTEM, verb="disclose.switched", facts=facts)


def _take_back(row: PublishedTree) -> None:
    """It never went out; its bytes go as well, unless something that did says the same."""
    hashes = set(row.changes.exclude(sha256="").values_list("sha256", flat=True))
    with ledger.action():
        row.changes.all().delete()
        row.delete()
    blobs.remove(hashes - _known(hashes))


def _known(hashes: set[str]) -> set[str]:
    """Those of the hashes that a row speaks of."""
    found: set[str] = set()
    for part in _parts(sorted(hashes)):
        found.update(PublishedFile.objects.filter(sha256__in=part).values_list("sha256", flat=True))
    return found


def _parts(hashes: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(hashes)
    while part := list(islice(rest, 500)):
        yield part


def collect_orphans(folder: Path) -> int:
    """Remove bytes that no row speaks of: what a kill left. Returns how many."""
    with tree.alone(folder):
        blobs.sweep()
        lying = set(blobs.kept())
        orphans = lying - _known(lying)
        blobs.remove(orphans)
    return len(orphans)
