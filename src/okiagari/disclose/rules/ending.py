"""May a case end without a word in public?

In: the state of every cell of its grid. Out: yes, or why not. Only where every product is decided and none is
affected; a case with nothing to decide (no product, no vulnerability) may end so too.
"""

from collections.abc import Iterable
from enum import StrEnum


class Ground(StrEnum):
    """What is known of the products of a case, as far as it decides whether something must be said."""

    OPEN = "open"
    AFFECTED = "affected"
    NONE_AFFECTED = "none_affected"
    NOTHING_TO_DECIDE = "nothing_to_decide"


SETTLED = frozenset({"not_affected"})
CONCERNED = frozenset({"affected", "fixed"})


def ground(states: Iterable[str]) -> Ground:
    found = set(states)
    if not found:
        return Ground.NOTHING_TO_DECIDE
    if found & CONCERNED:
        return Ground.AFFECTED
    return Ground.NONE_AFFECTED if found <= SETTLED else Ground.OPEN


def may_be_quiet(known: Ground) -> bool:
    return known in {Ground.NONE_AFFECTED, Ground.NOTHING_TO_DECIDE}
