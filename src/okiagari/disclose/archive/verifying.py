"""Proves the archive: bytes by their hash, rows by the chain of roots, roots by the ledger, the site by both.

In: nothing but what lies on the disk and in the database. Out: findings; none is the proof. Changes nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from okiagari.disclose.archive import blobs, rules
from okiagari.disclose.archive.models import PrunedContent, PublishedFile, PublishedTree
from okiagari.disclose.archive.recording import STREAM, state
from okiagari.disclose.site import tree
from okiagari.plumbing import ledger
from okiagari.problems import gettext_noop

MISSING = "missing"
DIFFERENT = "different"
ROOT = "root"
LEDGER = "ledger"
SITE = "site"
FINDINGS = {
    MISSING: gettext_noop("The bytes of %(path)s (%(sha256)s) are not in the archive."),
    DIFFERENT: gettext_noop("The bytes of %(path)s (%(sha256)s) were changed in the archive."),
    ROOT: gettext_noop("The rows of the tree %(path)s were changed: they do not make its root."),
    LEDGER: gettext_noop("The ledger knows nothing of the tree %(path)s, or another root of it."),
    SITE: gettext_noop("%(path)s is public and is not what the archive says."),
}


@dataclass(frozen=True)
class Finding:
    """`path`: of a file, or the name of a tree."""

    code: str
    path: str
    sha256: str = ""

    @property
    def words(self) -> str:
        return FINDINGS[self.code] % {"path": self.path, "sha256": self.sha256}


@dataclass(frozen=True)
class Verdict:
    trees: int
    contents: int
    bytes: int
    findings: tuple[Finding, ...]


def nobody_looks(done: int, total: int) -> None:
    """For who needs no progress."""


def verify(site: Path, progress: Callable[[int, int], None] = nobody_looks) -> Verdict:
    """`progress`: called with how many contents are checked, of how many."""
    contents = _contents()
    findings: list[Finding] = []
    size = 0
    for number, (sha256, path) in enumerate(sorted(contents.items()), 1):
        place = blobs.path_of(sha256)
        if not place.is_file():
            findings.append(Finding(MISSING, path, sha256))
        elif blobs.digest(place) != sha256:
            findings.append(Finding(DIFFERENT, path, sha256))
        else:
            size += place.stat().st_size
        progress(number, len(contents))
    rows = list(PublishedTree.objects.filter(state="out").order_by("pk"))
    findings += [*_roots(rows), *_site(site)]
    return Verdict(len(rows), len(contents), size, tuple(findings))


def _contents() -> dict[str, str]:
    """Everything that went out and was not removed: sha256 -> one path of it."""
    rows = PublishedFile.objects.filter(tree__state="out").exclude(sha256="")
    found = dict(rows.values_list("sha256", "path").iterator())
    for sha256 in PrunedContent.objects.values_list("sha256", flat=True):
        found.pop(sha256, None)
    return found


def _roots(rows: list[PublishedTree]) -> Iterator[Finding]:
    lines = ledger.entries([STREAM])
    told = {(line.facts["tree"], line.facts["root"]) for line in lines if line.verb == "disclose.switched"}
    before = rules.FIRST
    for row in rows:
        changes = dict(row.changes.values_list("path", "sha256"))
        if rules.root(before, changes) != row.root:
            yield Finding(ROOT, row.name)
        if (row.name, row.root) not in told:
            yield Finding(LEDGER, row.name)
        before = row.root
    known = {row.name for row in rows}
    yield from (Finding(ROOT, name) for name in sorted({name for name, _ in told} - known))


def _site(folder: Path) -> Iterator[Finding]:
    """What readers see now, file by file."""
    public = tree.current(folder)
    if public is None:
        return
    said = state()
    lying = {
        str(each.relative_to(public.folder)): each for each in public.folder.rglob("*") if each.is_file()
    }
    for path in sorted(said.keys() | lying.keys()):
        place = lying.get(path)
        if place is None or blobs.digest(place) != said.get(path):
            yield Finding(SITE, path)
