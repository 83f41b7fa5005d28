"""The bytes of the archive: files named by their SHA-256 in the data folder, the same as those of the tree.

A file gets its name only when it is whole. The disk is touched through the writer of the tree, so that a
test can cut it off anywhere.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from okiagari.disclose.archive import problems
from okiagari.disclose.site.writer import Writer

_PIECE = 1 << 20


def folder() -> Path:
    return Path(settings.ENVIRONMENT.data) / "archive"


def path_of(sha256: str) -> Path:
    return folder() / sha256[:2] / sha256


def digest(path: Path) -> str:
    """The SHA-256 of a file as it lies on the disk. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(tree: Path, files: Iterable[tuple[str, str]], writer: Writer) -> None:
    """Keep these files of a tree (path, sha256), and see that each is what it says. Raises DIFFERS."""
    touched = set()
    for path, sha256 in files:
        place = path_of(sha256)
        if not place.is_file() or place.stat().st_size != (tree / path).stat().st_size:
            incoming = folder() / f"incoming-{secrets.token_hex(8)}"
            writer.link(tree / path, incoming)
            place.parent.mkdir(parents=True, exist_ok=True)
            incoming.replace(place)
            touched.add(place.parent)
        if digest(place) != sha256:
            raise problems.DIFFERS(path=path)
    if touched:
        writer.settle((), [*sorted(touched), folder()])


def kept() -> Iterator[str]:
    """The SHA-256 of everything that lies in the archive."""
    yield from (path.name for path in folder().glob("??/*"))


def pieces(sha256: str) -> Iterator[bytes]:
    with path_of(sha256).open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def remove(hashes: Iterable[str]) -> None:
    for sha256 in hashes:
        path_of(sha256).unlink(missing_ok=True)


def sweep() -> None:
    """Remove what a kill left half-way. Only while nobody writes."""
    for path in folder().glob("incoming-*"):
        path.unlink(missing_ok=True)
