"""A replay may take teams, people and catalogue from another file, so that a new case need not repeat them.

In: the data of a replay, and how to read a file of that name. Out: the same data with what the named files
bring along. What the replay says itself stands first and wins; events are never taken from elsewhere.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from okiagari.catalog.reading import with_pictures

KEYS: Mapping[str, str] = {
    "teams": "key",
    "people": "username",
    "organisations": "key",
    "lines": "key",
    "products": "model",
}
"""Lists that are joined, each with the name that says two entries are the same."""


def included(data: Any, load: Callable[[str], Any]) -> Any:
    """The data with everything its ``include`` names. `load` gives the data of a file, or raises."""
    if not isinstance(data, dict) or not isinstance(data.get("include"), list):
        return data
    for name in data["include"]:
        data = _joined(data, load(str(name)))
    return data


def _joined(own: dict[str, Any], other: Any) -> dict[str, Any]:
    """Teams, people and catalogue of both."""
    if not isinstance(other, Mapping):
        return own
    joined = {name: _both(name, own.get(name), other.get(name)) for name in ("teams", "people")}
    mine, theirs = own.get("catalogue") or {}, other.get("catalogue") or {}
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        names = dict.fromkeys([*mine, *theirs])
        joined["catalogue"] = {name: _both(name, mine.get(name), theirs.get(name)) for name in names}
    return {**own, **{name: value for name, value in joined.items() if value}}


def _both(name: str, own: Any, other: Any) -> Any:
    if own is None or other is None:
        return other if own is None else own
    if name not in KEYS or not isinstance(own, list) or not isinstance(other, list):
        return own
    known = {entry.get(KEYS[name]) for entry in own if isinstance(entry, Mapping)}
    return [*own, *(entry for entry in other if entry.get(KEYS[name]) not in known)]


def pictured(data: Any, folder: Path) -> Any:
    """The same with the pictures of steps inside, which lie beside the file."""
    if isinstance(data, dict):
        with_pictures(data.get("catalogue"), folder)
        events = data.get("events")
        given = (
            (each.get("with") for each in events if isinstance(each, dict))
            if isinstance(events, list)
            else ()
        )
        with_pictures({"lines": [each for each in given if isinstance(each, dict)]}, folder)
    return data
