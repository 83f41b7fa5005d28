"""The tokens by day and by night against WCAG 2.2 AA: 4.5:1 for words, 3:1 for edges and shapes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import okiagari

STATIC = Path(okiagari.__file__).parent / "web" / "static" / "okiagari"
TOKEN = re.compile(r"--o-([\w-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)")
PUBLIC = re.compile(r"--([\w-]+): #([0-9a-f]{6})")

GROUNDS = ("paper", "sunk", "lift")
WORDS = (
    *(
        (ink, ground)
        for ink in ("ink", "ink-2", "ink-3", "now", "link", "ok", "bad", "high")
        for ground in GROUNDS
    ),
    *((step, f"{step}-wash") for step in ("low", "medium", "high", "critical")),
    *((ink, f"{ink}-wash") for ink in ("now", "link", "ok", "bad")),
    *(("ink", f"{wash}-wash") for wash in ("now", "ok", "medium", "bad", "link")),
    ("ink-3", "bad-wash"),
    ("ink-3", "ok-wash"),
    ("ink-3", "link-wash"),
    ("ink-2", "now-wash"),
    ("critical", "paper"),
    ("on-ink", "ink"),
    ("on-now", "now"),
    ("on-critical", "critical"),
    ("ink-2", "line"),
)
SHAPES = (
    *(("edge", ground) for ground in GROUNDS),
    *(("focus", ground) for ground in GROUNDS),
    ("ink-2", "line"),
    ("now", "now-wash"),
)


def _tokens(night: bool) -> dict[str, str]:
    found = TOKEN.findall((STATIC / "tokens.css").read_text())
    return {name: dark if night else light for name, light, dark in found}


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ratio_is_that_of_the_standard() -> None:
    assert ratio("000000", "ffffff") == pytest.approx(21)
    assert ratio("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_can_be_read(ink: str, ground: str, night: bool) -> None:
    tokens = _tokens(night)
    assert ratio(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_and_shapes_can_be_seen(shape: str, ground: str, night: bool) -> None:
    tokens = _tokens(night)
    assert ratio(tokens[shape], tokens[ground]) >= 3


def _public() -> Iterator[tuple[str, dict[str, str]]]:
    css = (STATIC / "public.css").read_text()
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    for name, block in zip(("day", "night"), blocks, strict=False):
        yield name, dict(PUBLIC.findall(block))


def test_the_published_pages_can_be_read_by_day_and_by_night() -> None:
    for name, colours in _public():
        pairs = [
            (ink, "paper")
            for ink in ("ink", "ink-2", "link", "now", "ok", "low", "medium", "high", "critical")
        ]
        pairs += [("on-now", "now"), ("ink", "now-wash"), ("ink", "sunk")]
        poor = {pair: ratio(colours[pair[0]], colours[pair[1]]) for pair in pairs}
        assert {pair: value for pair, value in poor.items() if value < 4.5} == {}, name


def test_the_published_pages_wear_the_colours_of_the_app() -> None:
    for (_, colours), night in zip(_public(), (False, True), strict=True):
        tokens = _tokens(night)
        assert {name: colours[name] for name in colours if name != "sunk"} == {
            name: tokens[name] for name in colours if name != "sunk"
        }


def test_no_other_file_brings_a_colour_of_its_own() -> None:
    strays = {
        path.name: found
        for path in STATIC.rglob("*.css")
        if path.name not in {"tokens.css", "public.css", "print.css"}
        and (found := re.findall(r"#[0-9a-f]{6}\b|#[0-9a-f]{3}\b(?=[;,) ])|rgba?\(|hsl", path.read_text()))
    }
    assert strays == {}
