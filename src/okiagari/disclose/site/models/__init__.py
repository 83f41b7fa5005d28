"""Everything the site says by model: a page for each, the question "is my device affected?", ends of support.

In: the entries of the site, with the catalogue facts sealed in them, and the products of the catalogue that
the public may know of. Out: files. What neither names does not exist here, whatever the catalogue knows.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import msgspec

from okiagari.disclose.rules.content import Product
from okiagari.disclose.site.entries import Entry, Site, without_catalogue
from okiagari.disclose.site.parts import Part, key_from
from okiagari.standards.localtext import LANGUAGES

from . import answers, asking, calendar, grouping, lives, model_page


def parts(entries: Sequence[Entry], keys: Sequence[str], site: Site) -> Iterator[Part]:
    """One per model, the question with the list of models, ends of support. `keys`: those of the entries."""
    for named in grouping.named(entries, keys, site):
        yield Part(named.key, partial(_of_model, named, grouping.narrowed(site, named)))
    listed = grouping.listed(entries, site)
    yield Part(_key("models", listed, site), partial(_question, listed, without_catalogue(site)))
    known = lives.known(entries, site)
    yield Part(_key("support", known, site), partial(_support, known, without_catalogue(site)))


def _key(what: str, said: object, site: Site) -> str:
    return key_from(what, site.generator, *_signed_by(site), msgspec.json.encode(said))


def _signed_by(site: Site) -> Iterator[str]:
    """What every page of the site shows of the maker."""
    yield from (site.url, site.publisher.website)
    yield from (text for item in sorted(site.publisher.name.items()) for text in item)


def _of_model(named: grouping.Named, site: Site) -> Mapping[str, bytes]:
    model = grouping.model(named, site)
    made = {f"models/{model.slug}.json": answers.model_bytes(model, site)}
    for language in LANGUAGES:
        made[f"{language}/models/{model.slug}.html"] = model_page.page_bytes(model, site, language)
    return made


def _question(listed: tuple[Product, ...], site: Site) -> Mapping[str, bytes]:
    made = {"check.js": asking.SCRIPT.read_bytes(), "models/index.json": answers.index_bytes(listed)}
    for language in LANGUAGES:
        made[f"{language}/models/index.html"] = asking.page_bytes(listed, site, language)
    return made


def _support(known: tuple[lives.Known, ...], site: Site) -> Mapping[str, bytes]:
    return {f"{language}/support.html": lives.page_bytes(known, site, language) for language in LANGUAGES}


def calendars(entries: Sequence[Entry], site: Site) -> Iterator[tuple[str, bytes]]:
    """Ends of support and promises, which bear the time of the newest edition."""
    known = lives.known(entries, site)
    for language in LANGUAGES:
        yield f"{language}/support.ics", calendar.calendar_bytes(entries, known, site, language)


__all__ = ["calendars", "parts"]
