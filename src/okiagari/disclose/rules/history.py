"""The numbers of editions where an advisory was published before it came here. Pure.

In: the numbers its revision history has, oldest first, as they are written. Out: which of them go on being
told, and the number of each edition that follows. Whole numbers go on as whole numbers; semantic versions go
on with the next major version, which is right whatever changed (OASIS CSAF 2.0, 3.1.11.2). A draft, or a
number that is neither, is no edition.
"""

import re
from collections.abc import Sequence

_WHOLE = re.compile(r"[1-9]\d{0,5}")
_SEMANTIC = re.compile(r"([1-9]\d{0,5})\.(\d{1,6})\.(\d{1,6})(?:\+[0-9A-Za-z.-]{1,40})?")


def told(numbers: Sequence[str]) -> tuple[int, ...]:
    """The places of those that are editions: of the kind the newest has, each larger than the one before."""
    kept: list[int] = []
    last: tuple[int, ...] = ()
    kind = next((form for form in (_WHOLE, _SEMANTIC) if numbers and form.fullmatch(numbers[-1])), None)
    for place, number in enumerate(numbers):
        order = _order(number)
        if kind is not None and kind.fullmatch(number) and order > last:
            kept.append(place)
            last = order
    return tuple(kept)


def label(numbers: Sequence[str], number: int) -> str:
    """What the `number`-th edition of all (from 1) is called, after `numbers` that went before."""
    if number <= len(numbers):
        return numbers[number - 1]
    if not numbers:
        return str(number)
    last = _order(numbers[-1])
    following = str(last[0] + number - len(numbers))
    return f"{following}.0.0" if len(last) > 1 else following


def _order(number: str) -> tuple[int, ...]:
    found = _SEMANTIC.fullmatch(number)
    if found:
        return int(found[1]), int(found[2]), int(found[3])
    return (int(number),) if _WHOLE.fullmatch(number) else ()
