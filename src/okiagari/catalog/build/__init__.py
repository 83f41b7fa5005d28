"""Writes checked catalogue entries into rows, inside the caller's transaction. Knows no subject."""

from okiagari.catalog.build import components, steps
from okiagari.catalog.build.lines import Shelf, line, locked_line, release_named
from okiagari.catalog.build.products import links, locked_product, organisation, product, support_date, target
from okiagari.catalog.build.texts import words
from okiagari.catalog.problems import NO_SUCH_LINE, NO_SUCH_PRODUCT, NO_SUCH_RELEASE

__all__ = [
    "NO_SUCH_LINE",
    "NO_SUCH_PRODUCT",
    "NO_SUCH_RELEASE",
    "Shelf",
    "components",
    "line",
    "links",
    "locked_line",
    "locked_product",
    "organisation",
    "product",
    "release_named",
    "steps",
    "support_date",
    "target",
    "words",
]
