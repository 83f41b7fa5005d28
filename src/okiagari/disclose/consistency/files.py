"""Every file one advisory goes out in, finished, with what each says it cannot carry.

In: an entry and the site. Out: bytes under the path they have in the tree. Files that are held back are none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from okiagari.disclose.rules.content import Catalogue
from okiagari.disclose.site import csaf_document, formats, pages
from okiagari.disclose.site.entries import Entry, Site, key_of
from okiagari.disclose.site.models import answers, grouping
from okiagari.problems import Problem
from okiagari.standards.documents import to_bytes

ANSWERS = "JSON"
"""What the data behind the question "is my device affected?" is called."""


@dataclass(frozen=True)
class File:
    """`format`: as the preview names it; "answers" is the data of a model. `losses`: message ids."""

    format: str
    label: str
    path: str
    language: str
    content: bytes
    losses: frozenset[str] = frozenset()
    model: str = ""


def finished(entry: Entry, site: Site) -> tuple[File, ...]:
    """The page first, then what programs read."""
    return tuple(_finished(entry, site))


def _finished(entry: Entry, site: Site) -> Iterator[File]:
    made = formats.published(entry, site)
    linked = (*made, *formats.lifecycle.index([entry], site))
    for language in entry.content.languages:
        page = pages.page_bytes(entry, site, language, linked)
        yield File(formats.PAGE, "HTML", entry.page(language), language, page)
    for language in entry.content.languages:
        try:
            built = csaf_document.document(entry, site, language)
        except Problem:
            continue
        losses = frozenset(each.message for each in built.losses)
        yield File("csaf", "CSAF 2.0", entry.document(language), language, to_bytes(built.document), losses)
    for each in made:
        losses = frozenset(loss.message for loss in each.losses)
        yield File(each.format, each.label, each.path, each.language, each.content, losses)
    yield from _of_models(entry, site)


def _of_models(entry: Entry, site: Site) -> Iterator[File]:
    """What is said by model, as if there were this advisory alone."""
    alone = replace(site, catalogue=Catalogue())
    for each in formats.lifecycle.documents([entry], alone):
        if not each.problems:
            losses = frozenset(loss.message for loss in each.losses)
            model = each.label.removeprefix("OpenEoX ")
            yield File("openeox", each.label, each.path, "", each.content, losses, model)
    if entry.is_withdrawn:
        return
    for named in grouping.named([entry], [key_of(entry, alone)], alone):
        known = grouping.model(named, alone)
        data = answers.model_bytes(known, alone)
        yield File("answers", ANSWERS, f"models/{known.slug}.json", "", data, model=known.name)
