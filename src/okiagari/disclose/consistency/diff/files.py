"""Two sets of files, by their paths: what came, what went, what changed in each."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from okiagari.disclose.consistency.diff import of_json, of_lines
from okiagari.disclose.consistency.diff.changes import Change, Changed
from okiagari.disclose.consistency.readers import dom
from okiagari.disclose.consistency.readers.dom import Node

BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "li", "tr", "dt", "dd", "section", "div", "header", "footer", "caption"}
)


@dataclass(frozen=True)
class FileChange:
    """One file. `kind`: of the file as a whole; "changed" with what changed in it."""

    path: str
    kind: Changed
    changes: tuple[Change, ...] = ()

    def count(self, kind: Changed) -> int:
        return sum(each.kind is kind for each in self.changes)


def compare(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[FileChange]:
    """Files that are the same are left out."""
    for path in dict.fromkeys((*after, *before)):
        if path not in before:
            yield FileChange(path, Changed.ADDED)
        elif path not in after:
            yield FileChange(path, Changed.REMOVED)
        elif before[path] != after[path]:
            yield FileChange(path, Changed.CHANGED, tuple(_of_file(path, before[path], after[path])))


def _of_file(path: str, before: bytes, after: bytes) -> Iterator[Change]:
    if path.endswith(".json"):
        return of_json.compare(json.loads(before), json.loads(after))
    return of_lines.compare(lines(path, before), lines(path, after))


def lines(path: str, data: bytes) -> list[str]:
    """A page as the lines people read, anything else as it stands."""
    text = data.decode(errors="replace")
    return list(_shown(dom.parse(text))) if path.endswith(".html") else text.splitlines()


def _shown(node: Node) -> Iterator[str]:
    """The text of a page, a line for each block."""
    line = ""
    for part in node.parts:
        if isinstance(part, str):
            line += part
        elif part.tag in {"head", "style", "script", "svg"}:
            continue
        elif part.tag == "br" or part.tag in BLOCKS or any(each.tag in BLOCKS for each in part.all()):
            yield from _line(line)
            line = ""
            yield from _shown(part)
        else:
            line += part.text
    yield from _line(line)


def _line(text: str) -> Iterator[str]:
    plain = " ".join(text.split())
    if plain:
        yield plain


def unified(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[str]:
    """All of it as one unified diff of the files as they stand; JSON with a line for each value."""
    for path in dict.fromkeys((*after, *before)):
        old, new = before.get(path), after.get(path)
        if old != new:
            names = (
                f"a/{path}" if old is not None else "/dev/null",
                f"b/{path}" if new is not None else "/dev/null",
            )
            yield from of_lines.unified(_whole(path, old), _whole(path, new), *names)


def _whole(path: str, data: bytes | None) -> list[str]:
    if data is None:
        return []
    text = data.decode(errors="replace")
    if path.endswith(".json"):
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True)
    return text.splitlines()
