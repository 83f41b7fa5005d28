"""security.txt (RFC 9116): whom to tell of a vulnerability, and where the CSAF provider is (CSAF, 7.1.8).

Writes one and reads anybody's. Reading never raises: what is no field is left out and told of.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from okiagari.standards import openpgp
from okiagari.standards.documents import instant, moment

_FIELD = re.compile(r"([A-Za-z0-9-]+):[ \t]+(\S.*?)[ \t]*")
_IGNORED = (openpgp.CLEAR.decode(), "Hash:")


@dataclass(frozen=True)
class SecurityTxt:
    """What it says. `contacts`: addresses (``mailto:``, ``https:``), the preferred first."""

    contacts: tuple[str, ...]
    expires: datetime
    canonical: str = ""
    csaf: tuple[str, ...] = ()
    policy: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """A file of anybody: the fields by their names in lower case, and the lines that are none."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    strange: tuple[str, ...] = ()

    def values(self, name: str) -> tuple[str, ...]:
        return self.fields.get(name.lower(), ())

    @property
    def expires(self) -> datetime | None:
        """When it runs out, if that is said once and is a time."""
        said = self.values("Expires")
        return moment(said[0]) if len(said) == 1 else None


def to_bytes(said: SecurityTxt) -> bytes:
    lines = [
        *(("Contact", each) for each in said.contacts),
        ("Expires", instant(said.expires)),
        ("Preferred-Languages", ", ".join(said.languages)),
        ("Canonical", said.canonical),
        ("Policy", said.policy),
        *(("CSAF", each) for each in said.csaf),
    ]
    return "".join(f"{name}: {value}\n" for name, value in lines if value).encode()


def is_signed(data: bytes) -> bool:
    """Whether a signature is around it (section 2.3)."""
    return data.startswith(openpgp.CLEAR)


def read(data: bytes) -> Read:
    """Section 4: UTF-8, one field a line; a comment starts with #; a cleartext signature may be around it."""
    fields: dict[str, list[str]] = {}
    strange = []
    for line in _unsigned(data.decode("utf-8", "replace").splitlines()):
        text = line.strip().removeprefix("- ")
        if not text or text.startswith(("#", *_IGNORED)):
            continue
        found = _FIELD.fullmatch(text)
        if found is None:
            strange.append(text)
        else:
            fields.setdefault(found[1].lower(), []).append(found[2])
    return Read({name: tuple(values) for name, values in fields.items()}, tuple(strange))


def _unsigned(lines: Sequence[str]) -> Sequence[str]:
    for number, line in enumerate(lines):
        if line.startswith("-----BEGIN PGP SIGNATURE"):
            return lines[:number]
    return lines
