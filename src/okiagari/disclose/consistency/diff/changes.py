"""One change in one file."""

from dataclasses import dataclass
from enum import StrEnum


class Changed(StrEnum):
    """What happened at a place."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """`place`: JSON pointer, or ``line N`` (of the newer file; of the older one if removed)."""

    kind: Changed
    place: str
    before: str = ""
    after: str = ""
