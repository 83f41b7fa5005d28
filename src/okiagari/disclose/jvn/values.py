"""Where the maker stands, as one value: what a report to JPCERT/CC says, and what two reports differ in.

Values are VULDEF 3.2 (`standards.vuldef.model.VendorStatus`), texts are by language, ranges as
`Range.to_json`. Fields with their default are left out of the JSON, so that a field added later changes no
report that is kept.
"""

import hashlib

import msgspec

from okiagari.standards.firmware_order import Range

Texts = dict[str, str]


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of the stance."""


class Step(Value, frozen=True, kw_only=True):
    """A measure that is ready beside a fixed release: workaround, stop_use, replace."""

    kind: str
    text: Texts = {}


class ProductStance(Value, frozen=True, kw_only=True):
    """One product. `unfixed`: vulnerabilities that no release fixes, where a release fixes others of them.

    `planned`: when a fix is said to come, dates and words. `never`: why there will be none.
    """

    key: str
    name: str
    value: str
    ranges: list[dict[str, str]] = []
    conditions: list[Texts] = []
    fixed: list[str] = []
    unfixed: list[str] = []
    planned: list[str] = []
    planned_words: list[Texts] = []
    never: list[Texts] = []
    steps: list[Step] = []
    successor: str = ""

    @property
    def versions(self) -> tuple[Range, ...]:
        return tuple(Range.from_json(each) for each in self.ranges)


class Page(Value, frozen=True, kw_only=True):
    """An advisory of our own that is public, in one language. `path`: where it lies below our site's
    address.
    """

    language: str
    title: str = ""
    path: str
    url: str


class Reference(Value, frozen=True, kw_only=True):
    url: str
    title: Texts = {}


class Stance(Value, frozen=True, kw_only=True):
    """Everything a report says. `numbers`: CVE and JVN. `is_public`: an advisory of ours is out."""

    schema: int = 1
    value: str = "unknown"
    products: list[ProductStance] = []
    numbers: list[str] = []
    statement: Texts = {}
    pages: list[Page] = []
    references: list[Reference] = []
    is_public: bool = False


def canonical(stance: Stance) -> bytes:
    """The same bytes for the same stance."""
    return msgspec.json.encode(stance, order="deterministic")


def builtins(stance: Stance) -> dict[str, object]:
    plain: dict[str, object] = msgspec.json.decode(canonical(stance))
    return plain


def read(value: object) -> Stance:
    """A stance from what `builtins` gave."""
    return msgspec.convert(value, Stance)


def sha256(stance: Stance) -> str:
    return hashlib.sha256(canonical(stance)).hexdigest()
