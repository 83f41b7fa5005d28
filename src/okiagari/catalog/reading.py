"""Reads a catalogue file: bytes in, plain values out, or a problem that says at which line and column.

YAML is read without guessing types: a version written 1.10 stays "1.10".
"""

import base64
import json
import re
from pathlib import Path
from typing import Any

import yaml

from okiagari.catalog.problems import FILE_TOO_LARGE, UNREADABLE
from okiagari.plumbing.pictures import LIMIT, PICTURE_TOO_LARGE

MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 20
_FILE = re.compile(r"[^:]+\.(?:png|jpe?g|webp)", re.IGNORECASE)
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_file(content: bytes) -> object:
    """The values of a YAML or JSON file. Raises FILE_TOO_LARGE and UNREADABLE."""
    if len(content) > MAX_BYTES:
        raise FILE_TOO_LARGE(megabytes=MAX_BYTES // 1024 // 1024)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UNREADABLE(place=line, why="not UTF-8") from None
    try:
        return json.loads(text) if text.lstrip()[:1] in ("{", "[") else _yaml(text)
    except json.JSONDecodeError as error:
        raise UNREADABLE(place=f"{error.lineno}:{error.colno}", why=error.msg) from None
    except yaml.MarkedYAMLError as error:
        raise UNREADABLE(place=_place(error.problem_mark), why=error.problem or "YAML") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UNREADABLE(place="-", why=str(error).splitlines()[0][:200] if str(error) else "?") from None


def with_pictures(data: object, folder: Path) -> object:
    """The same values, with pictures that lie beside the file inside them. Raises UNREADABLE.

    A picture is named by its place below the folder of the file; a name that leads out of it is none.
    """
    if not isinstance(data, dict):
        return data
    for owner in (*_entries(data, "lines"), *_entries(data, "products")):
        for step in _entries(owner, "steps"):
            name = step.get("picture")
            if isinstance(name, str) and _FILE.fullmatch(name):
                step["picture"] = _address(folder, name)
    return data


def _entries(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = value.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _address(folder: Path, name: str) -> str:
    place = (folder / name).resolve()
    kind = place.suffix.lower().removeprefix(".").replace("jpg", "jpeg")
    if not place.is_relative_to(folder.resolve()):
        raise UNREADABLE(place=name, why="..")
    try:
        with place.open("rb") as file:
            content = file.read(LIMIT + 1)
    except OSError as error:
        raise UNREADABLE(place=name, why=error.strerror or "…") from None
    if len(content) > LIMIT:
        raise PICTURE_TOO_LARGE(megabytes=LIMIT // 1024 // 1024)
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def _yaml(text: str) -> object:
    _refuse_traps(text)
    found: object = yaml.load(text, Loader=_LOADER)  # noqa: S506 - this loader makes texts, lists and mappings only
    return found if found != "" else None


def _refuse_traps(text: str) -> None:
    """Anchors stand for more than any memory holds; what nests without end crashes the loader itself."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise UNREADABLE(place=_place(event.start_mark), why=f"*{event.anchor}")
        if depth > MAX_DEPTH:
            raise UNREADABLE(place=_place(event.start_mark), why="…")


def _place(mark: Any) -> str:
    return f"{mark.line + 1}:{mark.column + 1}" if mark else "-"
