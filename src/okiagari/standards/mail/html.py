"""HTML of strangers, reduced to the words somebody would read. Nothing is loaded, run or kept of it.

In: any text that claims to be HTML. Out: plain text; a link keeps its address beside its words, so
that nobody is sent elsewhere than it says.
"""

import re
from html.parser import HTMLParser

_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg"})
_BLOCKS = frozenset(
    {
        "p", "div", "br", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "blockquote", "pre", "section", "article", "header", "footer", "dt", "dd",
    }
)  # fmt: skip
_SCHEMES = ("http://", "https://", "mailto:")


def to_text(html: str) -> str:
    """The words of the page, one block a line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.said).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.silent = 0
        self.links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        if tag in _BLOCKS:
            self.said.append("\n- " if tag == "li" else "\n")
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append((given.get("href", "").strip(), len(self.said)))
        if tag == "img" and not self.silent and given.get("alt"):
            self.said.append(f"[{given['alt']}]")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self.silent:
            self.silent -= 1
        if tag in _BLOCKS and tag != "li":
            self.said.append("\n")
        if tag == "a" and self.links:
            address, start = self.links.pop()
            words = "".join(self.said[start:]).strip()
            if address.lower().startswith(_SCHEMES) and address.removeprefix("mailto:") != words:
                self.said.append(f" <{address}>")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data.replace("\n", " "))
