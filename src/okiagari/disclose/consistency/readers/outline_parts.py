"""The chapters of the letter and the Markdown: products, downloads, vulnerabilities, references, history."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.readers import html_flaws, spoken
from okiagari.disclose.consistency.statement import Told, Within

if TYPE_CHECKING:
    from okiagari.disclose.consistency.readers.outline import Chapter, Line

_SCORE = re.compile(r"CVSS v(?P<version>[\d.]+) (?P<value>[\d.]+) (?P<word>\S+) (?P<vector>\S+) \(")
_REVISION = re.compile(r"(\d\S*) \((\d{4}-\d\d-\d\d \d\d:\d\d)")
_ID = re.compile(r"(CVE-\d+-\d+|JVN(?:VU|TA)?#\d+|JVNDB-\d+-\d+)\Z")
_NAMES = re.compile(r" /(?: |$)")
_CWE = re.compile(r"CWE-\d+\Z")


def _models(text: str, within: Within) -> list[str]:
    return [normal.name(each) for each in normal.split(text, spoken.word(", ", within.language))]


def _labelled(text: str, name: str, within: Within) -> str | None:
    """What stands after a label, None where it is another line."""
    start = spoken.word(name, within.language) + spoken.word(": ", within.language)
    return text.removeprefix(start) if text.startswith(start) else None


def _concerned(chapter: "Chapter", within: Within) -> Iterator[Told]:
    models: list[str] = []
    groups = {"We are investigating:": "investigating", "Not affected:": "not_affected"}
    for line in chapter.lines:
        if line.depth == 1:
            models = _models(_NAMES.split(line.text)[0], within)
            for model in models:
                yield Told(Field.PRODUCT, model, line.place)
                yield Told(Field.STANDING, "affected", line.place, model)
        elif line.depth == 2:
            for model in models:
                yield from _row(line, model, within)
        for label, standing in groups.items():
            start = spoken.word(label, within.language)
            if line.depth == 0 and line.text.startswith(start):
                for model in _models(line.text.removeprefix(start), within):
                    yield Told(Field.PRODUCT, model, line.place)
                    yield Told(Field.STANDING, standing, line.place, model)


def _row(line: "Line", model: str, within: Within) -> Iterator[Told]:
    versions = _labelled(line.text, "Affected versions", within)
    todo = _labelled(line.text, "What to do", within)
    for text in _split(versions, within) if versions else ():
        yield Told(Field.AFFECTED, normal.spoken(text, within.language), line.place, model)
    if todo:
        said = normal.plain(todo)
        yield Told(Field.ACTION, spoken.action(said, within.language), line.place, model)
        release = spoken.short_update(said, within.language)
        if release:
            yield Told(Field.UPDATE, release, line.place, model)


def _split(text: str, within: Within) -> list[str]:
    return list(normal.split(text, spoken.word(", ", within.language)))


def _about(chapter: "Chapter", within: Within) -> Iterator[Told]:
    for line in chapter.lines:
        for model in _models(line.text, within):
            yield Told(Field.PRODUCT, model, line.place)
            yield Told(Field.STANDING, "not_affected", line.place, model)


def _downloads(chapter: "Chapter", within: Within) -> Iterator[Told]:
    models: list[str] = []
    for line in chapter.lines:
        if line.depth == 1:
            models = _models(line.text, within)
            continue
        address = _labelled(line.text, "Download", within)
        digest = _labelled(line.text, "SHA-256", within)
        for model in models:
            if address:
                yield Told(Field.DOWNLOAD, normal.url(address), line.place, model)
            if digest:
                yield Told(Field.HASH, digest.strip().lower(), line.place, model)


def _flaws(chapter: "Chapter", within: Within) -> Iterator[Told]:
    """Ids, weaknesses and scores of all of them: where one ends and the next begins is not marked."""
    for line in chapter.lines:
        if line.depth != 1:
            continue
        text = line.text.strip()
        score = _SCORE.match(text)
        if score:
            yield Told(Field.FLAW_VECTOR, score["vector"], line.place)
            yield Told(Field.OVERALL, score["value"], line.place, flaw=score["vector"])
            word = spoken.severity(score["word"], within.language)
            yield Told(Field.OVERALL_SEVERITY, word, line.place, flaw=score["vector"])
        elif _ID.match(text):
            yield Told(Field.IDS, text, line.place)
        elif _CWE.match(text):
            yield Told(Field.CWE, text, line.place)
        else:
            yield from _fixed(line, within)


def _fixed(line: "Line", within: Within) -> Iterator[Told]:
    label, _, models = line.text.partition(spoken.word(": ", within.language))
    _, releases = html_flaws.standing(label, within.language)
    for model in _models(models, within) if releases else ():
        for release in releases:
            yield Told(Field.FIXED, release, line.place, model)


def _references(chapter: "Chapter", within: Within) -> Iterator[Told]:
    for line in chapter.lines:
        if line.depth == 2:
            yield Told(Field.REFERENCES, normal.url(line.text), line.place)


def _credits(chapter: "Chapter", within: Within) -> Iterator[Told]:
    for line in chapter.lines:
        yield Told(Field.CREDIT, normal.plain(line.text), line.place)


def _revisions(chapter: "Chapter", within: Within) -> Iterator[Told]:
    for line in chapter.lines:
        found = _REVISION.match(line.text)
        if found and line.depth == 1:
            yield Told(Field.REVISIONS, f"{found[1]}: {found[2]}", line.place)


CHAPTERS: "dict[str, Callable[[Chapter, Within], Iterator[Told]]]" = {
    "Is my device concerned?": _concerned,
    "What this notice is about": _about,
    "How to update": _downloads,
    "What the problem is": _flaws,
    "References": _references,
    "Thanks": _credits,
    "Revision history": _revisions,
}
