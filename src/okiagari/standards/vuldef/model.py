"""What a VULDEF 3.2 document says, as frozen values (vuldef_3.2.xsd, 2017; revised 2025-04-20).

Nothing here is checked or rendered. Texts are in the one language of the document. Times are instants
with a zone; an empty text, tuple or None is left out.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from okiagari.standards.cvss import Score
from okiagari.standards.firmware_order import Range


class VendorStatus(StrEnum):
    """`affectedstatus`: 影響あり, 影響あり調査中, 影響なし, 影響なし調査中, 不明."""

    VULNERABLE = "vulnerable"
    VULNERABLE_INVESTIGATING = "vulnerable_investigating"
    NOT_VULNERABLE = "notvulnerable"
    NOT_VULNERABLE_INVESTIGATING = "notvulnerable_investigating"
    UNKNOWN = "unknown"


def roll_up(*, affected: int, not_affected: int, investigating: int) -> VendorStatus:
    """The one value a vendor has, from how many of its products stand where."""
    if affected:
        return VendorStatus.VULNERABLE_INVESTIGATING if investigating else VendorStatus.VULNERABLE
    if not_affected:
        return VendorStatus.NOT_VULNERABLE_INVESTIGATING if investigating else VendorStatus.NOT_VULNERABLE
    return VendorStatus.UNKNOWN


class SolutionKind(StrEnum):
    """`solutiontype`."""

    FIXED = "fixed"
    WORKAROUND = "workaround"
    MIGRATION = "migration"
    NONE = "none"
    UNKNOWN = "unknown"


class RelatedKind(StrEnum):
    """`type` of a RelatedItem."""

    VENDOR = "vendor"
    ADVISORY = "advisory"
    CWE = "cwe"


@dataclass(frozen=True)
class Affected:
    """One AffectedItem. `words`: versions in words (JVN often writes them so), kept as they stand."""

    vendor: str = ""
    product: str = ""
    status: VendorStatus | None = None
    versions: tuple[Range, ...] = ()
    words: tuple[str, ...] = ()
    cpes: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Solution:
    texts: tuple[str, ...]
    kind: SolutionKind | None = None
    urls: tuple[str, ...] = ()


@dataclass(frozen=True)
class Related:
    """A reference: the vendor's page, somebody's advisory, a weakness. `id`: the number it has there."""

    kind: RelatedKind
    name: str = ""
    id: str = ""
    title: str = ""
    url: str = ""
    text: str = ""


@dataclass(frozen=True)
class Credit:
    """Thanks. Left out of the document unless the person has consented."""

    has_consent: bool
    name: str = ""
    text: str = ""


@dataclass(frozen=True)
class Change:
    """One line of the history."""

    number: str
    at: datetime | None
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Vulinfo:
    """One Vulinfo. `first_at`: registered; `public_at`: published by the vendor."""

    id: str
    title: str = ""
    overview: str = ""
    details: tuple[str, ...] = ()
    affected: tuple[Affected, ...] = ()
    scores: tuple[Score, ...] = ()
    impacts: tuple[str, ...] = ()
    solutions: tuple[Solution, ...] = ()
    exploits: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    credits: tuple[Credit, ...] = ()
    contact: str = ""
    contact_text: str = ""
    history: tuple[Change, ...] = ()
    first_at: datetime | None = None
    updated_at: datetime | None = None
    public_at: datetime | None = None
    is_public: bool = False
