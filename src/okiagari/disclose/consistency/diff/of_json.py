"""Two JSON values, compared by pointer (RFC 6901).

Items of a list are the same where they bear the same name (an id, an address), whatever their place; others
where they are equal. An item that moved is no change.
"""

import json
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from okiagari.disclose.consistency.diff.changes import Change, Changed
from okiagari.disclose.consistency.diff.of_lines import matches

_NAMES = ("product_id", "cve", "bom-ref", "@id", "ref", "id", "url", "number", "key", "cveId", "name")
"""What tells items of one list apart, the surest first."""
_LONGEST = 400


def compare(before: Any, after: Any, place: str = "") -> Iterator[Change]:
    """Every place in which they differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _objects(before, after, place)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _lists(before, after, place)
    elif before != after or type(before) is not type(after):
        yield Change(Changed.CHANGED, place, told(before), told(after))


def told(value: Any) -> str:
    """A value as it is shown: a text as it is, anything else as JSON; a long one is cut."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _objects(before: dict[str, Any], after: dict[str, Any], place: str) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        here = f"{place}/{name.replace('~', '~0').replace('/', '~1')}"
        if name not in after:
            yield Change(Changed.REMOVED, here, before=told(before[name]))
        elif name not in before:
            yield Change(Changed.ADDED, here, after=told(after[name]))
        else:
            yield from compare(before[name], after[name], here)


def _lists(before: list[Any], after: list[Any], place: str) -> Iterator[Change]:
    name = _name(before, after)
    pairs = _named(before, after, name) if name else _placed(before, after)
    for old, new in pairs:
        if old is None and new is not None:
            yield Change(Changed.ADDED, f"{place}/{new}", after=told(after[new]))
        elif new is None and old is not None:
            yield Change(Changed.REMOVED, f"{place}/{old}", before=told(before[old]))
        elif old is not None and new is not None:
            yield from compare(before[old], after[new], f"{place}/{new}")


Pair = tuple[int | None, int | None]


def _name(before: Sequence[Any], after: Sequence[Any]) -> str:
    """The name that every item of both lists bears, each another."""
    if not before or not after or not all(isinstance(each, dict) for each in (*before, *after)):
        return ""
    return next((name for name in _NAMES if all(_is_unique(each, name) for each in (before, after))), "")


def _is_unique(items: Sequence[Any], name: str) -> bool:
    values = [each.get(name) for each in items]
    return all(isinstance(each, str | int) for each in values) and len(set(values)) == len(values)


def _named(before: Sequence[Any], after: Sequence[Any], name: str) -> Iterator[Pair]:
    places = {each[name]: index for index, each in enumerate(before)}
    for index, each in enumerate(after):
        yield places.pop(each[name], None), index
    for index in places.values():
        yield index, None


def _placed(before: Sequence[Any], after: Sequence[Any]) -> Iterator[Pair]:
    """Equal items in their order; between two of them one item for one, as far as there are any."""
    old, new = 0, 0
    for first, second, length in (*matches(_keys(before), _keys(after)), (len(before), len(after), 0)):
        while old < first and new < second:
            yield old, new
            old, new = old + 1, new + 1
        yield from ((each, None) for each in range(old, first))
        yield from ((None, each) for each in range(new, second))
        old, new = first + length, second + length


def _keys(items: Sequence[Any]) -> list[Hashable]:
    return [each if isinstance(each, str) else json.dumps(each, sort_keys=True) for each in items]
