"""Looks over a tree before anybody sees it: documents valid, links lead somewhere, nothing that runs.

In: the files that were rendered anew, and the names of all. Out: nothing, or BROKEN_TREE with the
place. Shared files were looked over when they were made, and their digests are compared again.
"""

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from okiagari.disclose import problems
from okiagari.standards import csaf

OUTSIDE = ("http", "https", "mailto")


def check(fresh: Mapping[str, bytes], names: AbstractSet[str]) -> None:
    """Raises BROKEN_TREE at the first thing that is not right."""
    for path, data in fresh.items():
        if path.endswith(".html"):
            _check_page(path, data, names)
        elif path.endswith(".json"):
            _check_document(path, data)
        elif path.endswith(".xml"):
            _check_feed(path, data)


def _check_document(path: str, data: bytes) -> None:
    errors = [each for each in csaf.validate(json.loads(data)) if each.severity is csaf.Severity.ERROR]
    if errors:
        first = errors[0]
        raise problems.BROKEN_TREE(place=f"{path} {first.location}", why=f"{first.test}: {first.message}")


def _check_feed(path: str, data: bytes) -> None:
    try:
        expat.ParserCreate().Parse(data, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise problems.BROKEN_TREE(place=path, why=str(error)) from None


def _check_page(path: str, data: bytes, names: AbstractSet[str]) -> None:
    links = _Links()
    links.feed(data.decode())
    links.close()
    if links.wrong:
        raise problems.BROKEN_TREE(place=path, why=links.wrong[0])
    for href in links.found:
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            if parts.scheme not in OUTSIDE:
                raise problems.BROKEN_TREE(place=path, why=href)
            continue
        if parts.path:
            place = normpath(join(dirname(path), unquote(parts.path)))
            if place not in names:
                raise problems.BROKEN_TREE(place=path, why=href)
        elif parts.fragment and unquote(parts.fragment) not in links.ids:
            raise problems.BROKEN_TREE(place=path, why=href)


class _Links(HTMLParser):
    """Collects addresses and ids; a script, a handler or a frame is wrong by itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "base", "form"}:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.wrong.append(f"<{tag} {name}>")
            elif name in {"href", "src"} and value is not None:
                self.found.append(value.strip())
            elif name == "id" and value:
                self.ids.add(value)
