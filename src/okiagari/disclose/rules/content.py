"""Everything an advisory says, as one value: the words and the facts, frozen into a snapshot.

In: values drawn from the rooms below. Out: canonical JSON and its SHA-256, which an approval binds to.
Fields with their default are left out of the JSON, so that a field added later changes no old hash.
It holds no revision history (computed from publications) and nothing that is not meant for the public.
"""

import hashlib
from collections.abc import Iterable

import msgspec

from okiagari.standards.firmware_order import Range

Texts = dict[str, str]
WORDS = ("title", "summary", "description", "impact", "advice", "contact")
KINDS = ("vulnerability", "end_of_support", "incident", "alert", "notice")
"""What an advisory can be. All but the first live without a vulnerability."""
PHASES = ("investigating", "identified", "contained", "resolved")
"""How far a notice has come; "" where it has no course."""


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A part of the content: a tree without a way back, which the collector need not walk."""


class Publisher(Value, frozen=True, kw_only=True):
    key: str = ""
    name: Texts = {}
    website: str = ""


class Words(Value, frozen=True, kw_only=True):
    """What people write. `stale`: languages in which some word is older than its source."""

    title: Texts = {}
    summary: Texts = {}
    description: Texts = {}
    impact: Texts = {}
    advice: Texts = {}
    contact: Texts = {}
    stale: list[str] = []


class Product(Value, frozen=True, kw_only=True):
    """One target: a device variant, an application on an OS, a service.

    `cpe`, `purl`: of the hardware, or of the software where it is software. `firmware_cpe`, `firmware_purl`:
    of what runs on a device; they name no version. `serial_numbers`, `model_numbers`: patterns of CSAF.
    """

    key: str
    kind: str = "device"
    model: str
    family: str = ""
    names: Texts = {}
    other_names: list[str] = []
    brand: Texts = {}
    revision: str = ""
    platform: str = ""
    line: str = ""
    page: str = ""
    find_model: Texts = {}
    find_version: Texts = {}
    support: dict[str, str] = {}
    cpe: str = ""
    purl: str = ""
    firmware_cpe: str = ""
    firmware_purl: str = ""
    serial_numbers: list[str] = []
    model_numbers: list[str] = []


class Step(Value, frozen=True, kw_only=True):
    """One step of how to look up the version. `picture`: SHA-256 of a file of `kind`; `alt`: its words."""

    text: Texts = {}
    picture: str = ""
    kind: str = ""
    width: int = 0
    height: int = 0
    alt: Texts = {}


class Lookup(Value, frozen=True, kw_only=True):
    """The steps of a line, or of a model, which stand before those of its line."""

    line: str = ""
    model: str = ""
    steps: list[Step] = []


class VersionNote(Value, frozen=True, kw_only=True):
    """What the public is told of one release wherever it is spoken of."""

    line: str
    release: str
    text: Texts = {}


class Release(Value, frozen=True, kw_only=True):
    """A release somebody is told to install. `position`: its place in the maker's order."""

    line: str
    text: str
    position: int = 0
    date: str = ""
    url: str = ""
    sha256: str = ""
    size: int = 0
    requires: str = ""
    how_to_apply: Texts = {}


class Score(Value, frozen=True, kw_only=True):
    """`products`: those it holds for, where it is not of all."""

    system: str
    version: str = ""
    vector: str = ""
    value: str = ""
    severity: str = ""
    source: str = ""
    products: list[str] = []


class Vulnerability(Value, frozen=True, kw_only=True):
    """`exploit`: "" (nothing known), "public" (an exploit is out), "attacked" (used against somebody).

    `attacked_at`, `attack_known_at`: when the first known attack was, and since when it is known.
    `public_at`: when somebody else made it public, where that is known.
    """

    id: str
    title: Texts = {}
    description: Texts = {}
    impact: Texts = {}
    cve: str = ""
    jvn: str = ""
    jvndb: str = ""
    cwe: str = ""
    scores: list[Score] = []
    exploit: str = ""
    attacked_at: str = ""
    attack_known_at: str = ""
    public_at: str = ""


class Status(Value, frozen=True, kw_only=True):
    """What was decided of one product and one vulnerability. An undecided cell has no status."""

    product: str
    vulnerability: str
    state: str
    range: dict[str, str] = {}
    condition: Texts = {}
    justification: str = ""
    fixed_in: str = ""
    planned: str = ""
    planned_wording: Texts = {}
    cannot_fix: Texts = {}

    @property
    def versions(self) -> Range | None:
        return Range.from_json(self.range) if self.range else None


class Measure(Value, frozen=True, kw_only=True):
    """A measure that is ready. `release` is a text on `line`."""

    id: str
    kind: str
    text: Texts = {}
    products: list[str] = []
    vulnerabilities: list[str] = []
    line: str = ""
    release: str = ""
    successor: str = ""


class Successor(Value, frozen=True, kw_only=True):
    """What to use instead. `is_not_affected`: decided so in the same case, for every vulnerability."""

    model: str
    names: Texts = {}
    page: str = ""
    is_not_affected: bool = False


class Order(Value, frozen=True, kw_only=True):
    """The releases of a line that owners can have, oldest first, as far as the ranges speak of them.

    Each is its text and the other texts that mean it. What is not out yet stands here only if it is named.
    """

    line: str
    releases: list[list[str]] = []


class Reference(Value, frozen=True, kw_only=True):
    url: str
    title: Texts = {}


class Content(Value, frozen=True, kw_only=True):
    """One advisory, whole. `followed_by`: model to the one that follows it, where support ends."""

    schema: int = 1
    tracking_id: str
    kind: str = "vulnerability"
    phase: str = ""
    next_update: str = ""
    languages: list[str] = []
    publisher: Publisher = Publisher()
    words: Words = Words()
    products: list[Product] = []
    vulnerabilities: list[Vulnerability] = []
    statuses: list[Status] = []
    measures: list[Measure] = []
    releases: list[Release] = []
    successors: list[Successor] = []
    references: list[Reference] = []
    credits: list[str] = []
    orders: list[Order] = []
    followed_by: dict[str, str] = {}
    lookups: list[Lookup] = []
    version_notes: list[VersionNote] = []


class Catalogue(Value, frozen=True, kw_only=True):
    """What the public pages say of products beside any advisory. `support_at`: since when dates are those."""

    products: list[Product] = []
    lookups: list[Lookup] = []
    version_notes: list[VersionNote] = []
    followed_by: dict[str, str] = {}
    support_at: dict[str, str] = {}


def steps_of(lookups: Iterable[Lookup], product: Product) -> list[Step]:
    """How to look up the version of a product: its own steps, else those of its line."""
    by_line: list[Step] = []
    for each in lookups:
        if each.model and each.model == product.model:
            return each.steps
        if each.line and each.line == product.line:
            by_line = each.steps
    return by_line


def told(content: Content) -> Content:
    """Without what the catalogue adds for the pages of models: what a page itself can be wrong in."""
    return msgspec.structs.replace(content, orders=[], followed_by={})


def canonical(content: Value) -> bytes:
    """A content, or a part of it, as JSON that is the same for the same content."""
    return msgspec.json.encode(content, order="deterministic")


def sha256(content: Value) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def read(value: object) -> Content:
    """A content from what `to_builtins` or `canonical` wrote."""
    if isinstance(value, bytes | str):
        return msgspec.json.decode(value, type=Content)
    return msgspec.convert(value, Content)


def builtins(content: Content) -> dict[str, object]:
    """The content as plain JSON values."""
    plain: dict[str, object] = msgspec.json.decode(canonical(content))
    return plain
