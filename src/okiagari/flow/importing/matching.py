"""Which products of the catalogue a document means, and how sure that is. Pure.

In: products as the document names them, and what the catalogue has. Out: at most one proposal per product,
with why. What identifies a product (model number, CPE, package URL) is certain, what names it or its firmware
likely, what is only part of a name or a serial number alone possible. Where several hardware revisions are
left, numbers tell them apart. It proposes; a person decides.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from okiagari.catalog.values import Mark
from okiagari.flow.importing.marking import Marks, cpe_parts, package
from okiagari.problems import gettext_noop
from okiagari.standards.advisory import Product

SHORTEST = 4
"""Shorter texts are part of too many others to mean anything."""


class Confidence(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"
    NONE = ""


SURE = frozenset({Confidence.CERTAIN, Confidence.LIKELY})
"""What is taken where nobody says otherwise."""
LABELS: Mapping[Confidence, str] = {
    Confidence.CERTAIN: gettext_noop("Certain"),
    Confidence.LIKELY: gettext_noop("Likely"),
    Confidence.POSSIBLE: gettext_noop("Possible"),
    Confidence.NONE: gettext_noop("No match"),
}
WHY: Mapping[str, str] = {
    "model": gettext_noop("same model number"),
    "number": gettext_noop("the model number fits the pattern of the catalogue"),
    "same_cpe": gettext_noop("same CPE"),
    "same_purl": gettext_noop("same package URL"),
    "name": gettext_noop("same name"),
    "file": gettext_noop("same firmware file"),
    "line_cpe": gettext_noop("CPE of its firmware"),
    "line_purl": gettext_noop("package URL of its firmware"),
    "cpe": gettext_noop("product of the CPE"),
    "purl": gettext_noop("name in the package URL"),
    "serial": gettext_noop("the serial numbers fit the pattern of the catalogue"),
    "part": gettext_noop("the model is part of the name"),
    "": "",
}


@dataclass(frozen=True)
class Known:
    """One product of the catalogue. `targets`: (key, hardware revision or platform)."""

    model: str
    names: tuple[str, ...]
    targets: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Match:
    """What a product is proposed to be. `why`: a key of WHY."""

    product: str
    targets: tuple[str, ...] = ()
    confidence: Confidence = Confidence.NONE
    why: str = ""


def squeezed(text: str) -> str:
    """Letters and digits alone: hyphens, blanks and width make no difference between two names."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def matches(
    products: Iterable[Product], catalogue: Sequence[Known], marks: Iterable[Mark] = ()
) -> tuple[Match, ...]:
    """A proposal for each product, in order."""
    index = _Index(catalogue, marks)
    return tuple(index.match(each) for each in products)


def named(match_targets: Iterable[str], catalogue: Sequence[Known], text: str) -> tuple[str, ...]:
    """Those of the targets whose revision or platform has this name: what a bare version may have meant."""
    wanted, chosen = squeezed(text), set(match_targets)
    return tuple(
        key
        for known in catalogue
        for key, label in known.targets
        if key in chosen and label and squeezed(label) == wanted
    )


