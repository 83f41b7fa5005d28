"""Values of the house as plain JSON values: instants RFC 3339, durations ISO 8601, texts by language."""

from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
from django.utils.duration import duration_iso_string

from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate

_WRITTEN: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (LocalText, lambda value: dict(value.texts)),
    (PartialDate, lambda value: str(value) or None),
    (Enum, lambda value: value.value),
    (datetime, lambda value: value.isoformat()),
    (date, lambda value: value.isoformat()),
    (timedelta, duration_iso_string),
    (Path, str),
    (msgspec.Struct, msgspec.to_builtins),
)


def plain(value: object) -> Any:
    """The same value in dicts, lists, texts, numbers, true, false and null."""
    for kind, written in _WRITTEN:
        if isinstance(value, kind):
            return written(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if hasattr(value, "items"):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def _key(key: object) -> str:
    return "|".join(map(str, key)) if isinstance(key, tuple) else str(key)
