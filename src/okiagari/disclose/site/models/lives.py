"""Ends of support: every product that the public may know of, and every one whose dates an advisory told.

In: entries, the newest first, and the site with its catalogue, whose dates of today stand before those an
advisory told then. Out: the page that lists them, and the dates of one product for its own page.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

import msgspec
from django.template.loader import render_to_string
from django.utils.translation import gettext

from okiagari.disclose.rules.content import Content, Product
from okiagari.disclose.rules.standing import Action
from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.naming import page_of
from okiagari.problems import Problem, gettext_noop
from okiagari.standards.partialdate import PartialDate

KINDS = {
    "general_availability": gettext_noop("On sale since"),
    "end_of_sales": gettext_noop("End of sales"),
    "end_of_security_support": gettext_noop("End of security support"),
    "end_of_life": gettext_noop("End of all support"),
}
ENDS = tuple(KINDS)[1:]


@dataclass(frozen=True)
class Successor:
    """What follows; `page` in the folder of models, where the site has one, `href` at the maker."""

    model: str
    page: str = ""
    href: str = ""


@dataclass(frozen=True)
class Life:
    """One product: its dates by kind as they are read, and what follows it."""

    product: Product
    names: tuple[saying.Name, ...]
    dates: tuple[tuple[str, str, str], ...]
    successor: Successor | None

    @property
    def ends(self) -> tuple[tuple[str, str, str], ...]:
        return tuple(each for each in self.dates if each[0] in ENDS)


@dataclass(frozen=True)
class Row:
    """A life as a row of the table: a cell per end."""

    life: Life
    page: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Known:
    """One product with what follows it. `is_stopped`: its owners are asked to stop using it."""

    product: Product
    successor: Successor | None
    is_stopped: bool = False


def known(entries: Sequence[Entry], site: Site) -> tuple[Known, ...]:
    """Those of the catalogue, and those whose end an advisory told."""
    pages = {product.model for entry in entries for product in entry.content.products}
    pages |= {product.model for product in site.catalogue.products}
    now = {product.model: product for product in reversed(site.catalogue.products)}
    found: dict[str, tuple[Product, list[Entry]]] = {model: (product, []) for model, product in now.items()}
    for entry in entries:
        for product in () if entry.is_withdrawn else entry.content.products:
            is_told = any(product.support.get(kind) for kind in ENDS)
            if is_told or product.model in found:
                said, same = found.get(product.model, (product, []))
                found[product.model] = (said if same else with_told(said, product), same)
                same.append(entry)
    stopped = _stopped(entries)
    return tuple(
        Known(product, _successor(product, same, pages, site), model in stopped)
        for model, (product, same) in found.items()
    )


def ending(known: Iterable[Known], language: str) -> tuple[Life, ...]:
    """Products with an end that is known, those that end first above."""
    each = (life for life in (_life(one, language) for one in known) if life.ends)
    return tuple(sorted(each, key=lambda life: (_first_end(life.product), life.product.model)))


def with_told(now: Product, told: Product) -> Product:
    """As the catalogue has it now, with the dates that an advisory told and nobody has decided otherwise."""
    return msgspec.structs.replace(now, support={**told.support, **now.support})


def of_product(entries: Sequence[Entry], product: Product, site: Site, language: str) -> Life:
    """The same of one product, also where no end is known; only what its own advisories say counts."""
    pages = {each.model for entry in entries for each in entry.content.products}
    pages |= {each for each in site.catalogue.followed_by.values() if each}
    valid = [entry for entry in entries if not entry.is_withdrawn]
    return _life(Known(product, _successor(product, valid, pages, site)), language)


def _life(known: Known, language: str) -> Life:
    """In words of one language."""
    product = known.product
    dates = tuple(
        (kind, gettext(words), saying.date(product.support[kind], language))
        for kind, words in KINDS.items()
        if product.support.get(kind)
    )
    names = tuple(saying.other_names(product, language))
    return Life(product, names, dates, known.successor)


def _successor(
    product: Product, entries: Sequence[Entry], pages: AbstractSet[str], site: Site
) -> Successor | None:
    """As the newest advisory that names one does, else as the catalogue does."""
    found = (successor_of(entry.content, product, pages) for entry in entries)
    told = next((each for each in found if each), None)
    model = site.catalogue.followed_by.get(product.model, "")
    return told or (Successor(model, page_of(model)) if model else None)


def successor_of(content: Content, product: Product, pages: AbstractSet[str]) -> Successor | None:
    """In the request to stop using it, else as the catalogue named it. `pages`: models that have a page."""
    named = [each for each in content.measures if each.successor]
    if named:
        keys = {each.key for each in content.products if each.model == product.model}
        named = [each for each in named if keys & set(each.products)]
    model = named[0].successor if named else content.followed_by.get(product.model, "")
    if not model:
        return None
    known = next((each for each in content.successors if each.model == model), None)
    page = page_of(model) if model in pages else ""
    return Successor(model, page, saying.web(known.page) if known else "")


def last_day(text: str) -> date | None:
    """The last day a partial date can mean: what is known to the month ends with it."""
    try:
        return PartialDate.parse(text).latest
    except Problem:
        return None


def _first_end(product: Product) -> tuple[int, str]:
    """By the end of security support, which is what matters here; else by whichever end is known."""
    for kind in ("end_of_security_support", "end_of_life", "end_of_sales"):
        day = last_day(product.support.get(kind, ""))
        if day:
            return (0, day.isoformat())
    return (1, "")


def page_bytes(known: Iterable[Known], site: Site, language: str) -> bytes:
    with saying.speaking(language):
        every = sorted(known, key=lambda each: each.product.model)
        others = [(each.is_stopped, life) for each in every if not (life := _life(each, language)).ends]
        values = {
            "language": language,
            "root": "",
            "here": "support.html",
            "publisher": saying.in_language(site.publisher.name, language),
            **_table(ending(every, language)),
            "stopped": list(_rows(life for is_stopped, life in others if is_stopped)),
            "open": list(_rows(life for is_stopped, life in others if not is_stopped)),
        }
        return render_to_string("disclose/site/support.html", values).encode()


def _stopped(entries: Sequence[Entry]) -> set[str]:
    """Models whose owners are asked to stop using them: nobody may read that they still get fixes."""
    asking = [
        entry
        for entry in entries
        if not entry.is_withdrawn and any(each.kind == "stop_use" for each in entry.content.measures)
    ]
    found = [each for entry in asking for each in entry.standings]
    return {each.product.model for each in found if each.action is Action.STOP_USE}


def _table(ending: Sequence[Life]) -> dict[str, object]:
    """Of the ends only those that some product has."""
    kinds = [kind for kind in ENDS if any(kind == told for life in ending for told, _, _ in life.dates)]
    return {
        "heads": [gettext(KINDS[kind]) for kind in kinds],
        "rows": list(_rows(ending, kinds)),
        "has_successors": any(life.successor for life in ending),
    }


def _rows(found: Iterable[Life], kinds: Sequence[str] = ENDS) -> Iterator[Row]:
    for life in found:
        known = {kind: words for kind, _, words in life.dates}
        cells = tuple((gettext(KINDS[kind]), known.get(kind, "")) for kind in kinds)
        yield Row(life, page_of(life.product.model), cells)
