"""How far published fixes got: one curve with everything beside it, and all advisories compared."""

from okiagari.reach.queries.comparing import WINDOW, Compared, compare
from okiagari.reach.queries.curves import curve, of_case, share_now
from okiagari.reach.values import Curve, Flagged, ProductReach, ShippedCount, VersionCount

__all__ = [
    "WINDOW",
    "Compared",
    "Curve",
    "Flagged",
    "ProductReach",
    "ShippedCount",
    "VersionCount",
    "compare",
    "curve",
    "of_case",
    "share_now",
]
