"""Looks into JSON of anybody without trusting its shape: what is not as expected is simply not there."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit


def decoded(data: bytes) -> Mapping[str, Any] | None:
    """A JSON object, or None."""
    try:
        value = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def dig(value: object, *names: str) -> Any:
    """The value under these names, or None."""
    for name in names:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def text(value: object, *names: str) -> str:
    """The text under these names, or ""."""
    found = dig(value, *names)
    return found if isinstance(found, str) else ""


def items(value: object, *names: str) -> list[Any]:
    """The list under these names, or an empty one."""
    found = dig(value, *names)
    return found if isinstance(found, list) else []


def texts(value: object, *names: str) -> list[str]:
    return [each for each in items(value, *names) if isinstance(each, str)]


def split(url: str) -> SplitResult:
    """The parts of an address; of what is none, empty ones."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def join(base: str, url: str) -> str:
    """Where a link leads from here; "" where it is none."""
    try:
        return urljoin(base, url)
    except ValueError:
        return ""
