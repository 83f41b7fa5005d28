"""What each format carries of what the content says, at which grain, and how strictly it is compared.

A field that is not in the list of a format has no place there. What a format has a place for and still cannot
say of one advisory, it says itself as a loss: `waivers` names what each of these losses excuses, and nothing
else is excused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field

Fold = Callable[[str], str]
"""A value as the format can say it; "" where it cannot."""


class Grain(StrEnum):
    """What a fact is about in a format."""

    EACH = "each"
    PRODUCT = "product"
    FLAW = "flaw"
    WHOLE = "whole"


class Mode(StrEnum):
    """`EXACT`: all of it and nothing else. `SAID`: where it is said, the same. `PART`: nothing that was not
    approved. `LEAST`: all of it, whatever else stands there: for texts in which people write freely."""

    EXACT = "exact"
    SAID = "said"
    PART = "part"
    LEAST = "least"


def same(value: str) -> str:
    return value


@dataclass(frozen=True)
class Carried:
    field: Field
    grain: Grain = Grain.EACH
    mode: Mode = Mode.EXACT
    fold: Fold = same


def _whole(*fields: Field, mode: Mode = Mode.EXACT, fold: Fold = same) -> tuple[Carried, ...]:
    return tuple(Carried(each, Grain.WHOLE, mode, fold) for each in fields)


def _products(*fields: Field, mode: Mode = Mode.EXACT, fold: Fold = same) -> tuple[Carried, ...]:
    return tuple(Carried(each, Grain.PRODUCT, mode, fold) for each in fields)


def _flaws(*fields: Field, mode: Mode = Mode.EXACT) -> tuple[Carried, ...]:
    return tuple(Carried(each, Grain.FLAW, mode) for each in fields)


def _each(*fields: Field, mode: Mode = Mode.EXACT, fold: Fold = same) -> tuple[Carried, ...]:
    return tuple(Carried(each, Grain.EACH, mode, fold) for each in fields)


def unknown_is_all(value: str) -> str:
    """Formats without a word for "not known yet" name the product, whatever it runs."""
    return normal.EVERY if value == normal.UNKNOWN else value


def from_nothing(value: str) -> str:
    """A CVE record begins every range without a beginning at 0."""
    return unknown_is_all(value).removeprefix(">=0|")


def others(value: str) -> str:
    """A CVE record does not refer to itself."""
    return "" if "/CVERecord?id=" in value or "cve.mitre.org" in value else value


def letters(value: str) -> str:
    """Without blanks: what cannot be seen is one in one format and nothing in another."""
    return "".join(value.split())


def minute(value: str) -> str:
    """Without seconds: of a time, or of an edition and its time."""
    return value[:-3] if value.count(":") > 1 else value


def edition_minute(value: str) -> str:
    return value[:-3] if value.count(":") > 2 else value


def day(value: str) -> str:
    return value[:10]


def digest(value: str) -> str:
    return value if len(value) == 64 and not set(value) - set("0123456789abcdef") else ""


F = Field
_SCORED = (F.BASE, F.BASE_SEVERITY, F.OVERALL, F.OVERALL_SEVERITY)
_CSAF = (
    *_whole(F.DOCUMENT, F.INITIAL, F.CURRENT, F.REVISIONS, F.SEVERITY, F.REFERENCES),
    *_whole(F.TITLE, F.CREDIT, fold=letters),
    *_whole(F.NEXT_UPDATE, F.OWN_PAGE, mode=Mode.LEAST),
    *_whole(F.PRODUCT),
    *_products(F.NUMBERS, F.SERIAL),
    *_products(F.CPE, F.PURL, mode=Mode.PART),
    *_flaws(F.IDS, F.CWE),
    *_flaws(F.PUBLIC, mode=Mode.SAID),
    *_each(F.STATUS, F.FIXED, F.VECTOR, F.REMEDY, F.UPDATE, F.DOWNLOAD, F.PLANNED),
    *_each(F.AFFECTED, fold=unknown_is_all),
    *_each(F.HASH, mode=Mode.LEAST, fold=digest),
    *_each(*_SCORED, mode=Mode.SAID),
)
_OPENVEX = (
    *_whole(F.INITIAL, F.CURRENT, F.PRODUCT),
    *_products(F.CPE, F.PURL, mode=Mode.PART),
    *_flaws(F.IDS, F.CWE),
    *_each(F.STATUS, F.FIXED, F.UPDATE, F.VECTOR),
    *_each(F.AFFECTED, fold=unknown_is_all),
)
_CYCLONEDX = (
    *_whole(F.INITIAL, F.CURRENT, F.PRODUCT, F.ID_LINKS, F.PAGE),
    *_whole(F.CREDIT, fold=letters),
    *_products(F.CPE, F.PURL, mode=Mode.PART),
    *_flaws(F.IDS, F.CWE),
    *_each(F.STATUS, F.FIXED, F.VECTOR, F.UPDATE, F.FINAL),
    *_each(F.AFFECTED, fold=unknown_is_all),
    *_each(*_SCORED, mode=Mode.SAID),
)
_CVE = (
    *_whole(F.IDS, mode=Mode.PART),
    *_whole(F.INITIAL, F.CURRENT, mode=Mode.SAID),
    *_whole(F.PUBLIC, F.PRODUCT, F.CWE, F.FLAW_VECTOR, F.PAGE, F.PATCH, F.UPDATE),
    *_whole(F.CREDIT, fold=letters),
    *_whole(F.REFERENCES, fold=others),
    *_products(F.MODEL, F.STATUS, F.FIXED),
    *_products(F.CPE, F.PURL, mode=Mode.PART),
    *_products(F.AFFECTED, fold=from_nothing),
    *_each(*_SCORED, mode=Mode.SAID),
)
_VULDEF = (
    *_whole(F.DOCUMENT, F.TRACKING, F.INITIAL, F.CURRENT, F.REVISIONS, F.VENDOR_STATUS, F.PRODUCT),
    *_whole(F.FLAW_VECTOR, F.PAGE, F.REFERENCES, F.IDS, F.CWE),
    *_whole(F.TITLE, F.CREDIT, fold=letters),
    *_products(F.STANDING, F.AFFECTED, F.JVN_REMEDY, F.UPDATE, F.DOWNLOAD),
    *_each(*_SCORED, mode=Mode.SAID),
)
_PAGE = (
    *_whole(F.TRACKING, F.SEVERITY, F.INITIAL, F.REVISIONS, F.NEXT_UPDATE, F.PRODUCT, F.REFERENCES),
    *_whole(F.TITLE, fold=letters),
    *_whole(F.CURRENT, mode=Mode.SAID),
    *_products(F.STANDING, F.ACTION, F.AFFECTED, F.UPDATE, F.DOWNLOAD),
    *_flaws(F.IDS, F.CWE, F.FLAW_VECTOR),
    *_each(F.STATUS, F.FIXED, F.HASH, mode=Mode.SAID),
    *_each(*_SCORED, mode=Mode.SAID),
)
_MARKDOWN = (
    *_whole(F.TRACKING, F.SEVERITY, F.NEXT_UPDATE, F.OWN_PAGE, F.PRODUCT, F.REFERENCES),
    *_whole(F.IDS, F.CWE, F.FLAW_VECTOR),
    *_whole(F.TITLE, F.CREDIT, fold=letters),
    *_whole(F.INITIAL, fold=minute),
    *_whole(F.CURRENT, mode=Mode.SAID, fold=minute),
    *_whole(F.REVISIONS, fold=edition_minute),
    *_products(F.STANDING, F.ACTION, F.AFFECTED, F.UPDATE, F.DOWNLOAD),
    *_products(F.HASH, F.FIXED, mode=Mode.PART),
    *_each(*_SCORED, mode=Mode.SAID),
)
_LOOSE = {Mode.EXACT: Mode.LEAST}
_ANSWERS = (
    *_whole(F.TRACKING, F.OWN_PAGE),
    *_whole(F.TITLE, fold=letters),
    *_whole(F.SEVERITY, mode=Mode.SAID),
    *_whole(F.CURRENT, fold=day),
    *_whole(F.PRODUCT, mode=Mode.PART),
    *_products(F.MODEL, F.AFFECTED, F.ACTION, F.UPDATE, mode=Mode.SAID),
)
CARRIAGE: Mapping[str, tuple[Carried, ...]] = {
    "csaf": _CSAF,
    "csaf-2.1": _CSAF,
    "openvex": _OPENVEX,
    "cyclonedx": _CYCLONEDX,
    "cve": _CVE,
    "vuldef": _VULDEF,
    "page": _PAGE,
    "fragment": _PAGE,
    "mail": tuple(replace(each, mode=_LOOSE.get(each.mode, each.mode)) for each in _MARKDOWN),
    "markdown": _MARKDOWN,
    "openeox": (*_whole(F.CURRENT), *_each(F.SUPPORT)),
    "answers": _ANSWERS,
}
