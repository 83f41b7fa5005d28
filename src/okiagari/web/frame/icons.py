"""Own drawings from icons.toml as inline SVG. In: a name. Out: markup that is safe as it stands."""

import tomllib
from functools import cache
from importlib.resources import files

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_GRID = {"icon": 24, "severity": 16, "cell": 16, "mark": 32}


@cache
def _drawings() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("icons.toml").read_text(encoding="utf-8"))


def drawing(name: str, *, kind: str = "icon", css: str = "") -> SafeString:
    """The ``<svg>`` of a drawing, hidden from readers by ear: a word always stands beside it."""
    grid = _GRID[kind]
    return format_html(
        '<svg class="{}" width="20" height="20" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>',
        css or ("o-icon" if kind == "icon" else "o-shape"),
        grid,
        grid,
        mark_safe(_drawings()[kind][name]),  # noqa: S308 - our own file
    )


def inside(name: str, *, kind: str = "icon") -> SafeString:
    """What stands in the ``<svg>``, for a ``<symbol>`` that many places refer to."""
    return mark_safe(_drawings()[kind][name])  # noqa: S308 - our own file


def names(kind: str) -> tuple[str, ...]:
    return tuple(_drawings()[kind])
