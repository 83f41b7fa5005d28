"""The catalogue's rules: what may be imported, how a target is named, which targets a search rule finds.

In: plain values. Out: plain values and problems. No database, no clock of its own.
"""

from okiagari.catalog.rules.checking import at_field, read_catalogue, read_entry
from okiagari.catalog.rules.components import Change, Span, changes_at, held_at
from okiagari.catalog.rules.identities import picture_bytes
from okiagari.catalog.rules.listing import LISTINGS, is_public
from okiagari.catalog.rules.searching import (
    RULE_KEYS,
    Candidate,
    asks_for,
    check,
    folded_words,
    matches,
    target_key,
)
from okiagari.catalog.rules.shapes import (
    EXPOSURES,
    PRODUCT_KINDS,
    RELEASE_STATES,
    SUPPORT_KINDS,
    SYSTEM_KINDS,
    AliasIn,
    CatalogueIn,
    ComponentIn,
    LineIn,
    LocalWords,
    OrganisationIn,
    ProductIn,
    ReleaseIn,
    ShippedIn,
    StepIn,
    SupportIn,
    SystemIn,
    TargetIn,
)

__all__ = [
    "EXPOSURES",
    "LISTINGS",
    "PRODUCT_KINDS",
    "RELEASE_STATES",
    "RULE_KEYS",
    "SUPPORT_KINDS",
    "SYSTEM_KINDS",
    "AliasIn",
    "Candidate",
    "CatalogueIn",
    "Change",
    "ComponentIn",
    "LineIn",
    "LocalWords",
    "OrganisationIn",
    "ProductIn",
    "ReleaseIn",
    "ShippedIn",
    "Span",
    "StepIn",
    "SupportIn",
    "SystemIn",
    "TargetIn",
    "asks_for",
    "at_field",
    "changes_at",
    "check",
    "folded_words",
    "held_at",
    "is_public",
    "matches",
    "picture_bytes",
    "read_catalogue",
    "read_entry",
    "target_key",
]
