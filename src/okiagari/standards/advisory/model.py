"""What an advisory says, in one shape, as frozen values.

A *product* is a thing an owner has (a device, a program); its versions stand in what is said of it. Texts
are in the one language of the document unless it tells several; times are instants with a zone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from okiagari.standards.cvss import Score as Scored
from okiagari.standards.firmware_order import Range


class State(StrEnum):
    """What is said of a product and a vulnerability; `FIXED` names the versions that fix it."""

    AFFECTED = "affected"
    FIXED = "fixed"
    NOT_AFFECTED = "not_affected"
    INVESTIGATING = "investigating"


@dataclass(frozen=True)
class Product:
    """`key`: what statements call it. `model`: its name in the tree; `models`: numbers it is sold under.

    `revision`: the hardware revision, where the document says that it is one. `platforms`: what else tells
    two of a kind apart (a revision, an operating system). `models` and `serials` may be patterns. `hashes`:
    SHA-256 of its files; `others`: what else identifies it, as (kind, text).
    """

    key: str
    name: str = ""
    vendor: str = ""
    model: str = ""
    family: str = ""
    revision: str = ""
    models: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()
    cpes: tuple[str, ...] = ()
    purls: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()

    def known_by(self, more: Iterable["Product"]) -> "Product":
        """The same thing, with everything other mentions identify it by."""
        every = (self, *more)
        joined: dict[str, Any] = {
            name: tuple(dict.fromkeys(text for each in every for text in getattr(each, name)))
            for name in IDENTIFYING
        }
        return replace(self, **joined)


IDENTIFYING = ("models", "serials", "cpes", "purls", "hashes", "others")


@dataclass(frozen=True)
class Statement:
    """One thing said of a product. `versions` is None for the product whatever it runs.

    `text`: the versions in words where they are no range of ours. `is_bare`: the version may as well be a
    hardware revision; the document does not say which.
    """

    product: str
    state: State
    versions: Range | None = None
    text: str = ""
    justification: str = ""
    condition: str = ""
    is_bare: bool = False


@dataclass(frozen=True)
class Measure:
    """What the owner should do. `kind`: a category of CSAF remediations; `products`: none for all.

    `translations`: the text in the other languages the document has it in.
    """

    kind: str
    text: str
    products: tuple[str, ...] = ()
    url: str = ""
    translations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Score:
    """`source`: who scored, where it is said; `products`: those it holds for, none for all."""

    score: Scored
    source: str = ""
    products: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flaw:
    """One vulnerability. `texts`: language -> words, where the document speaks several."""

    cve: str = ""
    jvn: str = ""
    jvndb: str = ""
    ids: tuple[tuple[str, str], ...] = ()
    cwe: str = ""
    title: str = ""
    description: Mapping[str, str] = field(default_factory=dict)
    impact: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()
    scores: tuple[Score, ...] = ()
    statements: tuple[Statement, ...] = ()
    measures: tuple[Measure, ...] = ()
    exploits: tuple[str, ...] = ()
    attacked: tuple[datetime, datetime] | None = None
    discovered_at: datetime | None = None
    public_at: datetime | None = None


@dataclass(frozen=True)
class Revision:
    """One published version: its number as written, when, and what changed."""

    number: str
    at: datetime
    summary: str


@dataclass(frozen=True)
class Advisory:
    """A whole advisory. `first_at`: the initial release, where it is not that of the first revision."""

    tracking_id: str = ""
    title: str = ""
    language: str = ""
    source_language: str = ""
    category: str = ""
    status: str = ""
    tlp: str = ""
    publisher: str = ""
    publisher_url: str = ""
    contact: str = ""
    severity: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()
    references: tuple[tuple[str, str], ...] = ()
    credits: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    first_at: datetime | None = None
    products: tuple[Product, ...] = ()
    flaws: tuple[Flaw, ...] = ()
