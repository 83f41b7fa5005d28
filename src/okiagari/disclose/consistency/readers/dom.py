"""A small tree of an HTML page: elements with their attributes, texts and lines. It mends little: our pages
close what they open."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass
class Node:
    """An element. `line`: where it begins; `parts`: its texts and elements in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    line: int = 0
    parts: "list[Node | str]" = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    @property
    def place(self) -> str:
        return f"line {self.line}"

    @property
    def children(self) -> "list[Node]":
        return [each for each in self.parts if isinstance(each, Node)]

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(each if isinstance(each, str) else each.text for each in self.parts)

    def all(self, tag: str = "", *, of: str = "") -> "Iterator[Node]":
        """Every element in it, however deep, with this tag and class."""
        for each in self.children:
            if (not tag or each.tag == tag) and (not of or of in each.classes):
                yield each
            yield from each.all(tag, of=of)

    def first(self, tag: str = "", *, of: str = "") -> "Node | None":
        return next(self.all(tag, of=of), None)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.getpos()[0])
        self.open[-1].parts.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        tags = [each.tag for each in self.open]
        if tag in tags[1:]:
            del self.open[len(tags) - 1 - tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def parse(text: str) -> Node:
    builder = _Builder()
    builder.feed(text)
    builder.close()
    return builder.root


def lines(cell: Node) -> "Iterator[tuple[str, Node]]":
    """The lines of a cell between its breaks, each with the element it begins with, or the cell."""
    text, first = "", cell
    for part in cell.parts:
        if isinstance(part, Node) and part.tag == "br":
            yield text, first
            text, first = "", cell
        else:
            first = part if isinstance(part, Node) and not text.strip() else first
            text += part if isinstance(part, str) else part.text
    yield text, first
