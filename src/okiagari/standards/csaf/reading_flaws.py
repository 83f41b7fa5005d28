"""The vulnerabilities of a document that is read (OASIS CSAF 2.0 and 2.1, 3.2.3).

In: the objects, and the product tree they speak of. Out: values of `model`, groups of products written out.
What has no value there (a second weakness, EPSS, an involvement) stays unread, with its place.
"""

from collections.abc import Iterator
from dataclasses import replace

from okiagari.problems import Kind, Problem, define, gettext_noop
from okiagari.standards import cvss, ids
from okiagari.standards.cvss import Version
from okiagari.standards.documents import Reading

from .model import (
    Condition,
    Exploitation,
    Flag,
    Note,
    ProductScore,
    ProductStatus,
    Remediation,
    Threat,
    Vulnerability,
    VulnerabilityId,
)
from .reading_parts import acknowledgments, chosen, note, references
from .reading_tree import Tree
from .terms import Justification, NoteCategory, RemediationKind, ThreatCategory
from .vulnerability import CONDITION

TOO_MUCH = define(
    "csaf.too_much",
    Kind.INVALID,
    gettext_noop("The groups of products of this document stand for more than %(limit)s products in all."),
    gettext_noop("Ask its publisher for a document that names its products more plainly."),
)
LIMIT = 500_000
"""How many product ids all groups of a document may stand for, written out."""

_HEAD, _COLONS = 2_000, 8
"""How far into a note, and up to which colon, the names of its products are looked for."""
_SCORES = {
    "cvss_v2": (Version.V2_0,),
    "cvss_v3": (Version.V3_1, Version.V3_0),
    "cvss_v4": (Version.V4_0,),
}
_GROUPS = tuple(ProductStatus.__dataclass_fields__)


def flaws(found: list[Reading], tree: Tree) -> tuple[Vulnerability, ...]:
    """Read every one to its end. Raises TOO_MUCH."""
    reader = _Reader(tree)
    return tuple(reader.flaw(each) for each in found)


