"""Stock that is called back or reworked: how much there is, how much of it is done. Pure."""

from collections.abc import Mapping

Place = tuple[str, str]
PLACES = ("maker", "distributor", "shop")
"""Where stock lies: the maker's own warehouse, a distributor, a shop."""


def progress(units: Mapping[Place, int], done: Mapping[Place, int]) -> tuple[int, int]:
    """(done, of how many) over all places; more than there is never counts."""
    total = sum(units.values())
    return sum(min(done.get(place, 0), number) for place, number in units.items()), total
