"""Whether the public pages name a product that no advisory names.

In: what somebody decided, and the day its sale began. Out: yes or no. Where nobody decided, the sale does:
what is not surely on sale yet is nobody's business, so a product without that day is not named. Our own
systems never are; services, and products taken out of the lists, only where somebody says so.
"""

from datetime import date

from okiagari.standards.partialdate import PartialDate

LISTED, UNLISTED, BY_SALE = "listed", "unlisted", ""
LISTINGS = (BY_SALE, LISTED, UNLISTED)
NAMED = frozenset({"device", "application", "service"})
SOLD = frozenset({"device", "application"})


def is_public(listing: str, *, kind: str, on_sale: PartialDate | None, is_retired: bool, today: date) -> bool:
    """`on_sale`: the day its sale began, as far as it is known; `today`: by the maker's calendar."""
    if kind not in NAMED or listing == UNLISTED:
        return False
    if listing == LISTED:
        return True
    latest = on_sale.latest if on_sale else None
    return kind in SOLD and not is_retired and latest is not None and latest <= today
