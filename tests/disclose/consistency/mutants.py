"""One value changed in one finished file, where a reader says it stands. Out: the mutant."""

import json
import re
from html import escape
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.statement import Told

NAMESPACE = "http://jvn.jp/vuldef/"
_INSIDE = ("lessThan", "lessThanOrEqual", "version", "range", "date")


def mutant(data: bytes, told: Told) -> bytes:
    """The file with another value where this one stands."""
    if told.place.startswith("line "):
        return _in_line(data, told)
    if told.place.startswith("/"):
        return _in_json(data, told)
    return _in_xml(data, told)


_WORDS = {
    "critical": ("緊急", "Critical"),
    "medium": ("警告", "Medium"),
    "update": ("に更新", "Update to"),
    "stop_use": ("使用を停止", "Please stop using it"),
    "affected": ("影響あり", "で修正", "Affected, not fixed", "Fixed in"),
    "*": ("すべてのバージョン", "all versions"),
}


def spellings(told: Told) -> list[str]:
    """How a value may stand in a file, the surest first."""
    value = told.value
    number = value.split(": ", 1)[-1]
    found = [*_WORDS.get(value, ()), value, value.lstrip("<>="), quote(value, safe=""), escape(value)]
    found += [value.replace(" ", "T"), number, number.replace(" ", "T")]
    if told.field is Field.STANDING:
        found.append(told.product)
    return [each for each in found if each]


def another(text: str, told: Told) -> str:
    """The text with another value in it: in place of this one, or of a year; else with something more."""
    for old in spellings(told):
        if old in text:
            return text.replace(old, _changed(old), 1)
    year = re.search(r"20\d\d", text)
    return text.replace(year[0], "1999", 1) if year else text + "x"


def _changed(old: str) -> str:
    year = re.match(r"20\d\d", old)
    return old.replace(year[0], "1999", 1) if year else f"{old}9"


def _in_json(data: bytes, told: Told) -> bytes:
    document = json.loads(data)
    steps = [each.replace("~1", "/").replace("~0", "~") for each in told.place.split("/")[1:]]
    holder: Any = document
    for step in steps[:-1]:
        holder = holder[int(step) if isinstance(holder, list) else step]
    last: Any = int(steps[-1]) if isinstance(holder, list) else steps[-1]
    value = holder[last]
    if isinstance(value, dict):
        holder, last = value, next(name for name in _INSIDE if name in value and value[name] != "*")
        value = holder[last]
    if isinstance(value, list):
        holder[last] = []
    elif isinstance(value, str):
        holder[last] = another(value, told)
    else:
        holder[last] = round(value + 1, 1) if isinstance(value, float) else value + 1
    return json.dumps(document, ensure_ascii=False).encode()


def _in_xml(data: bytes, told: Told) -> bytes:
    root = ET.fromstring(data)
    path, _, attribute = told.place.partition("@")
    steps = "/".join(f"v:{step}" for step in path.split("/"))
    element = root.find(steps, {"v": NAMESPACE})
    assert element is not None
    if attribute:
        element.set(attribute, "other")
    else:
        element = element if len(element) == 0 else element[-1]
        element.text = another(element.text or "", told)
    made: bytes = ET.tostring(root, encoding="utf-8")
    return made


def _in_line(data: bytes, told: Told) -> bytes:
    lines = data.decode().split("\n")
    number = int(told.place.removeprefix("line ")) - 1
    lines[number] = another(lines[number], told)
    return "\n".join(lines).encode()
