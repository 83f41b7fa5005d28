"""A part of the site: files that are made together, from what their key names.

With the same key the files of the tree before are used again; so a key names everything that decides them.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """`make` gives the files by path."""

    key: str
    make: Callable[[], Mapping[str, bytes]]


def key_from(*said: str | bytes) -> str:
    """Of all these texts in this order."""
    whole = hashlib.sha256()
    for each in said:
        data = each.encode() if isinstance(each, str) else each
        whole.update(b"%d:" % len(data))
        whole.update(data)
    return whole.hexdigest()
