"""From a VULDEF document to values: the coordinator's, a supplier's, one's own of years ago.

In: bytes from anywhere. Out: `Vulinfo` values and, for everything that was not understood (elements of
other formats, attributes, versions in words that are no range), the place and the words as they stood.
It never guesses a range from words, resolves no entity and reads no document type declaration.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from okiagari.problems import Problem
from okiagari.standards import cvss
from okiagari.standards.cvss import Score
from okiagari.standards.documents import Unread, moment
from okiagari.standards.firmware_order import Form, Range

from .build import NAMESPACE
from .guarding import NOT_VULDEF, root_of
from .model import (
    Affected,
    Change,
    Credit,
    Related,
    RelatedKind,
    Solution,
    SolutionKind,
    VendorStatus,
    Vulinfo,
)

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_FORMS = {
    ("", "le"): Form.UP_TO,
    ("", "lt"): Form.BEFORE,
    ("ge", ""): Form.FROM,
    ("ge", "le"): Form.BETWEEN,
}


__all__ = ["NOT_VULDEF", "Read", "read"]


@dataclass(frozen=True)
class Read:
    """What a document says, and what was not understood."""

    infos: tuple[Vulinfo, ...]
    language: str
    unread: tuple[Unread, ...]


def read(content: bytes) -> Read:
    """Read a document. Raises NOT_VULDEF."""
    root = root_of(content)
    unread: list[Unread] = []
    node = _Node(root, "/VULDEF-Document", unread)
    language = node.attribute(_LANGUAGE)
    node.attribute("version")
    infos = tuple(_info(each) for each in node.all("Vulinfo"))
    node.done()
    return Read(infos, language, tuple(unread))


class _Node:
    """An element while it is read: children, text and attributes that nobody took are unread."""

    def __init__(self, element: ET.Element, location: str, unread: list[Unread]) -> None:
        self.element = element
        self.location = location
        self._unread = unread
        self._attributes = dict(element.attrib)
        self._children = list(element)
        self._text = (element.text or "").strip()

    def attribute(self, name: str) -> str:
        return self._attributes.pop(name, "")

    def chosen(self, name: str, values: type) -> str:
        """An attribute that has one of these values; any other stays unread."""
        found = self._attributes.get(name, "")
        return self.attribute(name) if found in set(values) else ""  # type: ignore[call-overload]

    def all(self, name: str) -> "Iterator[_Node]":
        """Children of this name, each read to its end before the next."""
        wanted = f"{{{NAMESPACE}}}{name}"
        mine = [each for each in self._children if each.tag == wanted]
        self._children = [each for each in self._children if each.tag != wanted]
        for number, each in enumerate(mine, 1):
            node = _Node(each, f"{self.location}/{name}[{number}]", self._unread)
            yield node
            node.done()

    def within(self, *names: str) -> "Iterator[_Node]":
        """Grandchildren: the items of a list."""
        for outer in self.all(names[0]):
            yield from outer.within(*names[1:]) if len(names) > 2 else outer.all(names[1])

    def text(self) -> str:
        taken, self._text = self._text, ""
        return taken

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(text for each in self.all(name) if (text := each.text()))

    def one(self, name: str) -> str:
        return next(iter(self.texts(name)), "")

    def moment(self, name: str) -> datetime | None:
        found = None
        for each in self.all(name):
            found = moment(each._text)
            if found is not None:
                each.text()
        return found

    def keep(self, text: str) -> None:
        """Something in it that was not understood."""
        self._unread.append(Unread(self.location, text))

    def done(self) -> None:
        for name, value in self._attributes.items():
            self._unread.append(Unread(f"{self.location}/@{_short(name)}", value))
        for each in self._children:
            words = " ".join("".join(each.itertext()).split())
            said = words or " ".join(f"{_short(name)}={value}" for name, value in each.attrib.items())
            self._unread.append(Unread(f"{self.location}/{_short(each.tag)}", said))
        if self._text:
            self.keep(self._text)
        self._attributes, self._children, self._text = {}, [], ""


def _short(tag: str) -> str:
    return tag.rpartition("}")[2]


def _info(node: _Node) -> Vulinfo:
    is_public = node.attribute("restriction") == "public"
    number = node.one("VulinfoID")
    for data in node.all("VulinfoData"):
        found = _data(data, number, is_public=is_public)
    return found


def _data(data: _Node, number: str, *, is_public: bool) -> Vulinfo:
    overview = ""
    details: tuple[str, ...] = ()
    for each in data.all("VulinfoDescription"):
        overview, details = each.one("Overview"), each.texts("Detail")
    scores, impacts = _impact(data)
    contacts = [(each.one("Name"), each.one("Description")) for each in data.within("Contact", "ContactItem")]
    contact = contacts[0] if contacts else ("", "")
    return Vulinfo(
        id=number,
        title=data.one("Title"),
        overview=overview,
        details=details,
        affected=tuple(_affected(each) for each in data.within("Affected", "AffectedItem")),
        scores=scores,
        impacts=impacts,
        solutions=tuple(_solution(each) for each in data.within("Solution", "SolutionItem")),
        exploits=tuple(_exploits(data)),
        related=tuple(_related(each) for each in data.within("Related", "RelatedItem")),
        credits=tuple(
            Credit(True, each.one("Name"), each.one("Description"))  # noqa: FBT003 - it was published
            for each in data.within("Credit", "CreditItem")
        ),
        contact=contact[0],
        contact_text=contact[1],
        history=tuple(
            Change(each.one("HistoryNo"), each.moment("DateTime"), each.texts("Description"))
            for each in data.within("History", "HistoryItem")
        ),
        first_at=data.moment("DateFirstPublished"),
        updated_at=data.moment("DateLastUpdated"),
        public_at=data.moment("DatePublic"),
        is_public=is_public,
    )


def _affected(node: _Node) -> Affected:
    found = [_versions(each) for each in node.all("VersionNumber")]
    status = node.chosen("affectedstatus", VendorStatus)
    return Affected(
        vendor=node.one("Name"),
        product=node.one("ProductName"),
        status=VendorStatus(status) if status else None,
        versions=tuple(each for each in found if isinstance(each, Range)),
        words=tuple(each for each in found if isinstance(each, str) and each),
        cpes=tuple((each.attribute("version"), each.text()) for each in node.all("Cpe")),
        notes=node.texts("Description"),
    )


def _versions(node: _Node) -> Range | str:
    """A range where the operators make one of ours; else the words as they stand."""
    ends = {}
    operators = {}
    for name in ("RangeBegin", "RangeEnd"):
        ends[name] = operators[name] = ""
        for each in node.all(name):
            operators[name] = each.attribute("operator")
            ends[name] = each.text()
    if node.element.get("operator") == "eq" and node._text:
        node.attribute("operator")
        return Range.exactly(node.text())
    form = _FORMS.get((operators["RangeBegin"], operators["RangeEnd"]))
    if form is not None:
        try:
            return Range(form, ends["RangeBegin"], ends["RangeEnd"])
        except Problem:
            pass
    told = [f"{operators[name]} {ends[name]}".strip() for name in ends if ends[name]]
    return " ".join(part for part in (node.text(), *told) if part)


def _impact(data: _Node) -> tuple[tuple[Score, ...], tuple[str, ...]]:
    scores: list[Score] = []
    impacts: list[str] = []
    for impact in data.all("Impact"):
        for each in impact.all("Cvss"):
            found = _score(each)
            scores += [found] if found else []
        for item in impact.all("ImpactItem"):
            impacts += item.texts("Description")
    return tuple(scores), tuple(impacts)


def _score(node: _Node) -> Score | None:
    """Scored anew from its vector; what was computed there is understood where it agrees."""
    version = node.element.get("version", "")
    vector = next((each.text or "" for each in node.element if _short(each.tag) == "Vector"), "")
    try:
        score = cvss.parse(vector, version)
    except Problem:
        return None
    node.attribute("version")
    node.one("Vector")
    for each in node.all("Base"):
        each.keep(each.text()) if each._text not in {f"{score.base:.1f}", f"{score.base:g}"} else each.text()
    for each in node.all("Severity"):
        each.attribute("type")
        each.text()
    return score


def _solution(node: _Node) -> Solution:
    kind = node.chosen("solutiontype", SolutionKind)
    return Solution(node.texts("Description"), SolutionKind(kind) if kind else None, node.texts("URL"))


def _exploits(data: _Node) -> Iterator[str]:
    for each in data.within("Exploit", "ExploitItem"):
        if each.element.get("exploittype") == "exploit":
            each.attribute("exploittype")
        yield from each.texts("Description")


def _related(node: _Node) -> Related:
    kind = node.chosen("type", RelatedKind)
    return Related(
        RelatedKind(kind) if kind else RelatedKind.ADVISORY,
        name=node.one("Name"),
        id=node.one("VulinfoID"),
        title=node.one("Title"),
        url=node.one("URL"),
        text=node.one("Description"),
    )
