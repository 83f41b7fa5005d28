"""VULDEF 3.2 read back: what JVN is told of the vendor, its products and what to do."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.readers import spoken
from okiagari.disclose.consistency.statement import Told, Within

_NAMES = {"": "http://jvn.jp/vuldef/"}
_DATA = "Vulinfo/VulinfoData"
_STANDINGS = {
    "vulnerable": "affected",
    "vulnerable_investigating": "affected",
    "notvulnerable": "not_affected",
    "notvulnerable_investigating": "investigating",
    "unknown": "investigating",
}


def read(data: bytes, within: Within) -> Iterator[Told]:
    """Raises ValueError for a document type of its own, ET.ParseError."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("a document type")
    root = ET.fromstring(data)  # noqa: S314 - without a document type nothing can be expanded
    for kind, path in ((Field.DOCUMENT, "Vulinfo/VulinfoID"), (Field.TITLE, f"{_DATA}/Title")):
        yield Told(kind, normal.plain(_text(root, path)), path)
    for kind, name in ((Field.INITIAL, "DateFirstPublished"), (Field.CURRENT, "DateLastUpdated")):
        path = f"{_DATA}/{name}"
        yield Told(kind, normal.instant(_text(root, path), within.zone), path)
    public = f"{_DATA}/DatePublic"
    yield Told(Field.INITIAL, normal.instant(_text(root, public), within.zone), public)
    for number, item in _each(root, f"{_DATA}/History/HistoryItem"):
        at = normal.instant(_text(item, "DateTime"), within.zone)
        place = f"{_DATA}/History/HistoryItem[{number}]"
        yield Told(Field.REVISIONS, f"{_text(item, 'HistoryNo')}: {at}", f"{place}/DateTime")
    for number, item in _each(root, f"{_DATA}/Credit/CreditItem"):
        place = f"{_DATA}/Credit/CreditItem[{number}]/Name"
        yield Told(Field.CREDIT, normal.plain(_text(item, "Name")), place)
    yield from _affected(root)
    yield from _scores(root)
    yield from _solutions(root, within)
    yield from _related(root, within)


def _each(root: ET.Element, path: str) -> Iterator[tuple[int, ET.Element]]:
    yield from enumerate(root.findall(path, _NAMES), 1)


def _text(element: ET.Element, path: str) -> str:
    return element.findtext(path, "", _NAMES)


def _affected(root: ET.Element) -> Iterator[Told]:
    for number, item in _each(root, f"{_DATA}/Affected/AffectedItem"):
        place = f"{_DATA}/Affected/AffectedItem[{number}]"
        name, status = normal.name(_text(item, "ProductName")), item.get("affectedstatus", "")
        if not name:
            yield Told(Field.VENDOR_STATUS, status, f"{place}@affectedstatus")
            continue
        yield Told(Field.PRODUCT, name, f"{place}/ProductName")
        yield Told(Field.STANDING, _STANDINGS.get(status, status), f"{place}@affectedstatus", name)
        for row, version in _each(item, "VersionNumber"):
            yield Told(Field.AFFECTED, _versions(version), f"{place}/VersionNumber[{row}]", name)


def _versions(version: ET.Element) -> str:
    if version.get("operator") == "eq":
        return normal.plain(version.text or "")
    low, high = version.find("RangeBegin", _NAMES), version.find("RangeEnd", _NAMES)
    return normal.between(
        low.text or "" if low is not None else "",
        high.text or "" if high is not None else "",
        is_open=high is not None and high.get("operator") == "lt",
    )


def _scores(root: ET.Element) -> Iterator[Told]:
    for number, item in _each(root, f"{_DATA}/Impact/Cvss"):
        place, vector = f"{_DATA}/Impact/Cvss[{number}]", _text(item, "Vector")
        yield Told(Field.FLAW_VECTOR, vector, f"{place}/Vector")
        yield Told(Field.BASE, _text(item, "Base"), f"{place}/Base", flaw=vector)
        word = _text(item, "Severity").lower()
        if word == "none" and not vector.startswith("CVSS:"):
            word = "low"  # JVN says None of a zero, for which CVSS 2.0 has no such word
        yield Told(Field.BASE_SEVERITY, word, f"{place}/Severity", flaw=vector)


def _solutions(root: ET.Element, within: Within) -> Iterator[Told]:
    """Each thing to do stands once, under the names of the products it is for."""
    separator = spoken.word(", ", within.language)
    for number, item in _each(root, f"{_DATA}/Solution/SolutionItem"):
        place = f"{_DATA}/Solution/SolutionItem[{number}]"
        head, _, text = _text(item, "Description").partition(":\n")
        kind, url = item.get("solutiontype", ""), _text(item, "URL")
        for product in map(normal.name, normal.split(head, separator)):
            yield Told(Field.JVN_REMEDY, kind, f"{place}@solutiontype", product)
            if kind == "fixed":
                release = spoken.update(text, within.language)
                yield Told(Field.UPDATE, release, f"{place}/Description", product)
                if url:
                    yield Told(Field.DOWNLOAD, normal.url(url), f"{place}/URL", product)


def _related(root: ET.Element, within: Within) -> Iterator[Told]:
    for number, item in _each(root, f"{_DATA}/Related/RelatedItem"):
        place = f"{_DATA}/Related/RelatedItem[{number}]"
        kind, url, text = item.get("type", ""), normal.url(_text(item, "URL")), _text(item, "VulinfoID")
        if kind == "cwe":
            yield Told(Field.CWE, text, f"{place}/VulinfoID")
        elif kind == "vendor":
            yield Told(Field.TRACKING, text, f"{place}/VulinfoID")
            yield Told(Field.PAGE, url, f"{place}/URL")
        else:
            if text:
                yield Told(Field.IDS, text, f"{place}/VulinfoID")
            yield Told(Field.REFERENCES, url, f"{place}/URL")
