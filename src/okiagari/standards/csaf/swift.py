"""What the library `csaf` spends nearly all of its time on, done faster: finding parts, asking schemas.

In: a loaded module of the library. Out: nothing; its search of parts reads the few forms of path it uses
without parsing them anew for every document, and a schema written in Python is asked only where the same in
Rust refuses, so every message stays the library's own. It changes no verdict: the official suites of both
versions run through it. Where a module looks otherwise than expected it is left as it is.
"""

import re
import sys
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import ModuleType, SimpleNamespace
from typing import Any

_PATH = re.compile(r"\$(?:\.\.?\w+|\[\*\])*")
_STEP = re.compile(r"(\.\.?)(\w+)|\[\*\]")
Link = tuple[Any, str | int] | None
"""How a part was reached: from where, and by which key."""
Node = tuple[Any, Link]


class Place:
    """Where a match stands."""

    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    def keys(self) -> list[str | int]:
        found: list[str | int] = []
        link = self._link
        while link is not None:
            link, key = link
            found.append(key)
        return found[::-1]

    def __str__(self) -> str:
        """As JSONPath writes it (RFC 9535, section 2.7)."""
        return "$" + "".join(f"[{key}]" if isinstance(key, int) else f"['{key}']" for key in self.keys())

    @property
    def pointer(self) -> str:
        """As a JSON pointer (RFC 6901)."""
        return "/" + "/".join(str(key).replace("~", "~0").replace("/", "~1") for key in self.keys())


class Match:
    """What the library asks of a match: the value, and where it stands."""

    __slots__ = ("_link", "value")

    def __init__(self, node: Node) -> None:
        self.value, self._link = node

    @property
    def path(self) -> Place:
        return Place(self._link)


class _Known(threading.local):
    """What was found in the document that is judged right now: many paths begin alike."""

    def __init__(self) -> None:
        self.document: Any = object()
        self.nodes: dict[tuple[tuple[str, str], ...], list[Node]] = {}


_known = _Known()


@lru_cache(maxsize=256)
def _steps(path: str) -> tuple[tuple[str, str], ...] | None:
    """("." or ".." or "*", name) for each step; None for a form that is not read here."""
    if not _PATH.fullmatch(path):
        return None
    return tuple((found[1] or "*", found[2] or "") for found in _STEP.finditer(path))


def find(path: str, document: Any, otherwise: Callable[..., Any]) -> Any:
    """The parts a path names, in the order of JSONPath. The same object must still hold the same: `check`
    hands the library a copy of its own for every judgement."""
    steps = _steps(path)
    if steps is None:
        return otherwise(path, document)
    if _known.document is not document:
        _known.document, _known.nodes = document, {(): [(document, None)]}
    return map(Match, _nodes(steps))


def _nodes(steps: tuple[tuple[str, str], ...]) -> list[Node]:
    found = _known.nodes.get(steps)
    if found is None:
        found = _known.nodes[steps] = _step(_nodes(steps[:-1]), *steps[-1])
    return found


def _step(nodes: list[Node], kind: str, name: str) -> list[Node]:
    if kind == "*":
        return [child for node in nodes for child in _children(node)]
    places = nodes if kind == "." else [below for node in nodes for below in _below(node)]
    return [
        (value[name], (link, name)) for value, link in places if isinstance(value, dict) and name in value
    ]


def _children(node: Node) -> Iterator[Node]:
    value, link = node
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield each, (link, index)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield each, (link, key)


def _below(node: Node) -> Iterator[Node]:
    """The node and everything in it, each before what it holds."""
    left = [node]
    while left:
        here = left.pop()
        yield here
        left += [child for child in _children(here) if isinstance(child[0], (dict, list))][::-1]


def hurry(module: ModuleType) -> None:
    """Make this validator of the library faster."""
    rules = f"{module.__name__.rpartition('.')[0]}.rules."
    for name, each in list(sys.modules.items()):
        if name.startswith(rules):
            _hurry_rules(each)
    if not hasattr(module, "_rs_validator"):
        _hurry_schema(module)


def _hurry_rules(module: Any) -> None:
    library, pointer = getattr(module, "jsonpath", None), getattr(module, "_jpath_to_pointer", None)
    if isinstance(library, ModuleType) and hasattr(library, "finditer") and pointer is not None:
        finditer = library.finditer
        module.jsonpath = SimpleNamespace(finditer=lambda path, document: find(path, document, finditer))
        module._jpath_to_pointer = lambda path: path.pointer if isinstance(path, Place) else pointer(path)
    schemas = getattr(module, "_jsonschema", None)
    if isinstance(schemas, ModuleType) and hasattr(schemas, "validator"):
        module._jsonschema = Schemas(schemas)


class Schemas:
    """The library's way to its schemas, in Rust where that accepts."""

    def __init__(self, library: ModuleType) -> None:
        self._library = library
        self._accepting: dict[int, tuple[Any, Callable[[Any], bool]]] = {}

    def validator(self, schema: Any, **more: Any) -> Any:
        if more:
            return self._library.validator(schema, **more)
        return SimpleNamespace(iter_errors=lambda value: self._errors(schema, value))

    def _errors(self, schema: Any, value: Any) -> Iterator[Any]:
        """The library keeps each schema, so it is known by its identity."""
        if id(schema) not in self._accepting:
            self._accepting[id(schema)] = (schema, _accepting(schema))
        if self._accepting[id(schema)][1](value):
            return iter(())
        found: Iterator[Any] = self._library.validator(schema).iter_errors(value)
        return found


def _accepting(schema: Any) -> Callable[[Any], bool]:
    try:
        return _rust(schema, {})
    except (ImportError, ValueError):
        return lambda _: False


def _hurry_schema(module: Any) -> None:
    """Ask the schema in Rust first: what it accepts needs no message."""
    try:
        accepts = _rust(module._main_schema(), _schemas(module))
        slow, entry = module._validate_schema, module._catalog_entry("schema")
        passed = module.TestResult(
            id="schema", group=entry["group"], title=entry["title"], passed=True, errors=()
        )
    except (ImportError, AttributeError, ValueError):
        return
    module._validate_schema = lambda document: passed if accepts(document) else slow(document)


def _schemas(module: Any) -> dict[str, Any]:
    """The schemas the main one refers to, by address."""
    import msgspec

    known = {}
    for path in module._SCHEMA_DIR.rglob("*.json"):
        schema = msgspec.json.decode(path.read_bytes())
        known[str(schema.get("$id") or schema.get("id") or "").partition("?")[0]] = schema
    for address, place in module._URI_CATALOG.items():
        known[address] = msgspec.json.decode((module._SCHEMA_DIR / place).read_bytes())
    return known


def _rust(schema: Any, known: dict[str, Any]) -> Callable[[Any], bool]:
    """Does a value fit? By the dialect the schema names; those of CSAF and FIRST are 2020-12."""
    import jsonschema_rs
    from csaf._jsonschema import FORMATS

    dialect = str(schema.get("$schema", ""))
    kinds = {"draft-04": jsonschema_rs.Draft4Validator, "draft-07": jsonschema_rs.Draft7Validator}
    found = next(
        (kind for name, kind in kinds.items() if name in dialect), jsonschema_rs.Draft202012Validator
    )
    rust = found(
        schema,
        retriever=lambda address: known.get(address.partition("?")[0], {}),
        validate_formats=True,
        formats=FORMATS,
    )
    accepts: Callable[[Any], bool] = rust.is_valid
    return accepts
