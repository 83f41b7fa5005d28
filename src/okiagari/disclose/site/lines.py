"""What the lists of the site say of one advisory, drawn once and kept beside the tree that holds it.

In: an entry. Out: its lines. They are made from what its key names (`entries.key_of`), as its files are; so
one more advisory does not draw the lines of all others anew.
"""

import msgspec

from okiagari.disclose.site import listing, saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.standards.localtext import LANGUAGES


class Lines(msgspec.Struct, frozen=True, gc=False):
    """`listed`: its line in the list of each language, as HTML. `models`: those it concerns."""

    listed: dict[str, str]
    models: tuple[str, ...] = ()


def lines_of(entry: Entry, site: Site) -> Lines:
    models = dict.fromkeys(saying.model(each.product) for each in entry.standings if each.is_concerned)
    listed = {language: listing.line_html(entry, site, language) for language in LANGUAGES}
    return Lines(listed, tuple(models))
