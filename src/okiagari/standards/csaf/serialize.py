"""Canonical bytes of a document (OASIS CSAF 2.0, section 2.2: JSON; requirement 7.1.1: UTF-8).

In: a JSON value. Out: bytes that depend on nothing but the value: keys sorted (6.2.13), two spaces,
no escapes for characters beyond ASCII, one newline at the end. Hashes and signatures rest on them.
"""

import json
from collections.abc import Mapping


def to_bytes(document: Mapping[str, object]) -> bytes:
    """UTF-8 without byte order mark. Raises ValueError for what JSON or UTF-8 cannot hold."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()


def from_bytes(content: bytes) -> dict[str, object]:
    """Read a document. Raises ValueError for anything but one JSON object in UTF-8."""
    value = json.loads(content.decode("utf-8"))
    if not isinstance(value, dict):
        raise ValueError("a CSAF document is a JSON object")  # noqa: TRY004 - the bytes are wrong, not the type
    return value
