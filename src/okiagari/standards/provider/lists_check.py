"""Folders, index.txt, changes.csv and listings (7.1.11 to 7.1.14)."""

import csv
import re
from html.parser import HTMLParser

from okiagari.standards.documents import moment
from okiagari.standards.provider import layout
from okiagari.standards.provider.values import items, join, split, text
from okiagari.standards.provider.visit import Visit

FOLDERS, INDEX, CHANGES, LISTING = 11, 12, 13, 14
BY_INDEX, BY_CHANGES = layout.INDEX, layout.CHANGES
_QUOTED = re.compile(r'"[^"]*","[^"]*"')


def read_lists(visit: Visit) -> None:
    """Names the documents of both lists."""
    folders = _folders(visit)
    if not folders:
        where = visit.metadata_url or visit.start
        for number in (INDEX, CHANGES, LISTING):
            visit.sheet.error(number, where, "no folder is listed as a distribution")
        return
    for folder in folders:
        _changes(visit, folder)
        _index(visit, folder)
        _listing(visit, folder)


def compare(visit: Visit) -> None:
    """Year folders, and that both lists name everything with the dates of the documents."""
    for url, document in visit.documents.items():
        year = split(url).path.split("/")[-2:-1]
        if document.first_at and year != [f"{document.first_at.year:04d}"]:
            visit.sheet.error(FOLDERS, url, f"was first released in {document.first_at.year}")
        said = visit.changed.get(url)
        if said is not None and document.last_at and said != document.last_at:
            visit.sheet.error(CHANGES, url, f"is of {document.last_at}, and of {said} in the list")
    if visit.documents:
        visit.sheet.found(FOLDERS, f"{len(visit.documents):,} documents in folders of their years")
    if not _folders(visit):
        return
    for url, by in visit.named.items():
        for number, name in ((INDEX, BY_INDEX), (CHANGES, BY_CHANGES)):
            if name not in by:
                visit.sheet.error(number, url, f"is not in {name}")


def _folders(visit: Visit) -> list[str]:
    """Where documents lie, by the metadata; without any, where the visit began."""
    found = []
    for each in items(visit.metadata, "distributions"):
        url = text(each, "directory_url") or text(each, "directory", "url")
        if url:
            found.append(url if url.endswith("/") else f"{url}/")
    return found if visit.metadata else [f"{visit.start}/"]


def _lines(visit: Visit, number: int, url: str) -> list[str] | None:
    answer = visit.get(url)
    if not answer.is_there:
        visit.sheet.error(number, url, answer.why)
        return None
    return answer.data.decode("utf-8", "replace").splitlines()


def _index(visit: Visit, folder: str) -> None:
    lines = _lines(visit, INDEX, folder + layout.INDEX)
    for line in lines or ():
        if line.strip():
            visit.name(join(folder, line.strip()), BY_INDEX)
    if lines is not None:
        visit.sheet.found(INDEX, f"{len(lines):,} documents")


def _changes(visit: Visit, folder: str) -> None:
    """The newest first; in 2.0 both fields are quoted."""
    url = folder + layout.CHANGES
    lines = _lines(visit, CHANGES, url)
    if lines is None:
        return
    dates = []
    for number, line in enumerate(lines, 1):
        fields = next(csv.reader([line]), [])
        date = moment(fields[1]) if len(fields) == 2 else None
        if date is None:
            visit.sheet.error(CHANGES, url, f"line {number} is not a file and a date: {line[:80]}")
            continue
        if visit.version == "2.0" and not _QUOTED.fullmatch(line):
            visit.sheet.error(CHANGES, url, f"line {number} is not quoted: {line[:80]}")
        dates.append(date)
        place = join(folder, fields[0])
        visit.changed[place] = date
        visit.name(place, BY_CHANGES)
    if dates != sorted(dates, reverse=True):
        visit.sheet.error(CHANGES, url, "does not have the newest first")
    visit.sheet.found(CHANGES, f"{len(lines):,} documents")


def _listing(visit: Visit, folder: str) -> None:
    """A page for the folder and one for each year, that leads to what lies there."""
    years: dict[str, list[str]] = {}
    for url in visit.changed:
        years.setdefault(join(url, "."), []).append(url)
    for place, wanted in ((folder, sorted(years)), *sorted(years.items())):
        answer = visit.get(place)
        if not answer.is_there and not visit.source.is_network:
            visit.sheet.unchecked(LISTING, "a folder does not show whether the server lists it")
            return
        if not answer.is_there:
            visit.sheet.error(LISTING, place, answer.why)
            continue
        links = _Links(place)
        links.feed(answer.data.decode("utf-8", "replace"))
        lost = [each for each in wanted if each not in links.found and each.rstrip("/") not in links.found]
        if lost:
            visit.sheet.error(LISTING, place, f"does not lead to {lost[0]} ({len(lost)} missing)")
    visit.sheet.found(LISTING, f"{len(years) + 1} folders")


class _Links(HTMLParser):
    """Where a page leads."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if tag == "a" and name == "href" and value:
                self.found.add(join(self.base, value))
