"""Says in words what an argument may be, and what was wrong with the one that was given.

In: a type of a signature, or the converter's complaint. Out: words for somebody who writes a file, not code.
"""

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate

WORDS: Mapping[Any, str] = {
    str: "a text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    bytes: "a text: what stands in the file",
    datetime: "an instant such as 2015-08-18T10:00",
    date: "a day such as 2015-08-18",
    LocalText: "a text, or {ja: …, en: …}",
    PartialDate: "a date as far as it is known, such as 2013-09",
    Any: "anything",
    object: "anything",
}
SAID = (
    ("`array`", "a list"),
    ("`object`", "a mapping"),
    ("`str`", "a text"),
    ("`int`", "a number"),
    ("`float`", "a number"),
    ("`bool`", "true or false"),
    ("`datetime`", "an instant"),
    ("`date`", "a day"),
    ("`null`", "nothing"),
)


def in_words(kind: Any) -> str:
    """What may stand there: ``list[tuple[str, str]]`` is "a list of [a text, a text]"."""
    if kind in WORDS:
        return WORDS[kind]
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return ", or ".join(dict.fromkeys(in_words(each) for each in inner if each is not types.NoneType))
    if origin is tuple and Ellipsis not in inner:
        return f"[{', '.join(in_words(each) for each in inner)}]"
    if origin in (list, Sequence, tuple, set, frozenset):
        return f"a list of {in_words(inner[0])}"
    if origin in (dict, Mapping):
        return f"{{{in_words(inner[0])}: {in_words(inner[1])}}}"
    if is_dataclass(kind):
        return f"{{{', '.join(field.name for field in fields(kind))}}}"
    if typing.is_typeddict(kind):
        return f"{{{', '.join(typing.get_type_hints(kind))}}}"
    return str(getattr(kind, "__name__", kind))


def complaint(said: str) -> str:
    """The converter's complaint without the names of its types."""
    for name, words in SAID:
        said = said.replace(name, words)
    return said.replace("Expected ", "this must be ", 1).replace(", got ", ", not ", 1)
