"""A document of somebody else: which format it is, what it says, what was not understood, what is wrong.

In: the bytes of one file. Out: plain values of what was read (JSON values, empty ones left out) with every
part that was not understood and its place, and the faults by the rules of its format. CVE records 5.x and
containers of a CNA, VULDEF 3.2, OpenEoX Core and OpenVEX are known; CSAF has a validator of its own
(`standards.csaf`). It never asks the network.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards import cve, openeox, vuldef
from okiagari.standards.cvss import Score
from okiagari.standards.documents import Fault, Unread
from okiagari.standards.firmware_order import Range
from okiagari.standards.partialdate import PartialDate
from okiagari.standards.vex import openvex

UNKNOWN_FORMAT = define(
    "foreign.unknown_format",
    Kind.INVALID,
    gettext_noop("The format of this document is not known."),
    gettext_noop("Known are CVE records 5.x, VULDEF 3.2, OpenEoX Core and OpenVEX 0.2.0."),
)


class Format(StrEnum):
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
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        read = vuldef.read(content)
        return Document(Format.VULDEF, plain(read.infos), read.unread, ())
    value = _json(content)
    kind = next((kind for kind, fits in _SIGNS.items() if fits(value)), None)
    if kind is None:
        raise UNKNOWN_FORMAT()
    if kind is Format.CVE:
        known = cve.read(value)
        return Document(kind, plain(known.record), known.unread, cve.validate(value))
    if kind is Format.OPENEOX:
        life, unread = openeox.read(value, zone)
        return Document(kind, plain(life), unread, openeox.faults(value))
    return Document(kind, None, (), openvex.faults(value))


_SIGNS: Mapping[Format, Callable[[Mapping[str, Any]], bool]] = {
    Format.CVE: lambda value: "cnaContainer" in value or value.get("dataType") == "CVE_RECORD",
    Format.OPENVEX: lambda value: str(value.get("@context", "")).startswith("https://openvex.dev/"),
    Format.OPENEOX: lambda value: "end_of_life" in value and "last_updated" in value,
}


def _json(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except ValueError:
        raise UNKNOWN_FORMAT() from None
    if not isinstance(value, dict):
        raise UNKNOWN_FORMAT()
    return value


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
