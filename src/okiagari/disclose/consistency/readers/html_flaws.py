"""What the page says of each vulnerability: its ids, weakness, scores, and where each product stands."""

from collections.abc import Iterator, Sequence

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.readers import spoken
from okiagari.disclose.consistency.readers.dom import Node
from okiagari.disclose.consistency.statement import Told, Within


def read(found: Sequence[Node], within: Within) -> Iterator[Told]:
    """`found`: what stands below the heading. A section per vulnerability, in their order."""
    sections = [each for each in found if each.tag == "section"]
    sections += [inner for each in found if "flaws" in each.classes for inner in each.children]
    for number, section in enumerate(sections, 1):
        for facts in section.children:
            if facts.tag == "dl":
                yield from _flaw(facts, f"#{number}", within)


def _flaw(facts: Node, name: str, within: Within) -> Iterator[Told]:
    language = within.language
    label = ""
    for each in facts.children:
        if each.tag == "dt":
            label = each.text.strip()
        elif label == spoken.word("Ids", language):
            for link in each.all("a"):
                yield Told(Field.IDS, link.text.strip(), link.place, flaw=name)
        elif label == spoken.word("Kind", language, "weakness"):
            yield Told(Field.CWE, each.text.strip(), each.place, flaw=name)
        elif label.startswith("CVSS v"):
            yield from _score(each, name, within)
        else:
            yield from _products(label, each, name, within)


def _score(cell: Node, name: str, within: Within) -> Iterator[Told]:
    """A value, the word for it, the vector."""
    known = cell.first("span", of="id")
    vector = known.text.strip() if known else ""
    value, _, word = str(cell.parts[0]).strip().partition(" ")
    yield Told(Field.FLAW_VECTOR, vector, cell.place, flaw=name)
    yield Told(Field.OVERALL, value, cell.place, flaw=vector)
    severity = spoken.severity(word, within.language)
    yield Told(Field.OVERALL_SEVERITY, severity, cell.place, flaw=vector)


def _products(label: str, cell: Node, name: str, within: Within) -> Iterator[Told]:
    state, releases = standing(label, within.language)
    for model in cell.all("span", of="model"):
        product = normal.name(model.text)
        yield Told(Field.STATUS, state, cell.place, product, name)
        for release in releases:
            yield Told(Field.FIXED, release, cell.place, product, name)


def standing(label: str, language: str) -> tuple[str, list[str]]:
    """What a label says of the products after it: a state, and the releases that fix it."""
    releases = spoken.fixed(label, language)
    if releases:
        joined = spoken.word(", ", language)
        return "affected", [normal.plain(each) for each in normal.split(releases, joined)]
    states = {
        spoken.word("Under investigation", language): "investigating",
        spoken.word("Not affected", language): "not_affected",
        spoken.word("Affected, not fixed", language): "affected",
        spoken.word("Affected, not fixed yet", language): "affected",
    }
    return states.get(label, label), []
