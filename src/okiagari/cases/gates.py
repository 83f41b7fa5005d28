"""What every stage's gate returns: does it hold, and if not, what is missing, from whom, until when.

A stage's ``gate.py`` has functions ``name(case_id: int) -> Facts``. Gates advise; they never block
protection. They read as the system; what a viewer may see of the text is filtered by the door.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Missing:
    """One thing that is missing. `text` is a marked English template, said with `parameters`.

    `owners` are principal ids (none: the product security team). `tab` is the tab of the case where it
    is put right; `action` the marked label of the button that does it.
    """

    code: str
    text: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    owners: tuple[int, ...] = ()
    due: datetime | None = None
    tab: str = "overview"
    action: str = ""


@dataclass(frozen=True)
class Facts:
    """Plain facts of one gate. `since`: when it came to hold, where that is known."""

    holds: bool
    missing: tuple[Missing, ...] = ()
    applies: bool = True
    since: datetime | None = None
