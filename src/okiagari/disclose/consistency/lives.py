"""What the whole site says of how long products are supported, read back from its finished files.

In: the folder of a tree, its entries, the site with its catalogue. Out: a `Difference` for every date that
OpenEoX, the page of ends of support or the calendar says otherwise, and for every model that stands there
without need. No advisory answers for these files, so they are held against the contents and the catalogue
themselves; nothing that writes them is asked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.approved import day, support
from okiagari.disclose.consistency.comparing import Difference
from okiagari.disclose.consistency.fields import About, Field
from okiagari.disclose.consistency.readers import lives as readers
from okiagari.disclose.consistency.statement import Told
from okiagari.disclose.rules.content import Product
from okiagari.disclose.site.entries import Entry, Site
from okiagari.problems import Problem
from okiagari.standards import openeox
from okiagari.standards.localtext import LANGUAGES
from okiagari.standards.partialdate import PartialDate

ENDS = frozenset({"end_of_sales", "end_of_security_support", "end_of_life"})

Dates = Mapping[About, str]
"""By model and kind: the date as a kind of file writes it."""


def differences(folder: Path, entries: Sequence[Entry], site: Site) -> list[Difference]:
    """Everything that is said otherwise, not at all, or of a product that nobody let out."""
    known = products(entries, site)
    edges = {about: value for each in known for about, value in _edges(each)}
    found = [*_cores(folder, site, {each.model: each for each in known})]
    for language in LANGUAGES:
        words = dict(_words(known, language))
        found += _of_file(folder, f"{language}/support.html", "HTML", words, readers.page(language))
        ends = {about: value for about, value in edges.items() if about[1] in ENDS}
        found += _of_file(folder, f"{language}/support.ics", "iCalendar", ends, readers.calendar)
    return found


def products(entries: Sequence[Entry], site: Site) -> list[Product]:
    """One per model: the catalogue's, with what the newest advisory told beside its dates; else that of the
    newest advisory that tells an end, else of the newest that tells any date."""
    valid = [each for each in entries if not each.is_withdrawn]
    newest = sorted(valid, key=lambda each: (each.last_at, each.name), reverse=True)
    told = [product for each in newest for product in each.content.products]
    beside = {each.model: each.support for each in reversed(told)}
    found = {
        each.model: replace(each, support={**beside.get(each.model, {}), **each.support})
        for each in reversed(site.catalogue.products)
    }
    for each in (*(each for each in told if ENDS & {*each.support}), *told):
        if each.support:
            found.setdefault(each.model, each)
    return list(found.values())


def _edges(product: Product) -> Iterator[tuple[About, str]]:
    """Each date as the day that stands for it."""
    days = {kind: _date(text) for kind, text in product.support.items()}
    for kind, known in days.items():
        if known and known.latest:
            yield (normal.name(product.model), kind), known.latest.isoformat()


def _words(known: Iterable[Product], language: str) -> Iterator[tuple[About, str]]:
    """Each end as a page says it."""
    for each in known:
        for kind, text in each.support.items():
            if kind in ENDS and text:
                yield (normal.name(each.model), kind), day(text, language)


def _date(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except Problem:
        return None


def _cores(folder: Path, site: Site, known: Mapping[str, Product]) -> Iterator[Difference]:
    """The documents that the index names, each by its own model; where dates contradict there is none."""
    try:
        listed = dict(readers.index((folder / readers.INDEX).read_bytes(), site.url))
    except OSError:
        listed = {}
    except readers.BROKEN as error:
        yield from _compared(readers.INDEX, "OpenEoX", {}, [_unreadable(error)])
        return
    wanted = {model: dict(_core(each)) for model, each in known.items() if _is_core(each)}
    for model in dict.fromkeys((*wanted, *listed)):
        path = listed.get(model, readers.INDEX)
        read = partial(readers.core, zone=site.zone, model=model)
        said = _read(folder, path, read) if model in listed else []
        yield from _compared(path, f"OpenEoX {model}", wanted.get(model, {}), said)


def _is_core(product: Product) -> bool:
    """Does it have a document: dates that can be told, and none of which contradicts another?"""
    texts = {kind: text for kind, text in product.support.items() if text}
    days = {kind: known for kind, text in texts.items() if (known := _date(text))}
    return bool(texts) and len(days) == len(texts) and not openeox.contradictions(days)


def _core(product: Product) -> Iterator[tuple[About, str]]:
    for _, model, kind, value in support(product):
        yield (model, kind), value


def _of_file(
    folder: Path, path: str, label: str, want: Dates, read: Callable[[bytes], Iterator[Told]]
) -> Iterator[Difference]:
    return _compared(path, label, want, _read(folder, path, read))


def _read(folder: Path, path: str, read: Callable[[bytes], Iterator[Told]]) -> list[Told]:
    """What a file says. One that is gone is named by its hash already; here it says nothing."""
    try:
        return list(read((folder / path).read_bytes()))
    except OSError:
        return []
    except readers.BROKEN as error:
        return [_unreadable(error)]


def _unreadable(error: Exception) -> Told:
    return Told(Field.SUPPORT, f"? {type(error).__name__}: {error}", "")


def _compared(path: str, label: str, want: Dates, got: Iterable[Told]) -> Iterator[Difference]:
    said = {each.about: each for each in got}
    for about in dict.fromkeys((*want, *said)):
        each, approved = said.get(about), want.get(about, "")
        value, place = (each.value, each.place) if each else ("", "")
        if value != approved:
            yield Difference(
                Field.SUPPORT,
                "lives",
                label,
                path,
                place,
                *about,
                said=(value,) if value else (),
                approved=(approved,) if approved else (),
            )
