"""A document of somebody else: which format it is, what it says, what was not understood, what is wrong.

In: the bytes of one file, from anywhere. Out: plain values of what was read (JSON values, empty ones left
out) with every part that was not understood and its place, and the faults by the rules of its format. CSAF
2.0 and 2.1, CVE records 5.x and containers of a CNA, VULDEF 3.2, OpenEoX Core and OpenVEX are known. What
is too large, nested too deeply or ambiguous (a key twice) is refused before anything else looks at it. It
never asks the network.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards import csaf, cve, openeox, vuldef
from okiagari.standards.csaf import reading as csaf_reading
from okiagari.standards.cvss import Score
from okiagari.standards.documents import Fault, Unread
from okiagari.standards.firmware_order import Range
from okiagari.standards.partialdate import PartialDate
from okiagari.standards.vex import openvex

UNKNOWN_FORMAT = define(
    "foreign.unknown_format",
    Kind.INVALID,
    gettext_noop("The format of this document is not known."),
    gettext_noop("Known are CSAF 2.0 and 2.1, CVE records 5.x, VULDEF 3.2, OpenEoX Core and OpenVEX 0.2.0."),
)
TOO_LARGE = define(
    "foreign.too_large",
    Kind.INVALID,
    gettext_noop("The document has %(size)s bytes; up to %(limit)s are read."),
    gettext_noop("Ask its publisher for one document per advisory."),
)
TOO_DEEP = define(
    "foreign.too_deep",
    Kind.INVALID,
    gettext_noop("The document is nested more than %(limit)s levels deep."),
    gettext_noop("No format known here needs that; ask its publisher for another file."),
)
KEY_TWICE = define(
    "foreign.key_twice",
    Kind.INVALID,
    gettext_noop("The document says “%(key)s” twice in one object, so it can be read in two ways."),
    gettext_noop("Ask its publisher which of the two is meant."),
)
NOT_TEXT = define(
    "foreign.not_text",
    Kind.INVALID,
    gettext_noop("The document holds characters that are no text (U+0000, half of a surrogate pair)."),
    gettext_noop("Ask its publisher for a file that was not damaged on its way."),
)
MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 100
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class Format(StrEnum):
    CSAF = "CSAF"
    CVE = "CVE record"
    VULDEF = "VULDEF"
    OPENEOX = "OpenEoX Core"
    OPENVEX = "OpenVEX"


@dataclass(frozen=True)
class Document:
    """One file. `values`: what it says; None where the format is checked but not read (OpenVEX)."""

    format: Format
    values: Any
    unread: tuple[Unread, ...]
    faults: tuple[Fault, ...]


def document(content: bytes, zone: str = "UTC") -> Document:
    """Read and judge it. `zone`: in which days are told. Raises UNKNOWN_FORMAT and what its reader raises."""
    kind, value = opened(content)
    if kind is Format.VULDEF:
        read = vuldef.read(content)
        return Document(kind, plain(read.infos), read.unread, ())
    if kind is Format.CSAF:
        said = csaf_reading.read(value)
        return Document(kind, plain(said.document), said.unread, faults(kind, value))
    if kind is Format.CVE:
        known = cve.read(value)
        return Document(kind, plain(known.record), known.unread, faults(kind, value))
    if kind is Format.OPENEOX:
        life, unread = openeox.read(value, zone)
        return Document(kind, plain(life), unread, openeox.faults(value))
    return Document(kind, None, (), openvex.faults(value))


def opened(content: bytes) -> tuple[Format, dict[str, Any]]:
    """Which format it is, and its JSON value (empty for XML). Raises TOO_LARGE, TOO_DEEP, KEY_TWICE and
    UNKNOWN_FORMAT."""
    if len(content) > MAX_BYTES:
        raise TOO_LARGE(size=len(content), limit=MAX_BYTES)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return Format.VULDEF, {}
    value = _json(content)
    kind = next((kind for kind, fits in _SIGNS.items() if fits(value)), None)
    if kind is None:
        raise UNKNOWN_FORMAT()
    return kind, value


def faults(kind: Format, value: Mapping[str, Any]) -> tuple[Fault, ...]:
    """What is wrong with a CSAF document (schema and mandatory tests) or a CVE record."""
    if kind is Format.CVE:
        return cve.validate(value)
    found = csaf.validate(value)
    return tuple(Fault(each.location, f"{each.test}: {each.message}") for each in found)


_SIGNS: Mapping[Format, Callable[[Mapping[str, Any]], bool]] = {
    Format.CSAF: csaf_reading.looks_like,
    Format.CVE: lambda value: "cnaContainer" in value or value.get("dataType") == "CVE_RECORD",
    Format.OPENVEX: lambda value: str(value.get("@context", "")).startswith("https://openvex.dev/"),
    Format.OPENEOX: lambda value: "end_of_life" in value and "last_updated" in value,
}


def _json(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_such_number
        )
    except RecursionError:
        raise TOO_DEEP(limit=MAX_DEPTH) from None
    except ValueError:
        raise UNKNOWN_FORMAT() from None
    if not isinstance(value, dict):
        raise UNKNOWN_FORMAT()
    _check_depth(value)
    _check_text(content, value)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """RFC 8259, section 4: names should be unique; readers disagree where they are not."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise KEY_TWICE(key=Counter(key for key, _ in pairs).most_common(1)[0][0])
    return found


def _no_such_number(text: str) -> Any:
    raise ValueError(text)


def _check_text(content: bytes, value: object) -> None:
    """What no database and no XML holds. Only an escape can bring it in: the bytes are UTF-8."""
    try:
        if _SURROGATE.search(content):
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise NOT_TEXT() from None
    if _NUL.search(content):
        raise NOT_TEXT()


def _check_depth(value: Any) -> None:
    """Level by level, so that no depth costs more than its values."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for each in level
            for child in (each.values() if isinstance(each, dict) else each)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return
    raise TOO_DEEP(limit=MAX_DEPTH)


def plain(value: Any) -> Any:
    """Frozen values as JSON values; a score by its vector, a range as it is kept, nothing empty."""
    if isinstance(value, Score):
        return {"base": value.base, "vector": value.vector, "version": value.version.value}
    if isinstance(value, Range):
        return value.to_json()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return dict(_fields(value))
    return value


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    for field in fields(value):
        known = plain(getattr(value, field.name))
        if known not in (None, "", [], {}):
            yield field.name, known
