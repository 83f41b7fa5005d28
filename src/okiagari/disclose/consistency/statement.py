"""What one finished file says, fact by fact, each with the place it stands at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from okiagari.disclose.consistency.fields import About, Field


@dataclass(frozen=True)
class Told:
    """`place`: JSON pointer, path of an XML element, or ``line N`` of HTML and text."""

    field: Field
    value: str
    place: str
    product: str = ""
    flaw: str = ""

    @property
    def about(self) -> About:
        return self.product, self.flaw


@dataclass(frozen=True)
class Within:
    """What a reader knows beside the bytes: the language of the file, the maker's zone, the site's address,
    the document it looks for in files that speak of several, the products it may meet, by name."""

    language: str
    zone: str
    url: str
    tracking_id: str
    names: frozenset[str] = frozenset()


Reader = Callable[[bytes, Within], Iterator[Told]]


@dataclass(frozen=True)
class Statement:
    """One file as it was read. `model`: the one it speaks of, "" of all. `error`: why it could not be read,
    "" where it could."""

    format: str
    label: str
    path: str
    language: str
    told: tuple[Told, ...]
    losses: frozenset[str] = frozenset()
    model: str = ""
    error: str = ""
