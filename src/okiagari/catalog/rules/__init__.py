"""The catalogue's rules: what may be imported, how a target is named, which targets a search rule finds.

In: plain values. Out: plain values and problems. No database, no clock of its own.
"""

from okiagari.catalog.rules.checking import at_field, read_catalogue, read_entry
from okiagari.catalog.rules.searching import RULE_KEYS, Candidate, folded_words, matches, target_key
from okiagari.catalog.rules.shapes import (
    PRODUCT_KINDS,
    RELEASE_STATES,
    SUPPORT_KINDS,
    AliasIn,
    CatalogueIn,
    LineIn,
    LocalWords,
    OrganisationIn,
    ProductIn,
    ReleaseIn,
    ShippedIn,
    SupportIn,
    TargetIn,
)

__all__ = [
    "PRODUCT_KINDS",
    "RELEASE_STATES",
    "RULE_KEYS",
    "SUPPORT_KINDS",
    "AliasIn",
    "Candidate",
    "CatalogueIn",
    "LineIn",
    "LocalWords",
    "OrganisationIn",
    "ProductIn",
    "ReleaseIn",
    "ShippedIn",
    "SupportIn",
    "TargetIn",
    "at_field",
    "folded_words",
    "matches",
    "read_catalogue",
    "read_entry",
    "target_key",
]
