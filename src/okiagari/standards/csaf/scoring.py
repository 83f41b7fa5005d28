"""Scores as the documents carry them: `scores` of CSAF 2.0, `metrics` of 2.1 (3.2.3, 6.1.7).

In: scores with the products they hold for. Out: JSON values, at most one score of each kind per product;
of 3.0 and 3.1 the newer stays. What has no place is a `Loss`.
"""

from collections.abc import Iterable, Iterator, Mapping

from cvss import CVSS2, CVSS3

from okiagari.standards.cvss import Score, Version

from . import parts
from .model import ProductScore
from .parts import Json, Loss, unique

_KINDS: Mapping[Version, str] = {
    Version.V2_0: "cvss_v2",
    Version.V3_0: "cvss_v3",
    Version.V3_1: "cvss_v3",
    Version.V4_0: "cvss_v4",
}


def scores(items: Iterable[ProductScore], location: str, losses: list[Loss]) -> list[Json]:
    """2.0: no CVSS 4.0, and nobody says whose score it is."""
    kept = []
    for item in items:
        if item.score.version is Version.V4_0:
            losses.append(Loss(location, parts.NO_CVSS4, {"vector": item.score.vector}))
            continue
        if item.source:
            told = {"vector": item.score.vector, "source": item.source}
            losses.append(Loss(location, parts.SCORE_SOURCE, told))
        kept.append(ProductScore(item.score, item.product_ids))
    return [
        {kind: score_json(item.score), "products": products}
        for kind, item, products in _chosen(kept, location, losses)
    ]


def metrics(items: Iterable[ProductScore], location: str, losses: list[Loss]) -> list[Json]:
    """2.1: every version, with its source."""
    return [
        parts.pruned(content={kind: score_json(item.score)}, products=products, source=parts.uri(item.source))
        for kind, item, products in _chosen(items, location, losses)
    ]


def _chosen(
    items: Iterable[ProductScore], location: str, losses: list[Loss]
) -> Iterator[tuple[str, ProductScore, list[str]]]:
    """Each different score once, with the products that have no other of its kind."""
    taken: dict[tuple[str, str], tuple[str, str]] = {}
    chosen: dict[tuple[str, str], tuple[str, ProductScore, list[str]]] = {}
    for item in sorted(items, key=lambda item: item.score.version, reverse=True):
        kind, mark = _KINDS[item.score.version], (item.score.vector, item.source)
        ids = unique(item.product_ids)
        free = [each for each in ids if taken.setdefault((kind, each), mark) == mark]
        refused = [each for each in ids if each not in free]
        if refused:
            told = {"vector": item.score.vector, "products": ", ".join(refused)}
            losses.append(Loss(location, parts.SCORE_TWICE, told))
        if free:
            products = chosen.setdefault(mark, (kind, item, []))[2]
            products.extend(each for each in free if each not in products)
    yield from chosen.values()


def score_json(score: Score) -> Json:
    """The score by FIRST's JSON schema of its version, keys in alphabetical order.

    Of 4.0 only what the schema asks for: the vector says the rest, and its score is that of all its metrics.
    """
    if score.version is Version.V4_0:
        return {
            "baseScore": score.overall,
            "baseSeverity": score.overall_severity.value.upper(),
            "vectorString": score.vector,
            "version": score.version.value,
        }
    parsed = CVSS2(score.vector) if score.version is Version.V2_0 else CVSS3(score.vector)
    value = parsed.as_json(sort=True, minimal=True)
    return {name: abs(item) if isinstance(item, float) else item for name, item in value.items()}
