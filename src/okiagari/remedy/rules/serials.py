"""The maker's own order of serial numbers or lots, and what it says of one device. Pure.

In: patterns in the order in which they were made, and a text from a label. A pattern says which
characters count: ``#`` a digit that counts, ``@`` a letter that counts (A to Z), ``?`` a letter or digit
that does not count (a check digit), anything else stands for itself. ``SR1@######`` orders SR1A000001 ..
SR1A999999 before SR1B000000. Out: a place in the order, or None where the text is no number of that order.

Texts are never compared as texts: "A99" is not before "A100" because of its letters, nor is a number of
another factory before or after one of ours. What fits no pattern is not known, and says so.
"""

import string
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from okiagari.problems import Kind, define, gettext_noop

BAD_PATTERN = define(
    "remedy.bad_pattern",
    Kind.INVALID,
    gettext_noop("“%(pattern)s” does not say which characters count."),
    gettext_noop(
        "Write # for a digit that counts, @ for a letter that counts, ? for one that does not: SR1A######."
    ),
)
PATTERNS_OVERLAP = define(
    "remedy.patterns_overlap",
    Kind.INVALID,
    gettext_noop("“%(first)s” and “%(second)s” can both fit the same number."),
    gettext_noop("Write more of the fixed characters, so that each number has one place."),
)
NOT_IN_ORDER = define(
    "remedy.not_in_order",
    Kind.INVALID,
    gettext_noop("“%(text)s” fits none of the patterns."),
    gettext_noop("The patterns are: %(patterns)s. Add the one it was made under."),
)

_DIGITS, _LETTERS = frozenset(string.digits), frozenset(string.ascii_uppercase)
_CLASSES = {"#": _DIGITS, "@": _LETTERS, "?": _DIGITS | _LETTERS}
_COUNTING = {"#": string.digits, "@": string.ascii_uppercase}
Place = tuple[int, int]


class Answer(StrEnum):
    """What the maker's order says of one device."""

    FIXED = "fixed"
    BEFORE = "before"
    UNKNOWN = "unknown"
    UNCLEAR = "unclear"


def folded(text: str) -> str:
    """As printed on labels: full-width or not, any case, blanks left out."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


@dataclass(frozen=True)
class Order:
    """Patterns, the oldest first."""

    patterns: tuple[str, ...]

    @classmethod
    def read(cls, patterns: Iterable[str]) -> "Order":
        """Raises BAD_PATTERN, PATTERNS_OVERLAP."""
        written = tuple(folded(each) for each in patterns if each.strip())
        for each in written:
            if not set(each) & set(_COUNTING):
                raise BAD_PATTERN(pattern=each).at("order")
        for first, second in combinations(written, 2):
            if _overlap(first, second):
                raise PATTERNS_OVERLAP(first=first, second=second).at("order")
        return cls(written)

    def place(self, text: str) -> Place | None:
        """Where a number stands: which pattern, and which number under it."""
        number = folded(text)
        for index, pattern in enumerate(self.patterns):
            value = _value(pattern, number)
            if value is not None:
                return index, value
        return None


def _class(character: str) -> frozenset[str]:
    return _CLASSES.get(character) or frozenset({character})


def _overlap(first: str, second: str) -> bool:
    return len(first) == len(second) and all(
        _class(one) & _class(other) for one, other in zip(first, second, strict=True)
    )


def _value(pattern: str, number: str) -> int | None:
    if len(pattern) != len(number):
        return None
    value = 0
    for mark, character in zip(pattern, number, strict=True):
        if character not in _class(mark):
            return None
        if mark in _COUNTING:
            alphabet = _COUNTING[mark]
            value = value * len(alphabet) + alphabet.index(character)
    return value


def answer(number: str, firsts: Iterable[tuple[Order, str]]) -> Answer:
    """What cut-ins say of a number. `firsts`: the order of each, and its first good number.

    Several factories may each have their own order; where two of them claim a number and differ, it is
    unclear, and a person has to look.
    """
    said = set()
    for order, first in firsts:
        here, good = order.place(number), order.place(first)
        if here is not None and good is not None:
            said.add(Answer.FIXED if here >= good else Answer.BEFORE)
    if len(said) > 1:
        return Answer.UNCLEAR
    return said.pop() if said else Answer.UNKNOWN