class _Index:
    """The catalogue by squeezed words: one look-up per word, however long either list is."""

    def __init__(self, catalogue: Sequence[Known], marks: Iterable[Mark]) -> None:
        self.models: dict[str, list[Known]] = {}
        self.names: dict[str, list[Known]] = {}
        for known in catalogue:
            self.models.setdefault(squeezed(known.model), []).append(known)
            for name in known.names:
                self.names.setdefault(squeezed(name), []).append(known)
        self.parts = [(word, found) for word, found in self.models.items() if len(word) >= SHORTEST]
        self.parts.sort(key=lambda each: -len(each[0]))
        self.marks = Marks(marks)
        self.labels = {key: squeezed(label) for known in catalogue for key, label in known.targets}

    def match(self, product: Product) -> Match:
        for confidence, why, found in self._ways(product):
            if found:
                return Match(product.key, self._narrowed(found, product), confidence, why)
        return Match(product.key)

    def _ways(self, product: Product) -> Iterator[tuple[Confidence, str, Sequence[str]]]:
        """What each piece of evidence speaks for, the best first: (how sure, why, keys of targets)."""
        marks, named = self.marks, (product.model, product.name)
        yield Confidence.CERTAIN, "model", self._by(self.models, (*product.models, product.model))
        yield Confidence.CERTAIN, "number", marks.models(product)
        yield Confidence.CERTAIN, "same_cpe", marks.same("cpe", product, is_of_line=False)
        yield Confidence.CERTAIN, "same_purl", marks.same("purl", product, is_of_line=False)
        yield Confidence.LIKELY, "name", self._by_either(named)
        yield Confidence.LIKELY, "file", marks.same("sha256", product, is_of_line=True)
        yield Confidence.LIKELY, "line_cpe", marks.same("cpe", product, is_of_line=True)
        yield Confidence.LIKELY, "line_purl", marks.same("purl", product, is_of_line=True)
        yield Confidence.LIKELY, "cpe", self._by_either(map(_of_cpe, product.cpes))
        yield Confidence.LIKELY, "purl", self._by_either(map(_of_purl, product.purls))
        yield Confidence.POSSIBLE, "serial", marks.serials(product)
        yield Confidence.POSSIBLE, "part", self._within(named)

    def _narrowed(self, found: Sequence[str], product: Product) -> tuple[str, ...]:
        """All of them, or those that the document tells apart: by revision or platform, else by numbers."""
        labels = {squeezed(each) for each in (product.revision, *product.platforms) if each}
        chosen = [key for key in found if self.labels.get(key) and self.labels[key] in labels]
        if chosen:
            return tuple(dict.fromkeys(chosen))
        apart = (
            self.marks.models(product),
            self.marks.same("cpe", product, is_of_line=False),
            self.marks.serials(product),
        )
        left = list(dict.fromkeys(found))
        for keys in apart:
            left = [key for key in left if key in keys] or left
        return tuple(left)

    def _by(self, words: Mapping[str, list[Known]], texts: Iterable[str]) -> list[str]:
        found = [known for text in texts if squeezed(text) for known in words.get(squeezed(text), ())]
        return _keys(found)

    def _by_either(self, texts: Iterable[str]) -> list[str]:
        wanted = list(texts)
        return self._by(self.names, wanted) or self._by(self.models, wanted)

    def _within(self, texts: Iterable[str]) -> list[str]:
        """The longest model that stands in one of the texts."""
        wanted = [squeezed(text) for text in texts]
        return _keys(next((found for word, found in self.parts if any(word in text for text in wanted)), ()))


def _keys(found: Iterable[Known]) -> list[str]:
    return list(dict.fromkeys(key for known in found for key, _ in known.targets))


def _of_cpe(text: str) -> str:
    return cpe_parts(text)[2].replace("_", " ")


def _of_purl(text: str) -> str:
    return package(text).rpartition("/")[2]


def components(products: Iterable[Product], known: Iterable[tuple[str, str]]) -> tuple[Match, ...]:
    """Which components of the catalogue, (name, purl), a supplier's products are: by purl, name or CPE.

    `targets` of each answer are the names of the components.
    """
    names: dict[str, dict[str, None]] = {}
    packages: dict[str, dict[str, None]] = {}
    for name, purl in known:
        names.setdefault(squeezed(name), {})[name] = None
        if purl:
            packages.setdefault(package(purl), {})[name] = None
    return tuple(_component(each, names, packages) for each in products)


def _component(
    product: Product, names: Mapping[str, Mapping[str, None]], packages: Mapping[str, Mapping[str, None]]
) -> Match:
    ways = (
        (Confidence.CERTAIN, "purl", packages, [package(each) for each in product.purls]),
        (Confidence.LIKELY, "name", names, [squeezed(each) for each in (product.model, product.name)]),
        (Confidence.LIKELY, "cpe", names, [squeezed(_of_cpe(each)) for each in product.cpes]),
        (Confidence.LIKELY, "purl", names, [squeezed(_of_purl(each)) for each in product.purls]),
    )
    for confidence, why, words, wanted in ways:
        found = [name for word in wanted if word for name in words.get(word, ())]
        if found:
            return Match(product.key, tuple(dict.fromkeys(found)), confidence, why)
    return Match(product.key)
