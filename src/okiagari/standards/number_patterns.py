r"""Patterns of model and serial numbers: ``XY12*``, ``AB?4``; `?` is one sign, `*` any number of them.

In: texts as labels, catalogues and documents write them. Out: whether two of them may mean the same number.
Hyphens, blanks, width and case make no difference; `\*` and `\?` are the signs themselves. Source: OASIS CSAF
2.0, 3.1.3.3.4 (model numbers) and 3.1.3.3.6 (serial numbers). It never says which numbers were really given.
"""

import unicodedata
from collections.abc import Hashable, Iterable
from typing import Final, Generic, TypeVar

ONE: Final = "?"
MANY: Final = "*"
LONGEST = 200
"""Longer texts are no number of a device and never match."""

Thing = TypeVar("Thing", bound=Hashable)
Signs = tuple[tuple[str, bool], ...]
"""Sign and whether it stands for others."""


def signs(text: str) -> Signs:
    """The letters, digits and wildcards of a pattern, folded; empty where it is too long or names nothing."""
    if len(text) > LONGEST:
        return ()
    found: list[tuple[str, bool]] = []
    is_quoted = False
    for sign in unicodedata.normalize("NFKC", text).casefold():
        if sign == "\\" and not is_quoted:
            is_quoted = True
            continue
        if sign in (ONE, MANY) and not is_quoted:
            found.append((sign, True))
        elif sign.isalnum() or is_quoted:
            found.append((sign, False))
        is_quoted = False
    return tuple(found) if any(not is_wild for _, is_wild in found) else ()


def head(pattern: Signs) -> str:
    """What it begins with whatever its wildcards stand for."""
    known = ""
    for sign, is_wild in pattern:
        if is_wild:
            break
        known += sign
    return known


def overlap(one: Signs, other: Signs) -> bool:
    """Is there a number that both mean? Takes as many steps as the product of their lengths."""
    if not one or not other:
        return False
    reached = _open(other, {0})
    for sign in one:
        reached = _open(other, _after(sign, other, reached))
        if not reached:
            return False
    return len(other) in reached


def _open(pattern: Signs, reached: Iterable[int]) -> set[int]:
    """A `*` may stand for nothing."""
    found = set(reached)
    for place in range(len(pattern)):
        if place in found and pattern[place] == (MANY, True):
            found.add(place + 1)
    return found


def _after(sign: tuple[str, bool], pattern: Signs, reached: set[int]) -> set[int]:
    """Where the other pattern may stand once this sign is read."""
    if sign == (MANY, True):
        return set(range(min(reached), len(pattern) + 1)) if reached else set()
    found = set()
    for place in reached:
        if place == len(pattern):
            continue
        theirs = pattern[place]
        if theirs == (MANY, True):
            found.add(place)
        elif theirs[1] or sign[1] or theirs[0] == sign[0]:
            found.add(place + 1)
    return found


class Shelf(Generic[Thing]):
    """Many patterns, each of some things, to be asked which of them a text may mean."""

    def __init__(self, patterns: Iterable[tuple[str, Thing]]) -> None:
        self._plain: dict[Signs, list[Thing]] = {}
        self._by_first: dict[str, list[tuple[str, Signs, list[Thing]]]] = {}
        self._asked: dict[Signs, tuple[Thing, ...]] = {}
        for text, thing in patterns:
            known = signs(text)
            if known:
                self._plain.setdefault(known, []).append(thing)
        for known, things in self._plain.items():
            start = head(known)
            self._by_first.setdefault(start[:1], []).append((start, known, things))

    def meant(self, text: str) -> tuple[Thing, ...]:
        """The things of every pattern that may mean the same number as the text, each once."""
        asked = signs(text)
        if asked not in self._asked:
            self._asked[asked] = tuple(dict.fromkeys(self._meant(asked))) if asked else ()
        return self._asked[asked]

    def _meant(self, asked: Signs) -> Iterable[Thing]:
        start = head(asked)
        firsts = dict.fromkeys((start[:1], "")) if start else self._by_first
        for first in firsts:
            for theirs, known, things in self._by_first.get(first, ()):
                if (theirs.startswith(start) or start.startswith(theirs)) and overlap(asked, known):
                    yield from things
