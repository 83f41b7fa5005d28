"""Advisories by the models they name, the newest first, and the models that the catalogue lets out.

In: entries, the newest first, and the site with its catalogue. Out: values for the pages and the data of a
model. What the catalogue says of a product now stands before what an advisory said of it then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import msgspec

from okiagari.disclose.rules.content import Catalogue, Lookup, Product, VersionNote, sha256
from okiagari.disclose.rules.standing import Standing
from okiagari.disclose.rules.verdicts import Verdict, order_of, verdict
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.models import lives
from okiagari.disclose.site.naming import slug
from okiagari.disclose.site.parts import key_from
from okiagari.standards.firmware_order import Line


@dataclass(frozen=True)
class Named:
    """A model and the advisories that name it. `key`: of everything its files are made from.

    `listed`: its products as the catalogue has them now, where it may be named without an advisory.
    """

    model: str
    entries: tuple[Entry, ...]
    key: str
    listed: tuple[Product, ...] = ()


@dataclass(frozen=True)
class Told:
    """What one advisory says of one target. `order`: the releases it can answer for."""

    entry: Entry
    standing: Standing
    order: Line

    def verdict(self, text: str | None) -> Verdict:
        """Of a version; None: of one that nobody listed."""
        return verdict(self.standing, self.order, text)


@dataclass(frozen=True)
class Target:
    """One revision or platform of a model. `order`: every release that some advisory knows.

    `lookups`, `notes`: where its steps and what is said of its versions are found.
    """

    product: Product
    order: Line
    told: tuple[Told, ...]
    lookups: tuple[Lookup, ...] = ()
    notes: tuple[VersionNote, ...] = ()


@dataclass(frozen=True)
class Model:
    """`entries`: every advisory that names it; those that were withdrawn are listed and answer nothing."""

    name: str
    slug: str
    targets: tuple[Target, ...]
    entries: tuple[Entry, ...]

    @property
    def product(self) -> Product:
        return self.targets[0].product


def named(entries: Sequence[Entry], keys: Sequence[str], site: Site) -> tuple[Named, ...]:
    """Every model that is published, in the order of their names."""
    found: dict[str, list[tuple[Entry, str]]] = {}
    for entry, key in zip(entries, keys, strict=True):
        for model in dict.fromkeys(each.model for each in entry.content.products):
            found.setdefault(model, []).append((entry, key))
    listed: dict[str, list[Product]] = {}
    for product in site.catalogue.products:
        listed.setdefault(product.model, []).append(product)
        found.setdefault(product.model, [])
    return tuple(
        Named(
            model,
            tuple(entry for entry, _ in same),
            _key(model, [key for _, key in same], site, listed.get(model, ())),
            tuple(listed.get(model, ())),
        )
        for model, same in sorted(found.items())
    )


def _key(model: str, keys: Iterable[str], site: Site, listed: Sequence[Product]) -> str:
    now = sha256(_catalogue_of(listed, site)) if listed else ""
    return key_from("model", model, site.generator, now, *keys)


def _catalogue_of(listed: Sequence[Product], site: Site) -> Catalogue:
    """The part of the catalogue that the pages of one model show."""
    model, lines = listed[0].model, {each.line for each in listed if each.line}
    known = site.catalogue
    return Catalogue(
        products=list(listed),
        lookups=[each for each in known.lookups if each.model == model or each.line in lines],
        version_notes=[each for each in known.version_notes if each.line in lines],
        followed_by={model: known.followed_by[model]} if model in known.followed_by else {},
        support_at={},
    )


def narrowed(site: Site, named: Named) -> Site:
    """With no more of the catalogue than the pages of this model show."""
    known = site.catalogue
    narrow = _catalogue_of(named.listed, site) if named.listed else Catalogue()
    return replace(site, catalogue=msgspec.structs.replace(narrow, followed_by=known.followed_by))


def model(known: Named, site: Site) -> Model:
    """The model with everything that is said of it."""
    told: dict[str, list[tuple[Entry, Standing]]] = {}
    for entry in known.entries:
        for standing in entry.standings:
            if standing.product.model == known.model:
                told.setdefault(standing.product.key, []).append((entry, standing))
    now = {each.key: each for each in known.listed}
    targets = [_target(told[key], now.get(key), site) for key in told]
    targets += [_unnamed(product, site) for key, product in now.items() if key not in told]
    ordered = sorted(targets, key=lambda target: target.product.key)
    return Model(known.model, slug(known.model), tuple(ordered), known.entries)


def _unnamed(product: Product, site: Site) -> Target:
    """One that no advisory names."""
    known = site.catalogue
    return Target(product, Line(()), (), tuple(known.lookups), tuple(known.version_notes))


def _target(same: Sequence[tuple[Entry, Standing]], now: Product | None, site: Site) -> Target:
    """One target; the longest order that is known answers for every advisory whose releases it holds."""
    newest = same[0][0].content
    source = site.catalogue if now else newest
    own = [order_of(entry.content, standing.product.line) for entry, standing in same]
    longest = max(own, key=lambda order: len(order.releases))
    told = tuple(
        Told(entry, standing, longest if _holds(longest, order) else order)
        for (entry, standing), order in zip(same, own, strict=True)
        if not entry.is_withdrawn
    )
    valid = next((standing.product for entry, standing in same if not entry.is_withdrawn), None)
    product = lives.with_told(now, valid) if now and valid else now or same[0][1].product
    return Target(product, longest, told, tuple(source.lookups), tuple(source.version_notes))


def _holds(longest: Line, order: Line) -> bool:
    """Does it have every release of the other one, in the same order?"""
    if any(longest.resolve(each.text) is None for each in order.releases):
        return False
    places = [longest.position(each.text) for each in order.releases]
    return places == sorted(set(places))


def listed(entries: Iterable[Entry], site: Site) -> tuple[Product, ...]:
    """Each model once, as the catalogue or else the newest advisory knows it, in the order of their names.

    With the model numbers of all its revisions, whoever told of them.
    """
    found: dict[str, Product] = {}
    numbers: dict[str, dict[str, None]] = {}
    said = (product for entry in entries for product in entry.content.products)
    for product in (*site.catalogue.products, *said):
        found.setdefault(product.model, product)
        numbers.setdefault(product.model, {}).update(dict.fromkeys(product.model_numbers))
    return tuple(
        msgspec.structs.replace(found[model], model_numbers=list(numbers[model])) for model in sorted(found)
    )
