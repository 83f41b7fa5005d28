"""The documents of CSAF 2.1, a draft, beside those of 2.0: the same facts, in a tree of their own."""

from collections.abc import Iterator

from okiagari.disclose.site import csaf_document
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.made import Made
from okiagari.problems import Problem
from okiagari.standards.documents import to_bytes

NAME, LABEL, VERSION = "csaf-2.1", "CSAF 2.1", "2.1"


def documents(entry: Entry, site: Site) -> Iterator[Made]:
    """One per language; what cannot be said at all (an unknown CWE) holds it back."""
    for language in entry.content.languages:
        path = entry.document(language, VERSION)
        try:
            built = csaf_document.document(entry, site, language, version=VERSION)
        except Problem as problem:
            yield Made(NAME, LABEL, path, b"", language, problems=(problem,))
            continue
        yield Made(NAME, LABEL, path, to_bytes(built.document), language, built.losses)