class _Reader:
    """Reads the vulnerabilities of one document, and counts what its groups stand for."""

    def __init__(self, tree: Tree) -> None:
        self.groups = tree.groups
        self.names: dict[str, str] = {each.name: each.id for each in tree.products}
        self.left = LIMIT

    def flaw(self, reading: Reading) -> Vulnerability:
        said, conditions = self._notes(reading)
        made = Vulnerability(
            cve=reading.text("cve"),
            ids=tuple(_id(each) for each in reading.parts("ids")),
            cwe=_weakness(reading),
            title=reading.text("title"),
            notes=said,
            status=_status(reading.part("product_status")),
            flags=tuple(self._flags(reading)),
            remediations=tuple(self._remediations(reading)),
            threats=tuple(self._threats(reading)),
            scores=(*self._scores(reading), *self._metrics(reading)),
            conditions=conditions,
            references=references(reading),
            acknowledgments=acknowledgments(reading),
            discovery_date=reading.moment("discovery_date"),
            release_date=reading.moment("release_date") or reading.moment("disclosure_date"),
            exploitations=tuple(self._attacks(reading)),
        )
        reading.done()
        return made

    def _products(self, reading: Reading) -> tuple[str, ...]:
        """The products named, and those of the groups named."""
        found = dict.fromkeys(reading.texts("product_ids"))
        for name in reading.texts("group_ids"):
            members = self.groups.get(name, ())
            self.left -= len(members)
            if self.left < 0:
                raise TOO_MUCH(limit=LIMIT)
            found.update(dict.fromkeys(members))
        return tuple(found)

    def _notes(self, reading: Reading) -> tuple[tuple[Note, ...], tuple[Condition, ...]]:
        """A note of details under our own heading is a condition: 2.1 ties it to products, 2.0 names them."""
        said: list[Note] = []
        conditions: list[Condition] = []
        for each in reading.parts("notes"):
            made = note(each)
            if made is not None and self._is_condition(made):
                conditions.append(self._condition(made, self._products(each)))
            elif made is not None:
                said.append(replace(made, product_ids=self._products(each)))
            each.done()
        return tuple(said), tuple(conditions)

    def _is_condition(self, made: Note) -> bool:
        return made.category is NoteCategory.DETAILS and made.title in CONDITION.values()

    def _condition(self, made: Note, products: tuple[str, ...]) -> Condition:
        if products:
            return Condition(products, made.text)
        place = -1
        for _ in range(_COLONS):
            place = made.text.find(": ", place + 1, _HEAD)
            if place < 0:
                break
            named = made.text[:place].split(", ")
            if all(each in self.names for each in named):
                return Condition(tuple(self.names[each] for each in named), made.text[place + 2 :])
        return Condition((), made.text)

    def _flags(self, reading: Reading) -> Iterator[Flag]:
        for each in reading.parts("flags"):
            label = chosen(each, "label", Justification)
            if label:
                yield Flag(Justification(label), self._products(each), each.moment("date"))
            each.done()

    def _remediations(self, reading: Reading) -> Iterator[Remediation]:
        for each in reading.parts("remediations"):
            kind = chosen(each, "category", RemediationKind)
            if kind and kind != RemediationKind.STOP_USE:
                yield Remediation(
                    RemediationKind(kind),
                    each.text("details"),
                    self._products(each),
                    date=each.moment("date"),
                    url=each.text("url"),
                    entitlements=each.texts("entitlements"),
                    restart=_restart(each),
                )
            each.done()

    def _threats(self, reading: Reading) -> Iterator[Threat]:
        for each in reading.parts("threats"):
            kind = chosen(each, "category", ThreatCategory)
            if kind:
                details, products = each.text("details"), self._products(each)
                yield Threat(ThreatCategory(kind), details, products, each.moment("date"))
            each.done()

    def _attacks(self, reading: Reading) -> Iterator[Exploitation]:
        for each in reading.parts("first_known_exploitation_dates"):
            known, at = each.moment("date"), each.moment("exploitation_date")
            if known is not None and at is not None:
                yield Exploitation(at, known, self._products(each))
            each.done()

    def _scores(self, reading: Reading) -> Iterator[ProductScore]:
        """2.0: `scores`."""
        for each in reading.parts("scores"):
            yield from _read_scores(each, each.texts("products"), "")
            each.done()

    def _metrics(self, reading: Reading) -> Iterator[ProductScore]:
        """2.1: `metrics`, with who scored."""
        for each in reading.parts("metrics"):
            content = each.part("content")
            yield from _read_scores(content, each.texts("products"), each.text("source"))
            content.done()
            each.done()


def _read_scores(content: Reading, products: tuple[str, ...], source: str) -> Iterator[ProductScore]:
    """Scored anew; a score that says another number than its vector stays unread as a whole."""
    for name, versions in _SCORES.items():
        value = content.raw(name)
        if not isinstance(value, dict):
            continue
        named = value.get("version")
        version = next((each for each in versions if each == named), versions[0])
        try:
            score = cvss.parse(str(value.get("vectorString") or ""), version)
        except Problem:
            continue
        if value.get("baseScore", score.base) not in (score.base, score.overall):
            continue
        content.drop(name)
        yield ProductScore(score, products, source)


def _id(reading: Reading) -> VulnerabilityId:
    made = VulnerabilityId(reading.text("system_name"), reading.text("text"))
    reading.done()
    return made


def _weakness(reading: Reading) -> str:
    """The first weakness; 2.1 may name more, which stay unread."""
    whole = [reading.part("cwe")] if isinstance(reading.raw("cwe"), dict) else reading.parts("cwes")
    found = ""
    for each in whole:
        try:
            first = "" if found else ids.parse(str(each.raw("id") or ""), ids.System.CWE).text
        except Problem:
            first = ""
        if first:
            found = first
            each.drop("id", "name", "version")
        each.done()
    return found


def _status(reading: Reading) -> ProductStatus:
    made = ProductStatus(**{name: reading.texts(name) for name in _GROUPS})
    reading.done()
    return made


def _restart(reading: Reading) -> str:
    if not isinstance(reading.raw("restart_required"), dict):
        return ""
    part = reading.part("restart_required")
    found = part.text("category")
    part.done()
    return found
