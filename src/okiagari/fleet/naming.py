"""Which release a reported text means: the catalogue's word, asked anew every time.

In: products as units name them. Out: `Names`, which knows their lines. A new alias is right for the whole
past, because nothing of the answer is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from okiagari.catalog import queries as catalog
from okiagari.catalog.queries import LineView, ProductView
from okiagari.desk.subjects import Subject
from okiagari.engines.fleet import Bucket
from okiagari.fleet import queries
from okiagari.fleet.stores.base import Count


@dataclass(frozen=True)
class Unknown:
    """A text that means no release, with the lines it could belong to."""

    count: Count
    lines: tuple[LineView, ...]


class Names:
    """Products and lines of the catalogue, by what units report."""

    def __init__(self, products: Mapping[str, ProductView], lines: Mapping[str, LineView]) -> None:
        self.products = products
        self._lines = lines
        self._orders = {key: line.order() for key, line in lines.items()}

    def lines(self, bucket: Bucket) -> tuple[LineView, ...]:
        """The lines that a unit of this hardware can run: those of its revision, else all of the product."""
        product = self.products.get(bucket.product)
        targets = [target for target in product.targets if target.line] if product else []
        named = [target for target in targets if target.revision == bucket.hardware]
        return tuple(self._lines[key] for key in dict.fromkeys(each.line for each in named or targets))

    def release(self, bucket: Bucket) -> str:
        """The maker's own text of the release, "" where nobody knows it."""
        for line in self.lines(bucket):
            found = self._orders[line.key].resolve(bucket.version)
            if found is not None:
                return found.text
        return ""

    def newest(self, product: str) -> frozenset[str]:
        """The newest public release of each line of a product."""
        lines = self.lines(Bucket(product, "", ""))
        return frozenset(line.newest.text for line in lines if line.newest)


def names(subject: Subject, products: Iterable[str]) -> Names:
    """Raises NOT_YOURS."""
    found = catalog.products_named(subject, sorted(set(products)))
    keys = {target.line for view in found.values() for target in view.targets if target.line}
    return Names(found, catalog.lines_named(subject, sorted(keys)))


def unknown(known: Names, counts: Sequence[Count]) -> tuple[Unknown, ...]:
    """Texts that mean no release, those of the most units first."""
    found = [count for count in counts if count.present and not known.release(count.bucket)]
    found.sort(key=lambda count: (-count.present, count.bucket))
    return tuple(Unknown(count, known.lines(count.bucket)) for count in found)


def unknown_texts(subject: Subject) -> tuple[Unknown, ...]:
    """All of them, now."""
    counts = queries.overview(subject).standing.counts
    return unknown(names(subject, (count.bucket.product for count in counts)), counts)
