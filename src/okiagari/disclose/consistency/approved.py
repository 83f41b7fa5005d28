"""What the sealed content says, in the fields formats are compared in: the one voice all are held against.

In: an entry (content and editions) and the site. Out: facts by field and what they are about. It reads the
content and the rules of the room, and none of what writes the files.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.translation import override

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.approved_measures import measures
from okiagari.disclose.consistency.approved_scores import scores
from okiagari.disclose.consistency.fields import About, Field
from okiagari.disclose.rules import promises, vendor
from okiagari.disclose.rules.content import Content, Product, Vulnerability
from okiagari.disclose.rules.standing import CONCERNED, Action, Standing, standings
from okiagari.disclose.site.entries import Entry, Site
from okiagari.problems import Problem
from okiagari.standards import ids
from okiagari.standards.csaf.parts import date_words
from okiagari.standards.partialdate import PartialDate

Facts = Mapping[Field, Mapping[About, frozenset[str]]]
Fact = tuple[Field, str, str, str]
"""Field, product, vulnerability, value."""


@dataclass
class Approved:
    """`names`: every way formats have of naming a product or a vulnerability, to the one used here."""

    facts: Facts
    products: Mapping[str, str] = field(default_factory=dict)
    flaws: Mapping[str, str] = field(default_factory=dict)
    cves: Mapping[str, str] = field(default_factory=dict)
    models: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of_model(self, model: str) -> Facts:
        """What is said of the products of one model, and of all; "": everything."""
        if not model:
            return self.facts
        named = {"", model, *self.models.get(model, ())}
        return {kind: _of(facts, self._abouts[kind], named) for kind, facts in self.facts.items()}

    @cached_property
    def _abouts(self) -> Mapping[Field, Mapping[str, list[About]]]:
        """By field and product: a document names hundreds."""
        found: dict[Field, dict[str, list[About]]] = {}
        for kind, facts in self.facts.items():
            for about in facts:
                found.setdefault(kind, {}).setdefault(about[0], []).append(about)
        return found


def _of(
    facts: Mapping[About, frozenset[str]], abouts: Mapping[str, list[About]], named: set[str]
) -> Mapping[About, frozenset[str]]:
    return {about: facts[about] for each in named for about in abouts.get(each, ())}


def approved(entry: Entry, site: Site, language: str) -> Approved:
    """Everything the content says in one language."""
    content = entry.content
    flaws = {each.id: flaw_name(content, number) for number, each in enumerate(content.vulnerabilities, 1)}
    found: dict[Field, dict[About, set[str]]] = {}
    with override(language):
        for kind, product, flaw, value in _facts(entry, site, language, flaws):
            if value:
                found.setdefault(kind, {}).setdefault((product, flaw), set()).add(value)
    return Approved(
        {kind: {about: frozenset(each) for about, each in facts.items()} for kind, facts in found.items()},
        {**{normal.name(each.key): product_name(each) for each in content.products}, **_own(content)},
        {**{f"#{number}": name for number, name in enumerate(flaws.values(), 1)}, **_ids(content, flaws)},
        {each.cve: flaws[each.id] for each in reversed(content.vulnerabilities) if each.cve},
        _models(content),
    )


def _models(content: Content) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for each in content.products:
        found.setdefault(normal.name(each.model), set()).add(product_name(each))
    return {model: frozenset(names) for model, names in found.items()}


def _own(content: Content) -> dict[str, str]:
    return {product_name(each): product_name(each) for each in content.products}


def _ids(content: Content, flaws: Mapping[str, str]) -> dict[str, str]:
    """Two may share a number; the one that is known by it goes before one that has another beside it."""
    beside = {
        text: flaws[each.id]
        for each in reversed(content.vulnerabilities)
        for text in (each.jvndb, each.jvn, each.cve)
        if text
    }
    return beside | {name: name for name in flaws.values()}


def product_name(product: Product) -> str:
    """Model, revision and platform."""
    return normal.name(" ".join(part for part in (product.model, product.revision, product.platform) if part))


def flaw_name(content: Content, number: int) -> str:
    """The id the `number`-th vulnerability (from 1) is known by, its place where it has none of its own."""
    flaw = content.vulnerabilities[number - 1]
    name = flaw.cve or flaw.jvn or flaw.jvndb
    others = [each for each in content.vulnerabilities if each is not flaw]
    is_shared = not flaw.cve and any(name == (each.cve or each.jvn or each.jvndb) for each in others)
    return name if name and not is_shared else f"{content.tracking_id}-{number}"


def _facts(entry: Entry, site: Site, language: str, flaws: Mapping[str, str]) -> Iterator[Fact]:
    content = entry.content
    found = standings(content)
    yield from _document(entry, site, language)
    for flaw in content.vulnerabilities:
        yield from _flaw(flaw, flaws[flaw.id])
        yield Field.PUBLIC, "", flaws[flaw.id], _public(flaw, entry, site)
    for standing in found:
        yield from _product(standing, content, flaws)
        yield from measures(standing, content, product_name(standing.product), flaws, language)
    yield Field.VENDOR_STATUS, "", "", vendor.of_content(content).value
    yield from scores(content, {each.key: product_name(each) for each in content.products}, flaws)
    yield from _links(content, language)
    for each in content.languages:
        yield Field.PAGE, "", "", normal.url(f"{site.url}/{entry.page(each)}")
    yield Field.OWN_PAGE, "", "", normal.url(f"{site.url}/{entry.page(language)}")


def _document(entry: Entry, site: Site, language: str) -> Iterator[Fact]:
    content = entry.content
    titles = content.words.title
    yield Field.TRACKING, "", "", content.tracking_id
    yield Field.DOCUMENT, "", "", entry.document_id(language)
    yield Field.TITLE, "", "", normal.plain(titles.get(language) or next(iter(titles.values()), ""))
    yield Field.INITIAL, "", "", normal.of_instant(entry.first_at, site.zone)
    yield Field.CURRENT, "", "", normal.of_instant(entry.last_at, site.zone)
    for each in entry.editions:
        yield Field.REVISIONS, "", "", f"{each.called}: {normal.of_instant(each.at, site.zone)}"
    for text in content.credits:
        yield Field.CREDIT, "", "", normal.plain(text)
    if content.next_update and not entry.is_withdrawn:
        yield Field.NEXT_UPDATE, "", "", _promise(content.next_update, site, language)


def _promise(text: str, site: Site, language: str) -> str:
    known = promises.instant_of(text)
    if known is not None:
        return normal.of_instant(known, site.zone)[:16]
    return day(text, language)


def day(text: str, language: str) -> str:
    """A date known in part, in words."""
    try:
        return normal.plain(date_words(PartialDate.parse(text), language) or text)
    except Problem:
        return normal.plain(text)


def _flaw(flaw: Vulnerability, name: str) -> Iterator[Fact]:
    for text in (flaw.cve, flaw.jvn, flaw.jvndb):
        yield Field.IDS, "", name, text
    yield Field.CWE, "", name, flaw.cwe


def _public(flaw: Vulnerability, entry: Entry, site: Site) -> str:
    """When it became known: by others, where they were earlier."""
    known = datetime.fromisoformat(flaw.public_at) if flaw.public_at else entry.first_at
    return normal.of_instant(min(known, entry.first_at), site.zone)


def _product(standing: Standing, content: Content, flaws: Mapping[str, str]) -> Iterator[Fact]:
    product = standing.product
    name = product_name(product)
    yield Field.PRODUCT, "", "", name
    yield from _identity(product, name)
    yield Field.STANDING, name, "", _where(standing)
    said = {each.vulnerability: each for each in standing.statuses}
    for flaw in content.vulnerabilities:
        status = said.get(flaw.id)
        about = name, flaws[flaw.id]
        if status is None or status.state == "investigating":
            yield Field.STATUS, *about, "investigating"
        elif status.state not in CONCERNED:
            yield Field.STATUS, *about, "not_affected"
        else:
            yield Field.STATUS, *about, "affected"
            versions = status.versions
            yield Field.AFFECTED, *about, normal.of_range(versions) if versions else normal.EVERY
    if standing.is_concerned and not content.vulnerabilities:
        yield Field.AFFECTED, name, "", normal.EVERY
    yield from support(product)


def _identity(product: Product, name: str) -> Iterator[Fact]:
    """By what it is told apart, by people and by programs."""
    yield Field.MODEL, name, "", normal.plain(product.model)
    for text in (product.model, *product.model_numbers):
        yield Field.NUMBERS, name, "", normal.plain(text)
    for text in product.serial_numbers if product.kind == "device" else ():
        yield Field.SERIAL, name, "", normal.plain(text)
    for text in filter(None, (product.cpe, product.firmware_cpe)):
        yield Field.CPE, name, "", normal.cpe(text)
    for text in filter(None, (product.purl, product.firmware_purl)):
        yield Field.PURL, name, "", normal.purl(text)


def support(product: Product) -> Iterator[Fact]:
    """As days: of a date known in part the last one, but none after the end of all support."""
    known = {}
    for kind, text in product.support.items():
        try:
            known[kind] = PartialDate.parse(text)
        except Problem:
            continue
    end = known["end_of_life"].latest if "end_of_life" in known else None
    for kind, date in known.items():
        edge = date.earliest if kind == "general_availability" else date.latest
        if edge and end and kind != "general_availability":
            edge = min(edge, end)
        if edge:
            yield Field.SUPPORT, normal.name(product.model), kind, edge.isoformat()


def _where(standing: Standing) -> str:
    if standing.is_concerned:
        return "affected"
    return "investigating" if standing.action is Action.CHECKING else "not_affected"


def _links(content: Content, language: str) -> Iterator[Fact]:
    for flaw in content.vulnerabilities:
        for text in filter(None, (flaw.jvn, flaw.jvndb, flaw.cve)):
            try:
                url = normal.url(ids.parse(text).url(language))
            except Problem:
                continue
            yield Field.REFERENCES, "", "", url
            yield Field.ID_LINKS, "", "", url
    for each in content.references:
        if each.url.strip().lower().startswith(("https://", "http://")):
            yield Field.REFERENCES, "", "", normal.url(each.url)
