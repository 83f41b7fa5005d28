"""The files that say how long products are supported, read back: the index of OpenEoX and its documents, the
page of ends of support, the calendar (iCalendar, RFC 5545).

In: bytes as they stand in the tree. Out: `Told`, a date of one model each: of a program's file as a day, of a
page in its words. Raises one of `BROKEN` for what cannot be read.
"""

import json
from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext, override

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.readers import dom, openeox
from okiagari.disclose.consistency.statement import Told, Within

INDEX = "openeox/index.json"
BROKEN = (ValueError, LookupError, TypeError, AttributeError)
_HEADS = {
    "end_of_sales": "End of sales",
    "end_of_security_support": "End of security support",
    "end_of_life": "End of all support",
}
"""What the columns of the page are called, before translation."""
_NONE = "–"


def index(data: bytes, url: str) -> Iterator[tuple[str, str]]:
    """Each model with the path of its document in the tree of the site at `url`."""
    for each in json.loads(data)["products"]:
        yield each["model"], each["core"].removeprefix(f"{url}/")


def core(data: bytes, zone: str, model: str) -> Iterator[Told]:
    """The dates of one Core, which names no model itself."""
    within = Within("", zone, "", "", frozenset({normal.name(model)}))
    return (each for each in openeox.read(data, within) if each.field is Field.SUPPORT)


def page(language: str) -> Callable[[bytes], Iterator[Told]]:
    """A reader of the table of ends in one language."""
    with override(language):
        kinds = {gettext(words): kind for kind, words in _HEADS.items()}
    return lambda data: _rows(dom.parse(data.decode()), kinds)


def _rows(root: dom.Node, kinds: Mapping[str, str]) -> Iterator[Told]:
    table = root.first("table", of="lives")
    if table is None:
        return
    for row in table.all("tr"):
        name = row.first("a", of="model")
        for cell in row.all("td"):
            kind, words = kinds.get(cell.attributes.get("data-label", "")), normal.plain(cell.text)
            if name is not None and kind and words != _NONE:
                yield Told(Field.SUPPORT, words, cell.place, normal.name(name.text), kind)


def calendar(data: bytes) -> Iterator[Told]:
    """The ends of support among the events: `UID` says of which kind, `SUMMARY` begins with the model."""
    event: dict[str, str] = {}
    for number, line in enumerate(data.decode().replace("\r\n ", "").split("\r\n"), 1):
        name, _, value = line.partition(":")
        event[name.partition(";")[0]] = value
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            kind = event["UID"].rpartition("@")[0].rpartition("-")[2]
            if kind in _HEADS:
                day = event["DTSTART"]
                model = normal.name(event["SUMMARY"].partition(": ")[0])
                iso = f"{day[:4]}-{day[4:6]}-{day[6:]}"
                yield Told(Field.SUPPORT, iso, f"line {number}", model, kind)
