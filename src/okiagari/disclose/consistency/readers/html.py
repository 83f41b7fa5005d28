"""The page and its fragment read back: by the elements a reader's eye goes to, row by row."""

from collections.abc import Iterator, Sequence

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.readers import dom, html_flaws, spoken
from okiagari.disclose.consistency.readers.dom import Node
from okiagari.disclose.consistency.statement import Told, Within


def read(data: bytes, within: Within) -> Iterator[Told]:
    page = dom.parse(data.decode())
    body = page.first("main") or page.first("article") or page
    yield from _head(body, within)
    yield from _answer(body, within)
    for heading, found in _chapters(body):
        if heading.attributes.get("id") == "update":
            yield from _downloads(found)
        elif heading.attributes.get("id") == "problem":
            yield from html_flaws.read(found, within)
        elif heading.text.strip() == spoken.word("References", within.language):
            yield from _references(found)
        elif heading.text.strip() == spoken.word("Revision history", within.language):
            yield from _revisions(found, within)


def _chapters(body: Node) -> Iterator[tuple[Node, list[Node]]]:
    """Each heading with what stands below it, up to the next one."""
    heading, found = body, list[Node]()
    for each in body.children:
        if each.tag == "h2":
            yield heading, found
            heading, found = each, []
        else:
            found.append(each)
    yield heading, found


def _head(body: Node, within: Within) -> Iterator[Told]:
    title = body.first("h1")
    if title:
        yield Told(Field.TITLE, normal.plain(title.text), title.place)
    meta = body.first("p", of="meta") or Node("")
    number = meta.first("span", of="id")
    if number:
        yield Told(Field.TRACKING, number.text.strip(), number.place)
    severity = meta.first("span", of="severity")
    if severity:
        word = severity.text.strip().removeprefix(spoken.word("Severity", within.language, "CVSS"))
        yield Told(Field.SEVERITY, spoken.severity(word, within.language), severity.place)
        looks = [each.removeprefix("is-") for each in severity.classes if each.startswith("is-")]
        yield from (Told(Field.SEVERITY, each, severity.place) for each in looks)
    for at in meta.all("time"):
        yield from _time(at, Field.INITIAL, within)
    status = body.first("p", of="status")
    promised = spoken.promise(status.text, within.language) if status else ""
    if status and promised:
        yield Told(Field.NEXT_UPDATE, promised, status.place)


def _time(at: Node, kind: Field, within: Within) -> Iterator[Told]:
    """What programs read of a time, and what people do where that is another one."""
    instant = normal.instant(at.attributes.get("datetime", ""), within.zone)
    yield Told(kind, instant, at.place)
    shown = at.text.strip()[:16]
    if not instant.startswith(shown):
        yield Told(kind, shown, at.place)


def _answer(body: Node, within: Within) -> Iterator[Told]:
    """Is my device concerned, and since when."""
    answer = body.first("div", of="answer")
    if answer is None:
        return
    sections = [each for each in answer.children if each.tag == "section"]
    for at, kind in zip(sections[-1].all("time"), (Field.INITIAL, Field.CURRENT), strict=False):
        yield from _time(at, kind, within)
    for row, models in _rows(answer):
        yield from _row(row, models, within)
    for group in answer.all("div", of="group"):
        standing = "not_affected" if group.first("p", of="fine") else "investigating"
        yield from _standing(group, standing)
    heading = sections[0].first("h2")
    if heading and heading.text.strip() == spoken.word("What this notice is about", within.language):
        yield from _standing(sections[0], "not_affected")


def _standing(group: Node, standing: str) -> Iterator[Told]:
    for model in group.all("span", of="model"):
        yield Told(Field.PRODUCT, normal.name(model.text), model.place)
        yield Told(Field.STANDING, standing, model.place, normal.name(model.text))


def _rows(answer: Node) -> Iterator[tuple[Node, list[Node]]]:
    """Rows of the table with the models they speak of; many of them stand in a row above."""
    above: list[Node] = []
    for row in answer.all("tr"):
        if "many" in row.classes:
            above = list(row.all(of="model"))
        elif row.attributes.get("id", "").startswith("p-"):
            yield row, above or list(row.all(of="model"))
            above = []


def _row(row: Node, models: Sequence[Node], within: Within) -> Iterator[Told]:
    cells = [each for each in row.children if each.tag == "td"]
    ranges = [
        (normal.spoken(words, within.language), first)
        for words, first in dom.lines(cells[0])
        if "note" not in first.classes and words.strip()
    ]
    todo = normal.plain(next(dom.lines(cells[1]))[0])
    for model in models:
        name = normal.name(model.text)
        yield Told(Field.PRODUCT, name, model.place)
        yield Told(Field.STANDING, "affected", model.place, name)
        yield Told(Field.ACTION, spoken.action(todo, within.language), cells[1].place, name)
        for versions, node in ranges:
            yield Told(Field.AFFECTED, versions, node.place, name)
        release = spoken.short_update(todo, within.language)
        if release:
            yield Told(Field.UPDATE, release, cells[1].place, name)


def _downloads(found: Sequence[Node]) -> Iterator[Told]:
    models: list[str] = []
    for each in found:
        if each.tag == "h3":
            models = [normal.name(model.text) for model in each.all("span", of="model")]
        elif each.tag == "dl":
            for model in models:
                yield from _download(each, model)


def _download(facts: Node, model: str) -> Iterator[Told]:
    release = facts.first("span", of="id")
    version = normal.plain(release.text) if release else ""
    if release:
        yield Told(Field.UPDATE, version, release.place, model)
    link, digest = facts.first("a"), facts.first("code")
    if link:
        for text in dict.fromkeys((link.attributes.get("href", ""), link.text)):
            yield Told(Field.DOWNLOAD, normal.url(text), link.place, model)
    if digest:
        yield Told(Field.HASH, digest.text.strip().lower(), digest.place, model, version)


def _references(found: Sequence[Node]) -> Iterator[Told]:
    for each in found:
        for link in each.all("a"):
            yield Told(Field.REFERENCES, normal.url(link.attributes.get("href", "")), link.place)


def _revisions(found: Sequence[Node], within: Within) -> Iterator[Told]:
    for table in found:
        for row in table.all("tr"):
            cells = [each for each in row.children if each.tag == "td"]
            at = row.first("time")
            if cells and at:
                instant = normal.instant(at.attributes.get("datetime", ""), within.zone)
                yield Told(Field.REVISIONS, f"{cells[0].text.strip()}: {instant}", at.place)
