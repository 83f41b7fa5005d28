"""Two lists, compared in their order: by what stands once in both first, so that long ones stay quick."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

from okiagari.disclose.consistency.diff.changes import Change, Changed

Match = tuple[int, int, int]
"""First place in each list, and how many are the same from there."""
SHORT = 400
"""Lists as short as this are compared item by item."""


def matches(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Match]:
    """Stretches that are the same, in order."""
    return list(_matches(before, after, 0, 0))


def _matches(before: Sequence[Hashable], after: Sequence[Hashable], old: int, new: int) -> Iterator[Match]:
    head = _alike(before, after)
    if head:
        yield old, new, head
    tail = _alike(before[head:][::-1], after[head:][::-1])
    left, right = before[head : len(before) - tail], after[head : len(after) - tail]
    yield from _between(left, right, old + head, new + head)
    if tail:
        yield old + len(before) - tail, new + len(after) - tail, tail


def _alike(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        count += 1
    return count


def _between(left: Sequence[Hashable], right: Sequence[Hashable], old: int, new: int) -> Iterator[Match]:
    if not left or not right:
        return
    if len(left) <= SHORT and len(right) <= SHORT:
        for each in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
            if each.size:
                yield old + each.a, new + each.b, each.size
        return
    anchors = _anchors(left, right)
    if not anchors:
        return
    first, second = 0, 0
    for one, other in (*anchors, (len(left), len(right))):
        yield from _matches(left[first:one], right[second:other], old + first, new + second)
        if one < len(left):
            yield old + one, new + other, 1
        first, second = one + 1, other + 1


def _anchors(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[tuple[int, int]]:
    """What stands once in both, as far as it keeps its order: the longest such row."""
    once = {each for each, count in Counter(left).items() if count == 1}
    once &= {each for each, count in Counter(right).items() if count == 1}
    places = {each: index for index, each in enumerate(right) if each in once}
    pairs = [(index, places[each]) for index, each in enumerate(left) if each in once]
    return _longest(pairs)


def _longest(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs whose second places rise."""
    ends: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before.append(rows[at - 1] if at else -1)
        if at == len(ends):
            ends.append(place)
            rows.append(index)
        else:
            ends[at], rows[at] = place, index
    found: list[tuple[int, int]] = []
    last = rows[-1] if rows else -1
    while last >= 0:
        found.append(pairs[last])
        last = before[last]
    return found[::-1]


def compare(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Lines that came, went, or stand in the place of others."""
    old, new = 0, 0
    for first, second, length in (*matches(before, after), (len(before), len(after), 0)):
        while old < first and new < second:
            yield Change(Changed.CHANGED, f"line {new + 1}", before[old], after[new])
            old, new = old + 1, new + 1
        for each in range(old, first):
            yield Change(Changed.REMOVED, f"line {each + 1}", before=before[each])
        for each in range(new, second):
            yield Change(Changed.ADDED, f"line {each + 1}", after=after[each])
        old, new = first + length, second + length


CONTEXT = 3


def unified(before: Sequence[str], after: Sequence[str], old_name: str, new_name: str) -> Iterator[str]:
    """A unified diff, as `patch` reads it; nothing where both are the same."""
    hunks = list(_hunks(before, after))
    if hunks:
        yield f"--- {old_name}\n"
        yield f"+++ {new_name}\n"
    for begin, lines in hunks:
        old = sum(line[0] != "+" for line in lines)
        new = sum(line[0] != "-" for line in lines)
        yield f"@@ -{_span(begin[0], old)} +{_span(begin[1], new)} @@\n"
        yield from (f"{line}\n" for line in lines)


def _span(begin: int, count: int) -> str:
    """By the rule of diff: the line before, where there is none."""
    return f"{begin + 1 if count else begin},{count}"


def _hunks(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[tuple[int, int], list[str]]]:
    begin, lines = (0, 0), list[str]()
    old, new = 0, 0
    blocks = matches(before, after)
    ends = (len(before), len(after), 0)
    for first, second, length in (*blocks, ends):
        if old < first or new < second:
            if not lines:
                lead = min(CONTEXT, old)
                begin = (old - lead, new - lead)
                lines = [f" {line}" for line in before[old - lead : old]]
            lines += [f"-{line}" for line in before[old:first]]
            lines += [f"+{line}" for line in after[new:second]]
        old, new = first + length, second + length
        if lines:
            is_last = (first, second, length) == ends
            if length > 2 * CONTEXT or is_last:
                lines += [f" {line}" for line in before[first : first + CONTEXT]]
                yield begin, lines
                lines = []
            else:
                lines += [f" {line}" for line in before[first : first + length]]
    if lines:
        yield begin, lines
