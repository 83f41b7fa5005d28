"""Everything the site says by model: a page for each, the question "is my device affected?", ends of support.

In: the entries of the site, with the catalogue facts sealed in them, and the products of the catalogue that
the public may know of. Out: files. What neither names does not exist here, whatever the catalogue knows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from okiagari.disclose.site.entries import Entry, Site
from okiagari.standards.localtext import LANGUAGES

from . import answers, asking, calendar, grouping, lives, model_page


@dataclass(frozen=True)
class Group:
    """The files of one model: made from what `key` names; with the same key the old ones are used again."""

    key: str
    make: Callable[[], Mapping[str, bytes | Path]]


def groups(entries: Sequence[Entry], keys: Sequence[str], site: Site) -> Iterator[Group]:
    """One per model. `keys`: those of the entries, in their order."""
    for named in grouping.named(entries, keys, site):
        yield Group(named.key, partial(_of_model, named, site))


def _of_model(named: grouping.Named, site: Site) -> Mapping[str, bytes | Path]:
    model = grouping.model(named, site)
    made: dict[str, bytes | Path] = {f"models/{model.slug}.json": answers.model_bytes(model, site)}
    for language in LANGUAGES:
        made[f"{language}/models/{model.slug}.html"] = model_page.page_bytes(model, site, language)
    return made


def of_all(entries: Sequence[Entry], site: Site) -> Iterator[tuple[str, bytes]]:
    """The question with the list of models, its data and script, ends of support and their calendar."""
    listed = grouping.listed(entries, site)
    yield "check.js", asking.SCRIPT.read_bytes()
    yield "models/index.json", answers.index_bytes(listed)
    for language in LANGUAGES:
        yield f"{language}/models/index.html", asking.page_bytes(listed, site, language)
        yield f"{language}/support.html", lives.page_bytes(entries, site, language)
        yield f"{language}/support.ics", calendar.calendar_bytes(entries, site, language)


__all__ = ["Group", "groups", "of_all"]
