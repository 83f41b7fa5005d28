"""The lists of a tree name every document and page that is out, by title and dates, and nothing else; each
checksum beside a document is that of the document.

In: the public folder with the hashes found in it, the entries, the address of the site. Out: notes, each with
the list and what is wrong in it. Lists: index.txt, changes.csv and the ROLIE feed of CSAF, the Atom feeds,
the pages that list advisories, the page of every model that an advisory names.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.carriage import letters
from okiagari.disclose.consistency.report import Noted
from okiagari.disclose.site.entries import Entry
from okiagari.disclose.site.naming import slug
from okiagari.problems import gettext_noop
from okiagari.standards.documents import instant
from okiagari.standards.localtext import LANGUAGES
from okiagari.standards.provider import layout
from okiagari.standards.provider.layout import Edition

NOT_LISTED = gettext_noop("It does not name %(what)s.")
STRANGE = gettext_noop("It names %(what)s, which is not out.")
OTHER = gettext_noop("Of %(what)s it says “%(said)s”, and “%(approved)s” was approved.")
UNREADABLE = gettext_noop("It cannot be read back: %(why)s")
WRONG_SUM = gettext_noop("It is not the checksum of the file beside it.")
_HREF = re.compile(r'href="([^"]+)"')
ATOM = "{http://www.w3.org/2005/Atom}"
Lines = Mapping[str, tuple[str, ...]]
"""What a list names, and what it says of each."""
Reader = Callable[[str], Lines]


@dataclass(frozen=True)
class _List:
    path: str
    wanted: Lines
    said: Lines


def check(folder: Path, entries: Sequence[Entry], url: str, hashes: Mapping[str, str]) -> Iterator[Noted]:
    """`hashes`: SHA-256 by path, of every file of the tree; `url`: of the site."""
    for edition in layout.EDITIONS:
        yield from _of_provider(folder, entries, url, edition)
    for language in LANGUAGES:
        path, out = f"{language}/feed.xml", [each for each in entries if language in each.content.languages]
        wanted = {f"{url}/{each.page(language)}": _told(each, language) for each in out}
        yield from _read(folder, path, wanted, _atom)
    yield from _pages(folder, entries, hashes)
    yield from _sums(folder, hashes)


def _of_provider(folder: Path, entries: Sequence[Entry], url: str, edition: Edition) -> Iterator[Noted]:
    root = edition.root
    out = {
        each.document(language, edition.version): (each, language)
        for each in entries
        for language in each.content.languages
        if (folder / each.document(language, edition.version)).is_file()
    }
    if not out:
        return
    below = {path.removeprefix(f"{root}/"): each for path, (each, _) in out.items()}
    yield from _read(folder, f"{root}/{layout.INDEX}", dict.fromkeys(below, ()), _index)
    changed = {path: (_at(each.last_at),) for path, each in below.items()}
    yield from _read(folder, f"{root}/{layout.CHANGES}", changed, _changes)
    listed = {f"{url}/{path}": _told(each, language) for path, (each, language) in out.items()}
    yield from _read(folder, f"{root}/{edition.feed}", listed, _rolie)


def _told(entry: Entry, language: str) -> tuple[str, ...]:
    """Title, first and last time, as both kinds of feeds say them."""
    titles = entry.content.words.title
    title = titles.get(language) or next(iter(titles.values()), "")
    return normal.plain(title), _at(entry.first_at), _at(entry.last_at)


def _read(folder: Path, path: str, wanted: Lines, reader: Reader) -> Iterator[Noted]:
    try:
        said = reader((folder / path).read_text(encoding="utf-8"))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ET.ParseError) as problem:
        yield _note("unreadable", UNREADABLE, path, why=f"{type(problem).__name__}: {problem}")
        return
    yield from _compared(_List(path, wanted, said))


def _compared(known: _List) -> Iterator[Noted]:
    for what, approved in known.wanted.items():
        said = known.said.get(what)
        if said is None:
            yield _note("not_listed", NOT_LISTED, known.path, what=what)
            continue
        for ours, theirs in zip(approved, said, strict=True):
            if letters(ours) != letters(theirs):
                yield _note("list_differs", OTHER, known.path, what=what, said=theirs, approved=ours)
    for what in known.said.keys() - known.wanted.keys():
        yield _note("listed", STRANGE, known.path, what=what)


def _note(code: str, text: str, path: str, **told: str) -> Noted:
    return Noted(code=code, text=text, label="", path=path, parameters=told)


def _index(text: str) -> Lines:
    return {line: () for line in text.splitlines() if line}


def _changes(text: str) -> Lines:
    return {path: (at,) for path, at in csv.reader(io.StringIO(text))}


def _rolie(text: str) -> Lines:
    return {
        each["content"]["src"]: (normal.plain(each["title"]), each["published"], each["updated"])
        for each in json.loads(text)["feed"]["entry"]
    }


def _atom(text: str) -> Lines:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("a document type")
    root = ET.fromstring(text)  # noqa: S314 - without a document type nothing can be expanded
    return {
        _text(each, "id"): (
            normal.plain(_text(each, "title")),
            *(_at(_text(each, name)) for name in ("published", "updated")),
        )
        for each in root.iter(f"{ATOM}entry")
    }


def _at(moment: datetime | str) -> str:
    """As both kinds of feeds write a time."""
    return instant(datetime.fromisoformat(moment) if isinstance(moment, str) else moment) or ""


def _text(entry: ET.Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


def _pages(folder: Path, entries: Sequence[Entry], hashes: Mapping[str, str]) -> Iterator[Noted]:
    """Pages that list advisories link to each."""
    wanted: dict[str, dict[str, None]] = {}
    for entry in entries:
        for language in entry.content.languages:
            page = entry.page(language)
            wanted.setdefault(f"{language}/index.html", {})[page] = None
            for product in () if entry.is_withdrawn else entry.content.products:
                wanted.setdefault(f"{language}/models/{slug(product.model)}.html", {})[page] = None
    for path, pages in wanted.items():
        if not hashes.get(path):
            continue  # that it is gone is said already
        linked = set(_linked(path, (folder / path).read_text(encoding="utf-8", errors="replace")))
        for page in pages.keys() - linked:
            yield _note("not_listed", NOT_LISTED, path, what=page)


def _linked(path: str, text: str) -> Iterator[str]:
    """Every place in the tree that a page links to."""
    for href in _HREF.findall(text):
        yield normpath(join(dirname(path), unquote(urlsplit(href).path)))


def _sums(folder: Path, hashes: Mapping[str, str]) -> Iterator[Noted]:
    for path, sha256 in hashes.items():
        beside = f"{path}.sha256"
        if sha256 and hashes.get(beside):
            said = (folder / beside).read_text(encoding="utf-8", errors="replace").partition(" ")[0]
            if said.strip() != sha256:
                yield _note("wrong_sum", WRONG_SUM, beside)
