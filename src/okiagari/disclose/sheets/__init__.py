"""Papers for the house beside an advisory: a briefing for support and sales, answers for the press.

In: what was approved (or the draft, and then it says so), its state, and the site. Out: headed lists of
short texts in one language. They never leave the house, hold nothing that the advisory does not say, and
are drawn anew from the same snapshot each time.
"""

from collections.abc import Callable, Mapping

from . import briefing, press
from .frame import About, Item, Section, Sheet

KINDS: Mapping[str, Callable[[About], Sheet]] = {"briefing": briefing.sheet, "press": press.sheet}

__all__ = ["KINDS", "About", "Item", "Section", "Sheet"]
