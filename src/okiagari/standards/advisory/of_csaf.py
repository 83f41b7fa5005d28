"""A CSAF document as an advisory: product ids become things with versions, notes become words.

In: what `csaf.reading` read. Out: an `Advisory`. Firmware installed on hardware is the hardware with a
version; a version alone may be a hardware revision as well, and says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from okiagari.standards import ids
from okiagari.standards.csaf import model as csaf
from okiagari.standards.csaf.reading import Document, Joined, Named
from okiagari.standards.csaf.terms import NoteCategory, ThreatCategory
from okiagari.standards.firmware_order import Range

from . import csaf_beside, numbers
from .model import Advisory, Flaw, Measure, Product, Revision, Score, State, Statement

_STATES: Mapping[str, State] = {
    "known_affected": State.AFFECTED,
    "first_affected": State.AFFECTED,
    "last_affected": State.AFFECTED,
    "fixed": State.FIXED,
    "first_fixed": State.FIXED,
    "known_not_affected": State.NOT_AFFECTED,
    "under_investigation": State.INVESTIGATING,
}
_WORDS = (
    ("summary", NoteCategory.SUMMARY),
    ("description", NoteCategory.DESCRIPTION),
    ("impact", NoteCategory.DETAILS),
    ("advice", NoteCategory.GENERAL),
)
_STANDING = frozenset({"Status", "状況"})
"""Headings of notes that say how far an advisory has come: computed anew, not words."""
_GRADES = frozenset({"critical", "important", "high", "moderate", "medium", "low", "none"})
"""What some publishers write for the impact: how bad, not what."""
_CONTACT = frozenset({"Contact", "お問い合わせ先"})
"""The same of the contact, which a document of 2.1 has in a note."""


@dataclass(frozen=True)
class _Place:
    """What a product id means: the thing, and which versions of it."""

    key: str
    versions: Range | None = None
    text: str = ""
    is_bare: bool = False


def advisory(document: Document) -> Advisory:
    """What the document says. Of notes, the first of each category is a word; the others stay notes."""
    shelf = _Shelf(document)
    words, notes = _words(document.notes)
    contact = next((text for heading, text in notes if heading in _CONTACT), "")
    if not document.publisher.contact_details:
        notes = tuple(each for each in notes if each[0] not in _CONTACT)
    tracking, publisher = document.tracking, document.publisher
    return Advisory(
        tracking_id=tracking.id,
        title=document.title,
        language=document.language.partition("-")[0].lower(),
        source_language=document.source_language.partition("-")[0].lower(),
        category=document.category,
        status=tracking.status.value,
        tlp=document.tlp.value if document.tlp else "",
        publisher=publisher.name,
        publisher_url=publisher.namespace,
        contact=publisher.contact_details or contact,
        severity=document.aggregate_severity,
        words=words,
        notes=(*notes, *csaf_beside.of_document(document)),
        references=csaf_beside.references(document),
        credits=tuple(dict.fromkeys(csaf_beside.thanked(document))),
        revisions=tuple(Revision(each.number, each.date, each.summary) for each in tracking.revisions),
        first_at=tracking.initial_release_date,
        products=shelf.products(),
        flaws=tuple(_flaw(each, shelf, document.language) for each in document.vulnerabilities),
    )


def _words(notes: tuple[csaf.Note, ...]) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The first note of each category that is one of our words; every other stays a note."""
    words: dict[str, str] = {}
    left: list[tuple[str, str]] = []
    names = {category: name for name, category in _WORDS}
    for each in notes:
        name = names.get(each.category, "")
        if name == "advice" and each.title in _STANDING:
            continue
        if name and name not in words and each.text and each.title not in _CONTACT:
            words[name] = each.text
        else:
            left.append((each.title or each.category.value, each.text))
    return words, tuple(left)


class _Shelf:
    """The things of a document, and where each product id points."""

    def __init__(self, document: Document) -> None:
        self._mentions: dict[str, list[Product]] = {}
        self._places: dict[str, _Place] = {}
        self._named = {each.id: each for each in document.products if isinstance(each, Named)}
        self._joined = {each.id: each for each in document.products if isinstance(each, Joined)}
        self._hardware = {other for each in self._joined.values() for _, other in each.steps}
        self._software = {each.first for each in self._joined.values()}
        spoken = {product for each in document.vulnerabilities for product in _spoken_of(each)}
        for each in document.products:
            if each.id in spoken or not (each.id in self._hardware or each.id in self._software):
                self.place(each.id)

    def words(self, product_id: str) -> str:
        """What the product id means, with its versions."""
        place = self.place(product_id)
        versions = place.text or (place.versions.words("en") if place.versions else "")
        return f"{place.key} {versions}".strip()

    def place(self, product_id: str) -> _Place:
        if product_id not in self._places:
            self._places[product_id] = self._placed(product_id)
        return self._places[product_id]

    def _placed(self, product_id: str) -> _Place:
        joined = self._joined.get(product_id)
        if joined is not None:
            return self._installed(joined)
        named = self._named.get(product_id)
        if named is None:
            return _Place(self._thing(Product(product_id, name=product_id)))
        if product_id in self._hardware:
            return _Place(self._thing(_hardware(named)))
        versions, text = named.versions, "" if named.versions else named.version
        is_bare = bool(named.branch("product_version")) and product_id not in self._software
        return _Place(self._thing(_program(named)), versions, text, is_bare)

    def _installed(self, joined: Joined) -> _Place:
        """The hardware in the versions of what runs on it; the name of the whole where a part is unknown."""
        software = self._named.get(joined.first)
        hardware = self._named.get(joined.steps[-1][1]) if joined.steps else None
        if software is None or hardware is None:
            return _Place(self._thing(Product(joined.id, name=joined.name), joined.helper))
        thing = self._thing(_hardware(hardware), software.helper, joined.helper)
        return _Place(thing, software.versions, "" if software.versions else software.version)

    def products(self) -> tuple[Product, ...]:
        """Each thing once, with what every mention of it identifies it by."""
        return tuple(mentions[0].known_by(mentions[1:]) for mentions in self._mentions.values())

    def _thing(self, product: Product, *helpers: csaf.Helper | None) -> str:
        mentions = self._mentions.setdefault(product.key, [])
        mentions += [product, *(_identified(each) for each in helpers if each is not None)]
        return product.key


