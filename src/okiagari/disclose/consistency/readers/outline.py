"""The letter and the Markdown read back: both are headings, lists and paragraphs in the same order.

In: text. Out: facts. Markdown is first undone to the plain lines of the letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.readers import outline_parts, spoken
from okiagari.disclose.consistency.statement import Told, Within

_MARKED = re.compile(r"<(https?://[^<>\s]+)>|\\([\\`*_\[\]<>|~&\-+#=.)])")
"""An address that is a link, or a sign that is none of markup."""


@dataclass
class Line:
    """A line as it is read; `depth`: 0 of a paragraph, 1 of an item, 2 of what stands under one."""

    text: str
    number: int
    depth: int = 0

    @property
    def place(self) -> str:
        return f"line {self.number}"


@dataclass
class Chapter:
    title: str
    lines: list[Line] = field(default_factory=list)


def read_mail(data: bytes, within: Within) -> Iterator[Told]:
    title, *texts = data.decode().split("\n")
    lines = [_plain(text, number) for number, text in enumerate(texts, 2)]
    yield from _read(Line(title, 1), _chapters(lines, "■ "), within)


def read_markdown(data: bytes, within: Within) -> Iterator[Told]:
    lines = [_marked(text, number) for number, text in enumerate(data.decode().split("\n"), 1)]
    title = lines[0]
    title.text = title.text.removeprefix("# ")
    yield from _read(title, _chapters(lines[1:], "## "), within)


def _plain(text: str, number: int) -> Line:
    if text.startswith("- "):
        return Line(text[2:], number, 1)
    return Line(text[2:], number, 2) if text.startswith("  ") else Line(text, number)


def _marked(text: str, number: int) -> Line:
    depth = 1 if text.startswith("- ") else 2 if text.startswith("  - ") else 0
    said = text[(0, 2, 4)[depth] :]
    return Line(_MARKED.sub(lambda found: found[1] or found[2], said), number, depth)


def _chapters(lines: list[Line], mark: str) -> list[Chapter]:
    found = [Chapter("")]
    for line in lines:
        if line.depth == 0 and line.text.startswith(mark):
            found.append(Chapter(line.text.removeprefix(mark)))
        elif line.text.strip():
            found[-1].lines.append(line)
    return found


def _read(title: Line, chapters: list[Chapter], within: Within) -> Iterator[Told]:
    yield Told(Field.TITLE, normal.plain(title.text), title.place)
    yield from _head(chapters[0].lines, within)
    readers = {spoken.word(name, within.language): reader for name, reader in outline_parts.CHAPTERS.items()}
    for chapter in chapters[1:]:
        reader = readers.get(chapter.title)
        if reader:
            yield from reader(chapter, within)


def _head(lines: list[Line], within: Within) -> Iterator[Told]:
    """Who speaks and the number first; then severity, dates, the promise, the address."""
    yield Told(Field.TRACKING, lines[0].text.rpartition(" / ")[2].strip(), lines[0].place)
    words = spoken.word("Severity", within.language, "CVSS")
    dates = {spoken.word(name, within.language): kind for name, kind in _DATES.items()}
    for line in lines[1:]:
        start, _, rest = line.text.partition(" ")
        if start == words:
            yield Told(Field.SEVERITY, spoken.severity(rest, within.language), line.place)
        elif start in dates:
            yield Told(dates[start], normal.shown(rest), line.place)
        elif line.text.startswith(within.url + "/"):
            yield Told(Field.OWN_PAGE, normal.url(line.text), line.place)
            return
        else:
            promised = spoken.promise(line.text, within.language)
            if promised:
                yield Told(Field.NEXT_UPDATE, promised, line.place)


_DATES = {"Published": Field.INITIAL, "Updated": Field.CURRENT}
