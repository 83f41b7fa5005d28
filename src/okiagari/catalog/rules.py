"""The catalogue's rules: what may be imported, how a target is named, which targets a search rule finds.

In: plain values. Out: plain values and problems. No database, no clock of its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from okiagari.problems import Kind, Problem, define, gettext_noop
from okiagari.standards.partialdate import PartialDate

WRONG_SHAPE = define(
    "catalog.wrong_shape",
    Kind.INVALID,
    gettext_noop("The catalogue cannot be read at %(place)s: %(why)s."),
    gettext_noop("The guide lists every field of a catalogue and what it may hold."),
)
UNKNOWN_REFERENCE = define(
    "catalog.unknown_reference",
    Kind.INVALID,
    gettext_noop("%(place)s names “%(key)s”, which is not in the catalogue."),
    gettext_noop("Add it to the same file, or correct the name."),
)
WRONG_CHOICE = define(
    "catalog.wrong_choice",
    Kind.INVALID,
    gettext_noop("%(place)s cannot be “%(value)s”."),
    gettext_noop("It must be one of: %(allowed)s."),
)
WRONG_RULE = define(
    "catalog.wrong_rule",
    Kind.INVALID,
    gettext_noop("“%(key)s” is not something products can be searched by."),
    gettext_noop("A search rule may use: %(allowed)s."),
)

PRODUCT_KINDS = ("device", "application", "service", "system")
SUPPORT_KINDS = ("general_availability", "end_of_sales", "end_of_security_support", "end_of_life")
RELEASE_STATES = ("planned", "in_test", "public", "withdrawn")
RULE_KEYS = ("models", "family", "category", "line", "kind", "team", "sold_since", "supported_until")

LocalWords = dict[str, str] | str


class AliasIn(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    source: str = ""


class ReleaseIn(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    state: str = "public"
    date: str = ""
    url: str = ""
    sha256: str = ""
    size: int | None = None
    requires: str = ""
    notes: LocalWords = ""
    aliases: list[AliasIn | str] = []
    assumed: bool = False


class LineIn(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    name: LocalWords = ""
    kind: str = "firmware"
    find_version: LocalWords = ""
    how_to_apply: LocalWords = ""
    releases: list[ReleaseIn] = []
    assumed: bool = False


class TargetIn(msgspec.Struct, forbid_unknown_fields=True):
    revision: str = ""
    line: str = ""
    platform: str = ""
    serials: str = ""
    note: LocalWords = ""


class SupportIn(msgspec.Struct, forbid_unknown_fields=True):
    date: str
    assumed: bool = False


class ShippedIn(msgspec.Struct, forbid_unknown_fields=True):
    date: str
    units: int
    source: str = ""
    assumed: bool = False


class ProductIn(msgspec.Struct, forbid_unknown_fields=True):
    model: str
    kind: str = "device"
    names: LocalWords = ""
    other_names: list[str] = []
    category: str = ""
    family: str = ""
    brand: str = ""
    team: str = ""
    successor: str = ""
    countries: list[str] = []
    find_model: LocalWords = ""
    page: str = ""
    line: str = ""
    targets: list[TargetIn] = []
    support: dict[str, SupportIn | str] = {}
    shipped: list[ShippedIn] = []
    assumed: bool = False


class OrganisationIn(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    kind: str
    name: LocalWords
    contact: str = ""
    website: str = ""


class CatalogueIn(msgspec.Struct, forbid_unknown_fields=True):
    """A whole catalogue: lines first, then the products that use them."""

    organisations: list[OrganisationIn] = []
    lines: list[LineIn] = []
    products: list[ProductIn] = []


def read_catalogue(data: object) -> CatalogueIn:
    """Check the shape and the choices of a catalogue. Raises a Problem that names the place."""
    try:
        catalogue = msgspec.convert(data, CatalogueIn, strict=False)
    except msgspec.ValidationError as error:
        why, _, place = str(error).partition(" - at `")
        raise WRONG_SHAPE(place=place.rstrip("`") or "$", why=why) from None
    for problem in _wrong_choices(catalogue):
        raise problem
    return catalogue


def _wrong_choices(catalogue: CatalogueIn) -> list[Problem]:
    found: list[Problem] = []
    for line in catalogue.lines:
        for release in line.releases:
            place = f"lines.{line.key}.releases.{release.text}"
            PartialDate.parse(release.date)
            if release.state not in RELEASE_STATES:
                found.append(
                    WRONG_CHOICE(place=place, value=release.state, allowed=", ".join(RELEASE_STATES))
                )
            if release.sha256 and not re.fullmatch(r"[0-9a-f]{64}", release.sha256):
                found.append(WRONG_CHOICE(place=place, value=release.sha256, allowed="64 hexadecimal digits"))
    for product in catalogue.products:
        place = f"products.{product.model}"
        if product.kind not in PRODUCT_KINDS:
            found.append(WRONG_CHOICE(place=place, value=product.kind, allowed=", ".join(PRODUCT_KINDS)))
        for kind, given in product.support.items():
            if kind not in SUPPORT_KINDS:
                found.append(
                    WRONG_CHOICE(place=f"{place}.support", value=kind, allowed=", ".join(SUPPORT_KINDS))
                )
            PartialDate.parse(given if isinstance(given, str) else given.date)
    return found


def target_key(
    model: str, *, revision: str = "", platform: str = "", line: str = "", taken: bool = False
) -> str:
    """The stable name of a target. The line joins only where the short name is taken."""
    key = model + (f" {revision}" if revision else "") + (f"#{platform}" if platform else "")
    return f"{key}@{line}" if taken else key


@dataclass(frozen=True)
class Candidate:
    """What a search rule looks at."""

    key: str
    model: str
    kind: str
    family: str
    category: str
    line: str
    team: str
    support: Mapping[str, PartialDate]


def matches(rule: Mapping[str, object], candidate: Candidate) -> bool:
    """Does the rule find this target? Every part of the rule must hold. Raises WRONG_RULE.

    `sold_since`: still on sale on or after that date, or the end of sales is not known.
    `supported_until`: security support ends on or after that date, or is not known. Unknown is never
    left out: a search that misses what nobody wrote down would miss what matters most.
    """
    for key, wanted in rule.items():
        if key not in RULE_KEYS:
            raise WRONG_RULE(key=key, allowed=", ".join(RULE_KEYS))
        if wanted and not _holds(key, wanted, candidate):
            return False
    return True


def _holds(key: str, wanted: object, candidate: Candidate) -> bool:
    if key == "sold_since":
        return _not_over_by(candidate.support.get("end_of_sales"), wanted)
    if key == "supported_until":
        return _not_over_by(candidate.support.get("end_of_security_support"), wanted)
    if key == "models":
        return candidate.model in _several(wanted)
    return getattr(candidate, key) in _several(wanted)


def _several(wanted: object) -> Sequence[str]:
    if isinstance(wanted, list | tuple):
        return [str(each) for each in wanted]
    return [str(wanted)]


def _not_over_by(end: PartialDate | None, wanted: object) -> bool:
    if end is None or not end.is_known:
        return True
    since = PartialDate.parse(str(wanted)).earliest or date.min
    return not end.is_surely_before(since)
