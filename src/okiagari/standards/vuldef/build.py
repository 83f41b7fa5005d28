"""From values to a VULDEF 3.2 document (vuldef_3.2.xsd).

In: `Vulinfo` values of one language. Out: XML bytes, the same for the same input, and a `Loss` for each
thing the format has no place for. Element order is that of the schema. It never adds what it was not
given; characters that XML 1.0 cannot hold are left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from okiagari.problems import gettext_noop
from okiagari.standards.cvss import Score, Version
from okiagari.standards.documents import Loss, instant, unique, xml_text
from okiagari.standards.firmware_order import Form, Range

from .model import Affected, Change, Related, Solution, Vulinfo

NAMESPACE = "http://jvn.jp/vuldef/"
VERSION = "3.2"

WITHHELD = gettext_noop("A credit is left out: there is no consent to it.")
NO_RANGE = gettext_noop("VULDEF has no range for “%(range)s” (%(product)s): it stands there in words.")
NO_OVERVIEW = gettext_noop("The details are left out: VULDEF wants an overview before them.")
NO_IMPACT = gettext_noop("The scores are left out: VULDEF wants an impact in words beside them.")

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ENDS: Mapping[Form, tuple[str, str]] = {
    Form.UP_TO: ("", "le"),
    Form.BEFORE: ("", "lt"),
    Form.FROM: ("ge", ""),
    Form.BETWEEN: ("ge", "le"),
}


@dataclass(frozen=True)
class Built:
    """The document as bytes, and what is not in it as it was given."""

    content: bytes
    losses: tuple[Loss, ...]


def build(infos: Iterable[Vulinfo], language: str) -> Built:
    """Render a document. Raises ValueError for a time without zone."""
    losses: list[Loss] = []
    root = ET.Element("VULDEF-Document", {"xmlns": NAMESPACE, "version": VERSION, _XML_LANG: language})
    for number, info in enumerate(infos, 1):
        _Writer(language, f"/VULDEF-Document/Vulinfo[{number}]", losses).write(root, info)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8")
    return Built(b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n", tuple(losses))


class _Writer:
    """Writes one Vulinfo; collects what is lost."""

    def __init__(self, language: str, location: str, losses: list[Loss]) -> None:
        self.language = language
        self.location = location
        self.losses = losses

    def write(self, root: ET.Element, info: Vulinfo) -> None:
        element = ET.SubElement(root, "Vulinfo", {"restriction": "public"} if info.is_public else {})
        _texts(element, [("VulinfoID", info.id)], always=True)
        data = ET.SubElement(element, "VulinfoData")
        _texts(data, [("Title", info.title)])
        self._description(data, info)
        if info.affected:
            place = ET.SubElement(data, "Affected")
            for affected in info.affected:
                self._affected(place, affected)
        self._impact(data, info)
        _many(data, "Solution", info.solutions, _solution)
        _many(data, "Exploit", info.exploits, _exploit)
        _many(data, "Related", info.related, _related)
        self._credits(data, info)
        if info.contact or info.contact_text:
            item = ET.SubElement(ET.SubElement(data, "Contact"), "ContactItem")
            _texts(item, [("Name", info.contact), ("Description", info.contact_text)])
        _many(data, "History", info.history, _change)
        _texts(data, [("DateFirstPublished", _at(info.first_at)), ("DateLastUpdated", _at(info.updated_at))])
        _texts(data, [("DatePublic", _at(info.public_at))])

    def _description(self, data: ET.Element, info: Vulinfo) -> None:
        if info.overview:
            place = ET.SubElement(data, "VulinfoDescription")
            _texts(place, [("Overview", info.overview), *(("Detail", text) for text in info.details)])
        elif info.details:
            self.losses.append(Loss(f"{self.location}/VulinfoData/VulinfoDescription", NO_OVERVIEW))

    def _affected(self, place: ET.Element, item: Affected) -> None:
        element = ET.SubElement(place, "AffectedItem")
        if item.status:
            element.set("affectedstatus", item.status.value)
        _texts(element, [("Name", item.vendor), ("ProductName", item.product)])
        for version, cpe in item.cpes:
            ET.SubElement(element, "Cpe", version=version).text = xml_text(cpe)
        spoken = []
        for versions in item.versions:
            if versions.form in {Form.ALL, Form.UNKNOWN}:
                words = versions.words(self.language)
                spoken.append(words)
                told = {"range": words, "product": item.product}
                self.losses.append(Loss(f"{self.location}/VulinfoData/Affected", NO_RANGE, told))
            else:
                _range(element, versions)
        _texts(element, [("VersionNumber", text) for text in item.words])
        _texts(element, [("Description", text) for text in (*spoken, *item.notes)])

    def _impact(self, data: ET.Element, info: Vulinfo) -> None:
        if not info.impacts:
            if info.scores:
                self.losses.append(Loss(f"{self.location}/VulinfoData/Impact", NO_IMPACT))
            return
        place = ET.SubElement(data, "Impact")
        for score in info.scores:
            _cvss(place, score)
        for text in info.impacts:
            _texts(ET.SubElement(place, "ImpactItem"), [("Description", text)])

    def _credits(self, data: ET.Element, info: Vulinfo) -> None:
        thanked = [each for each in info.credits if each.has_consent]
        withheld = len(info.credits) - len(thanked)
        self.losses += [Loss(f"{self.location}/VulinfoData/Credit", WITHHELD)] * withheld
        if not thanked:
            return
        place = ET.SubElement(data, "Credit")
        for each in thanked:
            item = ET.SubElement(place, "CreditItem")
            _texts(item, [("Name", each.name)])
            _texts(item, [("Description", each.text)], always=True)


def _many(data: ET.Element, name: str, items: Iterable[object], write: object) -> None:
    known = tuple(items)
    if known:
        place = ET.SubElement(data, name)
        for each in known:
            write(place, each)  # type: ignore[operator]


def _range(element: ET.Element, versions: Range) -> None:
    if versions.form is Form.EXACTLY:
        ET.SubElement(element, "VersionNumber", operator="eq").text = xml_text(versions.low)
        return
    number = ET.SubElement(element, "VersionNumber")
    for name, operator, text in zip(
        ("RangeBegin", "RangeEnd"), _ENDS[versions.form], (versions.low, versions.high), strict=True
    ):
        if operator:
            ET.SubElement(number, name, operator=operator).text = xml_text(text)


def _cvss(place: ET.Element, score: Score) -> None:
    element = ET.SubElement(place, "Cvss", version=score.version.value)
    severity = score.severity.value.capitalize()
    if score.version is Version.V2_0 and score.base == 0:
        severity = "None"
    ET.SubElement(element, "Severity", type="Base").text = severity
    _texts(element, [("Base", f"{score.base:.1f}"), ("Vector", score.vector)])


def _solution(place: ET.Element, item: Solution) -> None:
    element = ET.SubElement(place, "SolutionItem", {"solutiontype": item.kind.value} if item.kind else {})
    _texts(element, [("Description", text) for text in item.texts], always=True)
    _texts(element, [("URL", url) for url in unique(item.urls)])


def _exploit(place: ET.Element, text: str) -> None:
    _texts(ET.SubElement(place, "ExploitItem", exploittype="exploit"), [("Description", text)])


def _related(place: ET.Element, item: Related) -> None:
    element = ET.SubElement(place, "RelatedItem", type=item.kind.value)
    _texts(element, [("Name", item.name), ("VulinfoID", item.id), ("Title", item.title)])
    _texts(element, [("URL", item.url), ("Description", item.text)])


def _change(place: ET.Element, item: Change) -> None:
    element = ET.SubElement(place, "HistoryItem")
    _texts(element, [("HistoryNo", item.number), ("DateTime", _at(item.at))])
    _texts(element, [("Description", text) for text in item.texts], always=True)


def _texts(parent: ET.Element, texts: Iterable[tuple[str, str]], *, always: bool = False) -> None:
    """One element for each text that is not empty."""
    for name, text in texts:
        if text or always:
            ET.SubElement(parent, name).text = xml_text(text)


def _at(moment: datetime | None) -> str:
    return instant(moment) or ""
