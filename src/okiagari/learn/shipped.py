"""The product security specification this system comes with, until the team writes its own.

What is listed stands as version 0 of each item; the first change makes version 1.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class ShippedItem:
    key: str
    title: LocalText
    text: LocalText
    references: tuple[str, ...]


@cache
def items() -> tuple[ShippedItem, ...]:
    """In the order in which they are read."""
    text = files("okiagari.learn").joinpath("data", "specification.toml").read_text(encoding="utf-8")
    return tuple(
        ShippedItem(
            each["key"],
            LocalText.of(**each["title"]),
            LocalText.of(**each["text"]),
            tuple(each["references"]),
        )
        for each in tomllib.loads(text)["items"]
    )


def item(key: str) -> ShippedItem | None:
    return next((each for each in items() if each.key == key), None)
