"""The pictures of the site: files whose name is their content, so an address never shows anything else.

In: entries and the site. Out: which pictures the pages show, each once, and their bytes.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from okiagari.disclose import problems
from okiagari.disclose.rules.content import Lookup
from okiagari.disclose.site.entries import Entry, Site
from okiagari.plumbing import files

FOLDER = "pictures"


def name(sha256: str, kind: str) -> str:
    return f"{sha256}.{kind}"


def wanted(entries: Iterable[Entry], site: Site) -> Mapping[str, str]:
    """SHA-256 by path in the tree."""
    found: dict[str, str] = {}
    for lookups in (*(entry.content.lookups for entry in entries), site.catalogue.lookups):
        found.update({f"{FOLDER}/{name(sha256, kind)}": sha256 for sha256, kind in _of(lookups)})
    return dict(sorted(found.items()))


def _of(lookups: Iterable[Lookup]) -> Iterator[tuple[str, str]]:
    return ((step.picture, step.kind) for each in lookups for step in each.steps if step.picture)


def read(path: str, sha256: str) -> bytes:
    """From what is kept. Raises BROKEN_TREE where it is lost."""
    try:
        content = files.read(sha256)
    except OSError as error:
        raise problems.BROKEN_TREE(place=path, why=str(error.strerror)) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise problems.BROKEN_TREE(place=path, why="SHA-256")
    return content
