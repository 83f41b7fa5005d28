"""What the library `csaf` spends nearly all of its time on, done faster: finding parts, the schema of 2.0.

In: a loaded module of the library. Out: nothing; its search of parts reads the few forms of path it uses
without parsing them anew for every document, and the schema written in Python is asked only where the one in
Rust refuses, so every message stays the library's own. It changes no verdict: the official suites of both
versions run through it. Where a module looks otherwise than expected it is left as it is.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import ModuleType, SimpleNamespace
from typing import Any

_PATH = re.compile(r"\$(?:\.\.?\w+|\[\*\])*")
_STEP = re.compile(r"(\.\.?)(\w+)|\[\*\]")
Link = tuple[Any, str | int] | None
"""How a part was reached: from where, and by which key."""


class Match:
    """What the library asks of a match: the value, and where it stands."""

    __slots__ = ("_link", "value")

    def __init__(self, value: Any, link: Link) -> None:
        self.value, self._link = value, link

    @property
    def path(self) -> str:
        """As JSONPath writes it (RFC 9535, section 2.7)."""
        keys: list[str] = []
        link = self._link
        while link is not None:
            link, key = link
            keys.append(f"[{key}]" if isinstance(key, int) else f"['{key}']")
        return "$" + "".join(reversed(keys))


@lru_cache(maxsize=256)
def _steps(path: str) -> tuple[tuple[str, str], ...] | None:
    """("." or ".." or "*", name) for each step; None for a form that is not read here."""
    if not _PATH.fullmatch(path):
        return None
    return tuple((found[1] or "*", found[2] or "") for found in _STEP.finditer(path))


def find(path: str, document: Any, otherwise: Callable[..., Any]) -> Any:
    """The parts a path names, in the order of JSONPath."""
    steps = _steps(path)
    if steps is None:
        return otherwise(path, document)
    nodes: list[tuple[Any, Link]] = [(document, None)]
    for kind, name in steps:
        if kind == "*":
            nodes = [child for node in nodes for child in _children(node)]
        else:
            places = nodes if kind == "." else [below for node in nodes for below in _below(node)]
            nodes = [
                (value[name], (link, name))
                for value, link in places
                if isinstance(value, dict) and name in value
            ]
    return iter([Match(value, link) for value, link in nodes])


def _children(node: tuple[Any, Link]) -> Iterator[tuple[Any, Link]]:
    value, link = node
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield each, (link, index)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield each, (link, key)


def _below(node: tuple[Any, Link]) -> Iterator[tuple[Any, Link]]:
    """The node and everything in it, each before what it holds."""
    left = [node]
    while left:
        here = left.pop()
        yield here
        left += [child for child in reversed(list(_children(here))) if isinstance(child[0], dict | list)]


def hurry(module: ModuleType) -> None:
    """Make this validator of the library faster."""
    rules = f"{module.__name__.rpartition('.')[0]}.rules."
    for name, each in list(sys.modules.items()):
        library = getattr(each, "jsonpath", None) if name.startswith(rules) else None
        if isinstance(library, ModuleType) and hasattr(library, "finditer"):
            each.jsonpath = _finder(library.finditer)  # type: ignore[attr-defined]
    if not hasattr(module, "_rs_validator"):
        _hurry_schema(module)


def _finder(otherwise: Callable[..., Any]) -> SimpleNamespace:
    return SimpleNamespace(finditer=lambda path, document: find(path, document, otherwise))


def _hurry_schema(module: Any) -> None:
    """Ask the schema in Rust first: what it accepts needs no message."""
    try:
        accepts = _schema(module)
        slow, entry = module._validate_schema, module._catalog_entry("schema")
        passed = module.TestResult(
            id="schema", group=entry["group"], title=entry["title"], passed=True, errors=()
        )
    except (ImportError, AttributeError):
        return
    module._validate_schema = lambda document: passed if accepts(document) else slow(document)


def _schema(module: Any) -> Callable[[Any], bool]:
    import jsonschema_rs
    import msgspec
    from csaf._jsonschema import FORMATS

    known = {}
    for path in module._SCHEMA_DIR.rglob("*.json"):
        schema = msgspec.json.decode(path.read_bytes())
        known[str(schema.get("$id") or schema.get("id") or "").partition("?")[0]] = schema
    for address, place in module._URI_CATALOG.items():
        known[address] = msgspec.json.decode((module._SCHEMA_DIR / place).read_bytes())
    rust = jsonschema_rs.Draft202012Validator(
        module._main_schema(),
        retriever=lambda address: known[address.partition("?")[0]],
        validate_formats=True,
        formats=FORMATS,
    )
    accepts: Callable[[Any], bool] = rust.is_valid
    return accepts
