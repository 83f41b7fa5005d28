"""Writing SVG. In: names, numbers, words. Out: escaped markup; numbers with at most one decimal."""

import unicodedata
from collections.abc import Iterable
from html import escape


class Svg(str):
    """Markup that is safe as it stands; templates ask for ``__html__``."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def number(value: float) -> str:
    """``12``, ``12.5``; never ``12.0`` or ``-0``."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(name: str, *inside: Svg, **attributes: str | float | None) -> Svg:
    """``element("rect", x=1, class_="c-grid")``; an inner ``_`` is a hyphen, a last one is dropped."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value if isinstance(value, str) else number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    body = "".join(inside)
    return Svg(f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>")


def words(text: str, x: float, y: float, *, css: str | None = None, anchor: str | None = None) -> Svg:
    """A ``<text>``; ``anchor`` is end or middle."""
    return element("text", Svg(escape(text)), x=x, y=y, class_=css, text_anchor=anchor)


def group(parts: Iterable[Svg], **attributes: str | float | None) -> Svg:
    return element("g", *parts, **attributes)


def line(start: tuple[float, float], end: tuple[float, float], css: str) -> Svg:
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], class_=css)


def picture(
    parts: Iterable[Svg], *, size: tuple[float, float], key: str, title: str, description: str = ""
) -> Svg:
    """The whole ``<svg>`` with title and description for the ear; an image, or a group if it has links."""
    width, height = size
    inside = Svg("".join(parts))
    told = f"{key}-title {key}-desc" if description else f"{key}-title"
    return element(
        "svg",
        element("title", Svg(escape(title)), id=f"{key}-title"),
        *([element("desc", Svg(escape(description)), id=f"{key}-desc")] if description else []),
        inside,
        class_="o-svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="group" if "<a " in inside else "img",
        aria_labelledby=told,
    )


def width_of(text: str, size: float = 12) -> float:
    """About how wide a text is set; Japanese is square, Latin a little over half."""
    return sum(size if unicodedata.east_asian_width(sign) in "WF" else size * 0.57 for sign in text)


def shortened(text: str, room: float, size: float = 12) -> str:
    """The text, cut with an ellipsis where it would be wider than its room."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(text, size) + size > room:
        text = text[:-1]
    return text.rstrip() + "…"