def _spoken_of(flaw: csaf.Vulnerability) -> Iterator[str]:
    for name in _STATES:
        yield from getattr(flaw.status, name)


def _hardware(named: Named) -> Product:
    return _thing(named, revision=named.version)


def _program(named: Named) -> Product:
    return _thing(named)


def _thing(named: Named, revision: str = "") -> Product:
    parts = (named.vendor, named.family, named.product, revision)
    thing = Product(
        key=" / ".join(part for part in parts if part) or named.name or named.id,
        name=named.name if not named.version or revision else named.product or named.name,
        vendor=named.vendor,
        model=named.product,
        family=named.family,
        revision=revision,
        platforms=tuple(name for kind, name in named.path if kind in ("platform", "architecture")),
    )
    return thing.known_by([_identified(named.helper)]) if named.helper else thing


def _identified(given: csaf.Helper) -> Product:
    """What a helper names, as a thing that is nothing else yet."""
    digests = [each for file in given.files for each in file.hashes]
    others = [("SKU", each) for each in given.skus]
    others += [("SBOM", each) for each in given.sbom_urls]
    others += [(algorithm, value) for algorithm, value in digests if not _is_sha256(algorithm)]
    return Product(
        "",
        models=given.model_numbers,
        serials=given.serial_numbers,
        cpes=(given.cpe,) if given.cpe else (),
        purls=(given.purl,) if given.purl else (),
        hashes=tuple(value for algorithm, value in digests if _is_sha256(algorithm)),
        others=(*others, *given.uris),
    )


def _is_sha256(algorithm: str) -> bool:
    return algorithm.casefold() in {"sha256", "sha-256"}


def _flaw(given: csaf.Vulnerability, shelf: _Shelf, language: str) -> Flaw:
    speech = language.partition("-")[0].lower()
    words, notes = _words(given.notes)
    described = words.pop("description", "") or words.pop("summary", "")
    threats, said = _impacts(given)
    impact = words.pop("impact", "") or "\n\n".join(threats)
    known = {ids.System.JVN: "", ids.System.JVNDB: ""}
    cve = numbers.cve(given.cve)
    others = [("CVE", given.cve)] if given.cve and not cve else []
    for each in given.ids:
        system = numbers.system(each.text)
        if system in known and not known[system]:
            known[system] = ids.parse(each.text).text
        else:
            others.append((each.system_name, each.text))
    attack = given.exploitations[0] if given.exploitations else None
    return Flaw(
        cve=cve,
        jvn=known[ids.System.JVN],
        jvndb=known[ids.System.JVNDB],
        ids=tuple(others),
        cwe=given.cwe,
        title=given.title,
        description={speech: described} if described else {},
        impact={speech: impact} if impact else {},
        notes=(*notes, *words.items(), *said, *csaf_beside.of_flaw(given, shelf.words)),
        scores=tuple(Score(s.score, s.source, _keys(s.product_ids, shelf)) for s in given.scores),
        statements=tuple(_statements(given, shelf)),
        measures=tuple(
            Measure(each.kind.value, each.details, _keys(each.product_ids, shelf), each.url)
            for each in given.remediations
        ),
        exploits=tuple(t.details for t in given.threats if t.category is ThreatCategory.EXPLOIT_STATUS),
        attacked=(attack.at, attack.known_at) if attack else None,
        discovered_at=given.discovery_date,
        public_at=given.release_date,
    )


def _impacts(given: csaf.Vulnerability) -> tuple[list[str], list[tuple[str, str]]]:
    """What can happen to what is affected; and threats that say something else: a bare grade, why a product
    is not affected, whom it is aimed at. Those stay notes under the name of their category."""
    status, texts, notes = given.status, [], []
    affected = {*status.known_affected, *status.first_affected, *status.last_affected}
    for each in given.threats:
        is_impact = each.category is ThreatCategory.IMPACT and each.details.lower() not in _GRADES
        if is_impact and (not each.product_ids or affected & {*each.product_ids}):
            texts.append(each.details)
        elif each.category is not ThreatCategory.EXPLOIT_STATUS:
            notes.append((each.category.value, each.details))
    return list(dict.fromkeys(texts)), list(dict.fromkeys(notes))


def _keys(product_ids: tuple[str, ...], shelf: _Shelf) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shelf.place(each).key for each in product_ids))


def _statements(given: csaf.Vulnerability, shelf: _Shelf) -> Iterator[Statement]:
    reasons = {each: flag.label.value for flag in given.flags for each in flag.product_ids}
    conditions = {each: said.text for said in given.conditions for each in said.product_ids}
    done = set()
    for name, state in _STATES.items():
        for product_id in getattr(given.status, name):
            place = shelf.place(product_id)
            made = Statement(
                place.key,
                state,
                place.versions,
                place.text,
                reasons.get(product_id, "") if state is State.NOT_AFFECTED else "",
                conditions.get(product_id, "") if state is State.AFFECTED else "",
                place.is_bare,
            )
            if made not in done:
                done.add(made)
                yield made
