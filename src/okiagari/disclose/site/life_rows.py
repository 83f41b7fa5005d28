"""The dates of support that an advisory tells of its products, as rows: where support is the matter.

In: a content and its standings. Out: rows; products with the same dates and successor share one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from okiagari.disclose.rules.content import Content
from okiagari.disclose.rules.standing import Standing
from okiagari.disclose.site import saying
from okiagari.disclose.site.models.lives import ENDS, KINDS, Successor, successor_of

Cells = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shared:
    """Models that end together."""

    models: tuple[str, ...]
    successor: Successor | None


def values(content: Content, found: Sequence[Standing], language: str) -> dict[str, object]:
    """What the page needs for its table."""
    return {
        "lives": of_content(content, found, language),
        "life_heads": [gettext(KINDS[kind]) for kind in ENDS],
    }


def of_content(content: Content, found: Sequence[Standing], language: str) -> list[tuple[Shared, Cells]]:
    """Every product with a date. Elsewhere the request to stop using a product says when it ends."""
    if content.kind != "end_of_support":
        return []
    groups: dict[tuple[Cells, Successor | None], list[str]] = {}
    for standing in found:
        product = standing.product
        if not any(product.support.get(kind) for kind in ENDS):
            continue
        cells = tuple(
            (gettext(KINDS[kind]), saying.date(product.support.get(kind, ""), language)) for kind in ENDS
        )
        follows = successor_of(content, product, frozenset())
        groups.setdefault((cells, follows), []).append(saying.model(product))
    return [
        (Shared(tuple(dict.fromkeys(models)), follows), cells) for (cells, follows), models in groups.items()
    ]
