"""Checks a catalogue before anything of it is written: every field, each problem at its place."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

import msgspec

from okiagari.catalog.problems import (
    SAID_TWICE,
    WRONG_ADDRESS,
    WRONG_CHECKSUM,
    WRONG_CHOICE,
    WRONG_COUNT,
    WRONG_DATE,
    WRONG_KEY,
    WRONG_SHAPE,
    WRONG_TEXT,
)
from okiagari.catalog.rules import identities
from okiagari.catalog.rules.listing import LISTINGS
from okiagari.catalog.rules.shapes import (
    EXPOSURES,
    PRODUCT_KINDS,
    RELEASE_STATES,
    SUPPORT_KINDS,
    SYSTEM_KINDS,
    AliasIn,
    CatalogueIn,
    ComponentIn,
    LineIn,
    ProductIn,
    ReleaseIn,
    SystemIn,
)
from okiagari.problems import Problem, several
from okiagari.standards.firmware_order import key as folded
from okiagari.standards.partialdate import PartialDate

MAX_TOLD = 20
MOST_UNITS = 2**31 - 1
MOST_BYTES = 2**53
TEXT_LIMITS = {
    "model": 80,
    "text": 60,
    "source": 120,
    "component": 80,
    "component version": 60,
    "category": 40,
    "family": 60,
    "revision": 40,
    "platform": 40,
    "serials": 120,
    "other_names": 120,
    "countries": 20,
}
RESERVED_KEYS = frozenset({"new"})
"""Addresses beside those of the lines."""
_KEY = re.compile(r"[-a-zA-Z0-9_]{1,80}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_catalogue(data: object) -> CatalogueIn:
    """A catalogue that may be written. Raises one problem, or several at once, each at its place."""
    try:
        plain = msgspec.to_builtins({} if data is None else data)  # YAML reads 2016-12-06 as a date
        catalogue = msgspec.convert(plain, CatalogueIn, strict=False)
    except msgspec.ValidationError as error:
        why, _, place = str(error).partition(" - at `")
        place = place.rstrip("`").removeprefix("$.") or "$"
        raise WRONG_SHAPE(place=place, why=why).at(place) from None
    wrong = [problem.at(str(problem.parameters["place"])) for problem in _wrong(catalogue)][:MAX_TOLD]
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise several(wrong)
    return catalogue


def read_entry(data: object, **fields: str) -> CatalogueIn:
    """The same for one entry of a form: problems name the field instead of the place. `fields` renames."""
    try:
        return read_catalogue(data)
    except Problem as problem:
        parts = [at_field(part, fields) for part in problem.parts]
        raise (several(parts) if parts else at_field(problem, fields)) from None


def at_field(problem: Problem, fields: Mapping[str, str] = MappingProxyType({})) -> Problem:
    """The same problem, said of the field of a form instead of the place in a file."""
    name = (problem.field or "").rpartition(".")[2]
    return Problem(problem.definition, {**problem.parameters, "place": name}, field=fields.get(name, name))


def _wrong(catalogue: CatalogueIn) -> Iterator[Problem]:
    yield from _twice("organisations", [each.key for each in catalogue.organisations])
    yield from _twice("lines", [each.key for each in catalogue.lines])
    yield from _twice("products", [each.model for each in catalogue.products])
    for organisation in catalogue.organisations:
        yield from _key(f"organisations.{organisation.key}.key", organisation.key)
        yield from _address(f"organisations.{organisation.key}.website", organisation.website, 200)
    for line in catalogue.lines:
        yield from _line(f"lines.{line.key}", line)
    for product in catalogue.products:
        yield from _product(f"products.{product.model}", product)


def _line(place: str, line: LineIn) -> Iterator[Problem]:
    yield from _key(f"{place}.key", line.key)
    yield from _twice(f"{place}.releases", [folded(release.text) for release in line.releases])
    for release in line.releases:
        yield from _release(f"{place}.releases.{release.text}", release)
    yield from identities.cpe_of(f"{place}.cpe", line.cpe or "", "line")
    yield from identities.purl(f"{place}.purl", line.purl or "", of_any_version=True)
    yield from identities.steps(f"{place}.steps", line.steps or ())
    yield from _components(place, line.components)


def _release(place: str, release: ReleaseIn) -> Iterator[Problem]:
    yield from _text(f"{place}.text", "text", release.text)
    yield from _choice(f"{place}.state", release.state, ("", *RELEASE_STATES))
    yield from _date(f"{place}.date", release.date)
    yield from _address(f"{place}.url", release.url, 400)
    if release.sha256 and not _SHA256.fullmatch(release.sha256):
        yield WRONG_CHECKSUM(place=f"{place}.sha256")
    yield from _count(f"{place}.size", release.size or 0, MOST_BYTES)
    for entry in release.aliases:
        alias = AliasIn(entry) if isinstance(entry, str) else entry
        yield from _text(f"{place}.aliases", "text", alias.text)
        yield from _text(f"{place}.aliases", "text", alias.source or "-")
    yield from _components(place, release.components)
    for name in release.without:
        yield from _text(f"{place}.without", "component", name)


def _components(place: str, given: list[ComponentIn]) -> Iterator[Problem]:
    yield from _twice(f"{place}.components", [f"{folded(each.name)} {each.version}" for each in given])
    for each in given:
        yield from _text(f"{place}.components.name", "component", each.name)
        yield from _text(f"{place}.components.version", "component version", each.version or "-")
        yield from identities.purl(f"{place}.components.purl", each.purl)


def _product(place: str, product: ProductIn) -> Iterator[Problem]:
    yield from _text(f"{place}.model", "model", product.model)
    yield from _choice(f"{place}.kind", product.kind, PRODUCT_KINDS)
    for name in ("category", "family"):
        yield from _text(f"{place}.{name}", name, getattr(product, name) or "-")
    for name in ("other_names", "countries"):
        for text in getattr(product, name):
            yield from _text(f"{place}.{name}", name, text)
    yield from _address(f"{place}.page", product.page, 300)
    yield from _components(place, product.components)
    for target in product.targets:
        for name in ("revision", "platform", "serials"):
            yield from _text(f"{place}.targets.{name}", name, getattr(target, name) or "-")
        yield from identities.target(f"{place}.targets", target)
    yield from _choice(f"{place}.listing", product.listing or "", LISTINGS)
    yield from identities.cpe_of(f"{place}.cpe", product.cpe, product.kind)
    yield from identities.purl(f"{place}.purl", product.purl, of_any_version=True)
    yield from identities.steps(f"{place}.steps", product.steps or ())
    for kind, given in product.support.items():
        yield from _choice(f"{place}.support", kind, SUPPORT_KINDS)
        yield from _date(f"{place}.support.{kind}", given if isinstance(given, str) else given.date)
    if product.inventory is not None:
        yield from _system(f"{place}.inventory", product.kind, product.inventory)
    for statement in product.shipped:
        yield from _date(f"{place}.shipped.date", statement.date)
        yield from _count(f"{place}.shipped.units", statement.units, MOST_UNITS)
        yield from _text(f"{place}.shipped.source", "source", statement.source or "-")


def _system(place: str, kind: str, given: SystemIn) -> Iterator[Problem]:
    yield from _choice(f"{place}.kind", kind, SYSTEM_KINDS)
    yield from _choice(f"{place}.exposure", given.exposure, ("", *EXPOSURES))
    for name in ("operator", "recovery_contact"):
        yield from _text(f"{place}.{name}", "source", getattr(given, name) or "-")


def _twice(place: str, keys: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for each in keys:
        if each in seen:
            yield SAID_TWICE(place=place, key=each)
        seen.add(each)


def _text(place: str, name: str, text: str) -> Iterator[Problem]:
    limit = TEXT_LIMITS[name]
    has_odd = any(unicodedata.category(sign).startswith("C") for sign in text)
    if not text.strip() or len(text) > limit or has_odd:
        yield WRONG_TEXT(place=place, limit=limit)


def _key(place: str, text: str) -> Iterator[Problem]:
    if not _KEY.fullmatch(text) or text in RESERVED_KEYS:
        yield WRONG_KEY(place=place, value=text)


def _choice(place: str, value: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    if value not in allowed:
        yield WRONG_CHOICE(place=place, value=value, allowed=", ".join(filter(None, allowed)))


def _address(place: str, text: str, limit: int) -> Iterator[Problem]:
    if text and not (len(text) <= limit and _is_address(text)):
        yield WRONG_ADDRESS(place=place, value=text[:80], limit=limit)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_plain = not any(sign.isspace() or unicodedata.category(sign).startswith("C") for sign in text)
    return parts.scheme in ("https", "http") and bool(parts.netloc) and is_plain


def _count(place: str, value: int, most: int) -> Iterator[Problem]:
    if not 0 <= value <= most:
        yield WRONG_COUNT(place=place, value=value)


def _date(place: str, text: str) -> Iterator[Problem]:
    try:
        PartialDate.parse(text)
    except Problem:
        yield WRONG_DATE(place=place, value=text)
