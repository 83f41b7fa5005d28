"""Which products of the catalogue a document means, and how sure that is. Pure.

In: products as the document names them, and what the catalogue has. Out: at most one proposal per product,
with why. A model number or a name that is the same is certain or likely; one that is part of the other is
only possible. It proposes; a person decides.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from okiagari.problems import gettext_noop
from okiagari.standards.advisory import Product

SHORTEST = 4
"""Shorter texts are part of too many others to mean anything."""
HARDLY_ANY = frozenset({"", "-", "*"})


class Confidence(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"
    NONE = ""


LABELS: Mapping[Confidence, str] = {
    Confidence.CERTAIN: gettext_noop("Certain"),
    Confidence.LIKELY: gettext_noop("Likely"),
    Confidence.POSSIBLE: gettext_noop("Possible"),
    Confidence.NONE: gettext_noop("No match"),
}
WHY: Mapping[str, str] = {
    "model": gettext_noop("same model number"),
    "name": gettext_noop("same name"),
    "cpe": gettext_noop("product of the CPE"),
    "purl": gettext_noop("name in the package URL"),
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


def matches(products: Iterable[Product], catalogue: Sequence[Known]) -> tuple[Match, ...]:
    """A proposal for each product, in order."""
    index = _Index(catalogue)
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

    def __init__(self, catalogue: Sequence[Known]) -> None:
        self.models: dict[str, list[Known]] = {}
        self.names: dict[str, list[Known]] = {}
        for known in catalogue:
            self.models.setdefault(squeezed(known.model), []).append(known)
            for name in known.names:
                self.names.setdefault(squeezed(name), []).append(known)
        self.parts = [(word, found) for word, found in self.models.items() if len(word) >= SHORTEST]
        self.parts.sort(key=lambda each: -len(each[0]))

    def match(self, product: Product) -> Match:
        ways = (
            (Confidence.CERTAIN, "model", self._by(self.models, (*product.models, product.model))),
            (Confidence.LIKELY, "name", self._by_either((product.model, product.name))),
            (Confidence.LIKELY, "cpe", self._by_either(map(_of_cpe, product.cpes))),
            (Confidence.LIKELY, "purl", self._by_either(map(_of_purl, product.purls))),
            (Confidence.POSSIBLE, "part", self._within((product.model, product.name))),
        )
        for confidence, why, found in ways:
            if found:
                return Match(product.key, _targets(found, product), confidence, why)
        return Match(product.key)

    def _by(self, words: Mapping[str, list[Known]], texts: Iterable[str]) -> list[Known]:
        found = [known for text in texts if squeezed(text) for known in words.get(squeezed(text), ())]
        return list({known.model: known for known in found}.values())

    def _by_either(self, texts: Iterable[str]) -> list[Known]:
        wanted = list(texts)
        return self._by(self.names, wanted) or self._by(self.models, wanted)

    def _within(self, texts: Iterable[str]) -> list[Known]:
        """The longest model that stands in one of the texts."""
        wanted = [squeezed(text) for text in texts]
        return next((found for word, found in self.parts if any(word in text for text in wanted)), [])


def _targets(found: Sequence[Known], product: Product) -> tuple[str, ...]:
    """All of a product, or the one whose revision or platform the document names."""
    labels = {squeezed(each) for each in (product.revision, *product.platforms) if each}
    every = [each for known in found for each in known.targets]
    narrowed = [key for key, label in every if label and squeezed(label) in labels]
    return tuple(dict.fromkeys(narrowed or [key for key, _ in every]))


def _of_cpe(text: str) -> str:
    """The product of a CPE 2.3 formatted string or of a 2.2 URI (NISTIR 7695, 6.1 and 6.2)."""
    place = 4 if text.startswith("cpe:2.3:") else 3
    parts = text.replace("\\:", " ").split(":")
    found = parts[place] if len(parts) > place else ""
    return "" if found in HARDLY_ANY else found.replace("\\", "").replace("_", " ")


def _of_purl(text: str) -> str:
    return text.partition("?")[0].partition("#")[0].partition("@")[0].rpartition("/")[2]


def components(products: Iterable[Product], known: Iterable[tuple[str, str]]) -> tuple[Match, ...]:
    """Which components of the catalogue, (name, purl), a supplier's products are: by purl, name or CPE.

    `targets` of each answer are the names of the components.
    """
    names: dict[str, dict[str, None]] = {}
    packages: dict[str, dict[str, None]] = {}
    for name, purl in known:
        names.setdefault(squeezed(name), {})[name] = None
        if purl:
            packages.setdefault(_package(purl), {})[name] = None
    return tuple(_component(each, names, packages) for each in products)


def _component(
    product: Product, names: Mapping[str, Mapping[str, None]], packages: Mapping[str, Mapping[str, None]]
) -> Match:
    ways = (
        (Confidence.CERTAIN, "purl", packages, [_package(each) for each in product.purls]),
        (Confidence.LIKELY, "name", names, [squeezed(each) for each in (product.model, product.name)]),
        (Confidence.LIKELY, "cpe", names, [squeezed(_of_cpe(each)) for each in product.cpes]),
        (Confidence.LIKELY, "purl", names, [squeezed(_of_purl(each)) for each in product.purls]),
    )
    for confidence, why, words, wanted in ways:
        found = [name for word in wanted if word for name in words.get(word, ())]
        if found:
            return Match(product.key, tuple(dict.fromkeys(found)), confidence, why)
    return Match(product.key)


def _package(purl: str) -> str:
    """The package without its version and qualifiers."""
    return purl.partition("?")[0].partition("#")[0].partition("@")[0].casefold()
