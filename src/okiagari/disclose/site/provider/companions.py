"""Hashes and signatures beside each document, made anew only where the document or the key is another.

A companion's `key` in the manifest names the bytes it was made from; a signature's also the key that made it.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from okiagari.disclose.site.before import Trees
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
class Signed:
    """Who signs, and the trees before, whose hashes and signatures are used again where they still hold."""

    by: Signing = Signing()
    trees: Trees = field(default_factory=Trees)


Made = tuple[str, bytes | Path, File]


def companions(path: str, data: bytes | Path, sha256: str, signed: Signed) -> Iterator[Made]:
    """The files beside one document: path, bytes or where the old file is, its line in the manifest."""
    by = signed.by
    wanted = [(name, f"of:{sha256}") for name in HASHES]
    if by.sign is not None:
        wanted.append((SIGNATURE, f"by:{by.key}:{sha256}"))
    for name, key in wanted:
        beside = f"{path}.{name}"
        same = signed.trees.made_from(beside, key)
        if same is not None:
            yield beside, *same
        else:
            made = _made(name, path, data, by)
            yield beside, made, File(digest(made), key)


def _made(name: str, path: str, data: bytes | Path, by: Signing) -> bytes:
    """A hash as ``sha256sum -c`` reads it (OASIS CSAF 2.0, 7.1.18), or a signature."""
    content = (data / path).read_bytes() if isinstance(data, Path) else data
    if name == SIGNATURE:
        assert by.sign is not None
        return by.sign(content)
    return f"{hashlib.new(name, content).hexdigest()}  {PurePosixPath(path).name}\n".encode()
