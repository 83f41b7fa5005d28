"""What a VEX document says, as frozen input values, whichever format it goes out in.

In: the maker's own terms: products with the versions that are affected and the releases that fix them.
Nothing here is checked or rendered. Texts are in the one language of the document; times are instants
with a zone; an empty text, tuple or None is left out.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from okiagari.standards.csaf.terms import Justification
from okiagari.standards.cvss import Score
from okiagari.standards.documents import Json, Loss
from okiagari.standards.firmware_order import Range

ALL = Range.all()


class Status(StrEnum):
    """What is known of one product. Fixed releases of an affected product are `Statement.fixed_in`."""

    AFFECTED = "affected"
    NOT_AFFECTED = "not_affected"
    UNDER_INVESTIGATION = "under_investigation"


class Kind(StrEnum):
    """What a product is, by the types of CycloneDX (`component.type`)."""

    DEVICE = "device"
    APPLICATION = "application"
    SERVICE = "platform"


@dataclass(frozen=True)
class Product:
    """One product. `id` is what statements call it; `url` an address in the maker's own space that names it,
    whether or not anything lies there; `page` one that people can open."""

    id: str
    url: str
    name: str
    kind: Kind = Kind.DEVICE
    family: str = ""
    maker: str = ""
    purl: str = ""
    cpe: str = ""
    hashes: tuple[tuple[str, str], ...] = ()
    page: str = ""


@dataclass(frozen=True)
class ScoreOf:
    """A score and who gave it; `source` is a name people know ("JVN"), "" for the author's own."""

    score: Score
    source: str = ""


@dataclass(frozen=True)
class Vulnerability:
    """`name`: the id it is known by, CVE where it has one. `references`: (id, system, address)."""

    name: str
    aliases: tuple[str, ...] = ()
    url: str = ""
    source: str = ""
    title: str = ""
    description: str = ""
    detail: str = ""
    cwe: str = ""
    references: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Statement:
    """What is known of one product and one vulnerability.

    `action`: what the owner should do (affected); `impact`: why not affected, in words; `condition`:
    under which it is affected. `versions`: those affected; `fixed_in`: releases that fix it.
    `is_final`: no fix will come. `at`: since when it is said.
    """

    vulnerability: str
    product: str
    status: Status
    versions: Range = ALL
    fixed_in: tuple[str, ...] = ()
    justification: Justification | None = None
    impact: str = ""
    action: str = ""
    workaround: str = ""
    condition: str = ""
    is_final: bool = False
    scores: tuple[ScoreOf, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True)
class Document:
    """A whole document. `id`: an IRI that never changes; `version`: 1 for the first edition."""

    id: str
    version: int
    author: str
    language: str
    first_at: datetime
    last_at: datetime
    title: str = ""
    tool: str = ""
    tool_version: str = ""
    pages: tuple[tuple[str, str], ...] = ()
    credits: tuple[str, ...] = ()
    products: tuple[Product, ...] = ()
    vulnerabilities: tuple[Vulnerability, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Built:
    """The document as a JSON value, and what is not in it as it was given."""

    document: Json
    losses: tuple[Loss, ...]
