"""Own addresses in finished files lead to files of the tree.

In: finished files and the paths of the tree they go into. Out: a finding per address that leads nowhere. An
identifier that looks like an address and names a thing (OpenVEX `@id`) is none.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from okiagari.disclose.consistency.files import File
from okiagari.disclose.consistency.findings import Finding
from okiagari.disclose.consistency.readers import dom
from okiagari.problems import gettext_noop

NOWHERE = gettext_noop("%(address)s leads nowhere: there is no such file on the site.")
_ADDRESS = re.compile(rb"https?://[^\s\"'<>\\`]+")
_IDENTIFIER = re.compile(rb'"@id": ?"$')


def check(files: Sequence[File], url: str, names: AbstractSet[str]) -> Iterator[Finding]:
    """`url`: of the site; `names`: every path of the tree."""
    for file in files:
        found = dict.fromkeys((*_whole(file, url), *_relative(file)))
        for line, address, path in found:
            if path not in names:
                told = {"address": address}
                yield Finding("address", NOWHERE, file.label, file.path, f"line {line}", told)


def _whole(file: File, url: str) -> Iterator[tuple[int, str, str]]:
    """Addresses that begin with that of the site: line, address, path in the tree."""
    start = url.encode() + b"/"
    for found in _ADDRESS.finditer(file.content):
        address = found[0]
        if not address.startswith(start) or _names_a_thing(file, found.start()):
            continue
        text = address.decode(errors="replace").rstrip(").,;")
        path = unquote(urlsplit(text[len(url) + 1 :]).path)
        yield file.content.count(b"\n", 0, found.start()) + 1, text, _file(path)


def _names_a_thing(file: File, place: int) -> bool:
    return file.format == "openvex" and bool(_IDENTIFIER.search(file.content[max(0, place - 8) : place]))


def _relative(file: File) -> Iterator[tuple[int, str, str]]:
    """Links of a page within the site."""
    if file.format != "page":
        return
    for node in dom.parse(file.content.decode()).all():
        for name in ("href", "src"):
            parts = urlsplit(node.attributes.get(name, ""))
            if parts.path and not parts.scheme and not parts.netloc:
                path = normpath(join(dirname(file.path), unquote(parts.path)))
                yield node.line, parts.path, _file(path)


def _file(path: str) -> str:
    """A folder is its index."""
    return f"{path}index.html" if not path or path.endswith("/") else path
