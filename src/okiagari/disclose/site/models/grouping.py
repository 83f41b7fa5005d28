"""Advisories by the models they name: the newest first, each product as the newest of them knows it.

In: entries, the newest first. Out: values for the pages and the data of a model.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from okiagari.disclose.rules.content import Product
from okiagari.disclose.rules.standing import Standing, standings
from okiagari.disclose.rules.verdicts import Verdict, order_of, verdict
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.naming import slug
from okiagari.standards.firmware_order import Line


@dataclass(frozen=True)
class Named:
    """A model and the advisories that name it. `key`: of everything its files are made from."""

    model: str
    entries: tuple[Entry, ...]
    key: str


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
    """One revision or platform of a model. `order`: every release that some advisory knows."""

    product: Product
    order: Line
    told: tuple[Told, ...]


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
    return tuple(
        Named(model, tuple(entry for entry, _ in same), _key(model, [key for _, key in same], site))
        for model, same in sorted(found.items())
    )


def _key(model: str, keys: Iterable[str], site: Site) -> str:
    parts = ["model", model, site.generator, *keys]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def model(known: Named) -> Model:
    """The model with everything that is said of it."""
    told: dict[str, list[tuple[Entry, Standing]]] = {}
    for entry in known.entries:
        for standing in standings(entry.content):
            if standing.product.model == known.model:
                told.setdefault(standing.product.key, []).append((entry, standing))
    targets = tuple(_target(same) for _, same in sorted(told.items()))
    return Model(known.model, slug(known.model), targets, known.entries)


def _target(same: Sequence[tuple[Entry, Standing]]) -> Target:
    """One target; the longest order that is known answers for every advisory whose releases it holds."""
    product = same[0][1].product
    own = [order_of(entry.content, standing.product.line) for entry, standing in same]
    longest = max(own, key=lambda order: len(order.releases))
    told = tuple(
        Told(entry, standing, longest if _holds(longest, order) else order)
        for (entry, standing), order in zip(same, own, strict=True)
        if not entry.is_withdrawn
    )
    return Target(product, longest, told)


def _holds(longest: Line, order: Line) -> bool:
    """Does it have every release of the other one, in the same order?"""
    if any(longest.resolve(each.text) is None for each in order.releases):
        return False
    places = [longest.position(each.text) for each in order.releases]
    return places == sorted(set(places))


def listed(entries: Iterable[Entry]) -> tuple[Product, ...]:
    """Each model once, as the newest advisory that names it knows it, in the order of their names."""
    found: dict[str, Product] = {}
    for entry in entries:
        for product in entry.content.products:
            found.setdefault(product.model, product)
    return tuple(found[model] for model in sorted(found))
