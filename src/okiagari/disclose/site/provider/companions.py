"""Hashes and signatures beside each document, made anew only where the document or the key is another.

A companion's `key` in the manifest names the bytes it was made from; a signature's also the key that made it.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from okiagari.disclose.site.manifest import File, digest
from okiagari.standards.openpgp import Key
from okiagari.standards.provider.layout import HASHES, SIGNATURE


@dataclass(frozen=True)
class Signing:
    """Who signs: `listed` are the public keys to show, `key` the fingerprint of the one that signs, or ""."""

    listed: tuple[Key, ...] = ()
    key: str = ""
    sign: Callable[[bytes], bytes] | None = None
    sign_text: Callable[[bytes], bytes] | None = None
    """Puts a signature around a text; None where the key is held elsewhere and nothing there can."""


@dataclass(frozen=True)
class Old:
    """The tree before: its folder, and what its files were made from."""

    folder: Path
    files: Mapping[str, File]

    def same(self, path: str, key: str) -> tuple[Path, File] | None:
        """The file of that name, if it was made from the same and nobody touched it."""
        known, place = self.files.get(path), self.folder / path
        if known is None or known.key != key or not place.is_file():
            return None
        return (place, known) if digest(place.read_bytes()) == known.sha256 else None


@dataclass(frozen=True)
class Signed:
    """Who signs, and the tree before, whose hashes and signatures are used again where they still hold."""

    by: Signing = Signing()
    old: Old | None = None


Made = tuple[str, bytes | Path, File]


def companions(path: str, data: bytes | Path, sha256: str, signed: Signed) -> Iterator[Made]:
    """The files beside one document: path, bytes or the old file, its line in the manifest."""
    signing, old = signed.by, signed.old
    wanted = [(f"{path}.{name}", f"of:{sha256}", _hash(name, path, data)) for name in HASHES]
    if signing.sign is not None:
        wanted.append((f"{path}.{SIGNATURE}", f"by:{signing.key}:{sha256}", _signature(signing.sign, data)))
    for beside, key, make in wanted:
        same = old.same(beside, key) if old else None
        if same is not None:
            yield beside, *same
        else:
            made = make()
            yield beside, made, File(digest(made), key)


def _hash(name: str, path: str, data: bytes | Path) -> Callable[[], bytes]:
    """As ``sha256sum -c`` reads it (OASIS CSAF 2.0, 7.1.18)."""

    def make() -> bytes:
        return f"{hashlib.new(name, _bytes(data)).hexdigest()}  {PurePosixPath(path).name}\n".encode()

    return make


def _signature(sign: Callable[[bytes], bytes], data: bytes | Path) -> Callable[[], bytes]:
    return lambda: sign(_bytes(data))


def _bytes(data: bytes | Path) -> bytes:
    return data.read_bytes() if isinstance(data, Path) else data
