"""The vendor's status by the five values of VULDEF 3.2: of one product, and rolled up over all of them.

In: a content, or where one of its products stands. Out: one value. Affected wins over everything; what is
still looked into shows beside it, whichever product and vulnerability it is about. Where nothing is known of
any product the value is "unknown": silence is never "not affected".
"""

from collections.abc import Iterable

from okiagari.disclose.rules.content import Content
from okiagari.disclose.rules.standing import Standing, standings
from okiagari.standards import vuldef
from okiagari.standards.vuldef.model import VendorStatus

AFFECTED = frozenset({VendorStatus.VULNERABLE, VendorStatus.VULNERABLE_INVESTIGATING})
CLEAR = frozenset({VendorStatus.NOT_VULNERABLE, VendorStatus.NOT_VULNERABLE_INVESTIGATING})
OPEN = frozenset(
    {
        VendorStatus.VULNERABLE_INVESTIGATING,
        VendorStatus.NOT_VULNERABLE_INVESTIGATING,
        VendorStatus.UNKNOWN,
    }
)


def of_product(standing: Standing) -> VendorStatus:
    """Over every vulnerability of the content."""
    return vuldef.roll_up(
        affected=standing.is_concerned,
        not_affected=any(each.state == "not_affected" for each in standing.statuses),
        investigating=standing.is_checking,
    )


def together(values: Iterable[VendorStatus]) -> VendorStatus:
    """What the vendor says whose products have these values."""
    found = list(values)
    return vuldef.roll_up(
        affected=sum(each in AFFECTED for each in found),
        not_affected=sum(each in CLEAR for each in found),
        investigating=sum(each in OPEN for each in found),
    )


def of_content(content: Content) -> VendorStatus:
    """Over every product."""
    return together(of_product(each) for each in standings(content))
