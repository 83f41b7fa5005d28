"""Looks over a tree before anybody sees it: documents valid, links lead somewhere, nothing that runs.

In: the files that were rendered anew, and the names of all. Out: nothing, or BROKEN_TREE with the
place. Shared files were looked over when they were made, and their digests are compared again.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from html.parser import HTMLParser
from posixpath import dirname, join, normpath, relpath
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from okiagari.disclose import problems
from okiagari.standards import csaf, cve, openeox
from okiagari.standards.documents import Fault
from okiagari.standards.vex import openvex

Json = Mapping[str, Any]
OUTSIDE = ("http", "https", "mailto")
HOUSE = "house"
"""The folder of pages in the maker's own frame, which may hold what it likes; their inside is looked over."""
SCRIPT = "check.js"
"""The one script of the site, in a file of its own; no page holds any."""


def check(fresh: Mapping[str, bytes], names: AbstractSet[str]) -> None:
    """Raises BROKEN_TREE at the first thing that is not right."""
    for path, data in fresh.items():
        check_links(path, look(path, data), names)


def look(path: str, data: bytes) -> tuple[str, ...]:
    """The places in the tree a file links to, after everything else in it was found right.

    Raises BROKEN_TREE. Whether the places are there, only who knows the whole tree can say.
    """
    if path.endswith(".html") and path.split("/")[1:2] != [HOUSE]:
        return tuple(dict.fromkeys(_page(path, data)))
    if path.endswith(".json"):
        _check_document(path, data)
    elif path.endswith(".xml"):
        _check_feed(path, data)
    return ()


def check_links(path: str, places: Iterable[str], names: AbstractSet[str]) -> None:
    """Raises BROKEN_TREE where a place is not among the names."""
    for place in places:
        if place not in names:
            raise problems.BROKEN_TREE(place=path, why=relpath(place, dirname(path)))


def _check_document(path: str, data: bytes) -> None:
    """Each document by the rules of its own format."""
    for location, why in _CHECKS[path.partition("/")[0]](json.loads(data)):
        raise problems.BROKEN_TREE(place=f"{path} {location}", why=why)


def _csaf(document: Json) -> Iterator[tuple[str, str]]:
    for each in csaf.validate(document):
        if each.severity is csaf.Severity.ERROR:
            yield each.location, f"{each.test}: {each.message}"


def _by(faults: Callable[[Json], tuple[Fault, ...]]) -> Callable[[Json], Iterator[tuple[str, str]]]:
    return lambda document: ((each.location, each.message) for each in faults(document))


def _cyclonedx(document: Json) -> Iterator[tuple[str, str]]:
    """Written by the library that knows its schema; what links inside must lead somewhere."""
    refs = {each["bom-ref"] for each in document["components"]}
    for index, flaw in enumerate(document["vulnerabilities"]):
        for target in flaw["affects"]:
            if target["ref"] not in refs:
                yield f"/vulnerabilities/{index}/affects", f"{target['ref']} is not a component"


def _openeox(document: Json) -> Iterator[tuple[str, str]]:
    """A Core, or the index of all of them."""
    if "products" not in document:
        yield from ((each.location, each.message) for each in openeox.faults(document))


def _answers(document: Json | list[Json]) -> Iterator[tuple[str, str]]:
    """Every version of a model has one answer of each advisory; the index has nothing to answer."""
    targets = [] if isinstance(document, list) else document["targets"]
    for place, target in enumerate(targets):
        answers = [target["other"], *(each["answers"] for each in target["versions"])]
        if any(len(each) != len(target["advisories"]) for each in answers):
            yield f"/targets/{place}", "answers and advisories differ in number"


_CHECKS: Mapping[str, Callable[[Json], Iterator[tuple[str, str]]]] = {
    "csaf": _csaf,
    "csaf-2.1": _csaf,
    "cve": _by(cve.validate),
    "cyclonedx": _cyclonedx,
    "openeox": _openeox,
    "models": _answers,
    "openvex": _by(openvex.faults),
}


def _check_feed(path: str, data: bytes) -> None:
    try:
        expat.ParserCreate().Parse(data, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise problems.BROKEN_TREE(place=path, why=str(error)) from None


def _page(path: str, data: bytes) -> Iterator[str]:
    """The places a page links to."""
    links = _Links(path)
    links.feed(data.decode())
    links.close()
    if links.wrong:
        raise problems.BROKEN_TREE(place=path, why=links.wrong[0])
    for href in links.found:
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            if parts.scheme not in OUTSIDE:
                raise problems.BROKEN_TREE(place=path, why=href)
        elif parts.path:
            yield normpath(join(dirname(path), unquote(parts.path)))
        elif parts.fragment and unquote(parts.fragment) not in links.ids:
            raise problems.BROKEN_TREE(place=path, why=href)


class _Links(HTMLParser):
    """Collects addresses and ids; a script, a handler or a frame is wrong by itself."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "base", "form"} and not self._is_ours(tag, attrs):
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.wrong.append(f"<{tag} {name}>")
            elif name in {"href", "src"} and value is not None:
                self.found.append(value.strip())
            elif name == "id" and value:
                self.ids.add(value)

    def _is_ours(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        """The script that answers by model: its own file, after the page is read, and nothing beside."""
        given = dict(attrs)
        if tag != "script" or set(given) != {"src", "defer"}:
            return False
        return normpath(join(dirname(self.path), given["src"] or "")) == SCRIPT
