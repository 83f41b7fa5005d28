"""Decisions of this room as pure functions: `gaps` (what is lacking), `approving`, `serials`, `stock`."""

from okiagari.remedy.rules.approving import may_approve
from okiagari.remedy.rules.gaps import (
    ALIVE,
    PROTECTING,
    STOCKED,
    STOPPING,
    Cell,
    Gap,
    Have,
    Kind,
    Lack,
    plan_gaps,
    ready_gaps,
)
from okiagari.remedy.rules.serials import Answer, Order, answer
from okiagari.remedy.rules.stock import PLACES, progress

__all__ = [
    "ALIVE",
    "PLACES",
    "PROTECTING",
    "STOCKED",
    "STOPPING",
    "Answer",
    "Cell",
    "Gap",
    "Have",
    "Kind",
    "Lack",
    "Order",
    "answer",
    "may_approve",
    "plan_gaps",
    "progress",
    "ready_gaps",
]
