"""What a tree was made from: kept beside it (never in it), read to share files and to recover.

`publications` names each edition in the tree as ``tracking id#number``: that is how a start after a
crash knows on which side of the switch it happened. `catalogue`: digest of the products its pages name by
themselves.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

import msgspec

from okiagari.disclose.site.lines import Lines


class File(msgspec.Struct, frozen=True, gc=False):
    """`key`: what it was made from, as a part of the site (see `parts`), or beside a document (see
    `provider.companions`); "" for lists, which every publication changes."""

    sha256: str
    key: str = ""

    @property
    def is_part(self) -> bool:
        return bool(self.key) and ":" not in self.key


class Manifest(msgspec.Struct, frozen=True):
    """`lines`: what the lists say of each entry, by its key."""

    renderer: str
    made_at: str
    publications: list[str]
    files: dict[str, File]
    lines: dict[str, Lines] = {}
    catalogue: str = ""


def read(path: Path) -> Manifest | None:
    """The manifest, or None where there is none that can be read: then nothing is shared."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, msgspec.DecodeError):
        return None


@lru_cache(maxsize=3)
def _read(path: Path, written_at: int) -> Manifest:
    """One publication asks for the same two or three again and again; a manifest is written once."""
    return msgspec.json.decode(path.read_bytes(), type=Manifest)


def to_bytes(manifest: Manifest) -> bytes:
    return msgspec.json.encode(manifest, order="deterministic")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
