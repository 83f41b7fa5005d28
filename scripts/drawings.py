"""Draws the pictures of the sample catalogue: what owners see when they look up a version.

    python -m scripts.drawings        writes src/okiagari/replay/stories/pictures/*.png

Everything here is drawn for this project: shapes and figures, no words of any language but labels. Chromium
renders, as for the pictures of the documentation; the files are kept, so nobody needs to run this but who
changes a drawing.
"""

from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "src" / "okiagari" / "replay" / "stories" / "pictures"
CHROMIUM = "/usr/bin/chromium"
WIDTH, HEIGHT = 640, 400
INK, SOFT, LINE, PAPER, MARK = "#17202d", "#8b93a0", "#c8c1b3", "#fbf9f4", "#c0341a"
WINDOW = (
    f"<rect x='30' y='30' width='580' height='340' rx='12' fill='#fff' stroke='{SOFT}' stroke-width='2'/>"
)
FONT = "font-family='DejaVu Sans, sans-serif'"


def _text(x: int, y: int, words: str, size: int = 16, weight: int = 400) -> str:
    look = f"{FONT} font-size='{size}' font-weight='{weight}' fill='{INK}'"
    return f"<text x='{x}' y='{y}' {look}>{words}</text>"


def _bar(x: int, y: int, width: int, color: str = LINE, height: int = 10) -> str:
    return f"<rect x='{x}' y='{y}' width='{width}' height='{height}' rx='{height // 2}' fill='{color}'/>"


def _mark(x: int, y: int, width: int, height: int) -> str:
    place = f"x='{x}' y='{y}' width='{width}' height='{height}' rx='8'"
    return f"<rect {place} fill='none' stroke='{MARK}' stroke-width='5'/>"


def label(model: str, serial: str) -> str:
    """The underside of a device, with the label on it."""
    feet = "".join(
        f"<circle cx='{x}' cy='{y}' r='13' fill='#3b4452'/>" for x in (110, 530) for y in (70, 330)
    )
    slits = "".join(_bar(170 + 34 * number, 66, 16, "#3b4452", 8) for number in range(9))
    return (
        "<rect x='70' y='30' width='500' height='340' rx='34' fill='#2a3340'/>"
        f"{feet}{slits}<rect x='170' y='120' width='300' height='190' rx='6' fill='#fff'/>"
        f"{_text(192, 170, model, 30, weight=700)}{_bar(192, 192, 150)}{_text(192, 244, 'S/N ' + serial, 20)}"
        f"{_bar(192, 268, 220)}{_bar(192, 286, 120)}{_mark(180, 134, 230, 50)}"
    )


def browser(address: str, *, is_open: bool = False) -> str:
    """A window of a browser with the address typed in."""
    body = "".join(_bar(60, 180 + 40 * row, 180 + 50 * (row % 3)) for row in range(4)) if is_open else ""
    return (
        f"{WINDOW}"
        "<path d='M30 92V42a12 12 0 0 1 12-12h556a12 12 0 0 1 12 12v50Z' fill='#e3ded3'/>"
        "<circle cx='58' cy='61' r='8' fill='#8b93a0'/><circle cx='84' cy='61' r='8' fill='#8b93a0'/>"
        f"<rect x='112' y='44' width='470' height='34' rx='17' fill='#fff'/>{_text(132, 68, address, 19)}"
        f"{_mark(106, 38, 482, 46)}{body}"
    )


def settings(version: str) -> str:
    """The settings page, with the version among the facts of the system."""
    menu = "".join(_bar(56, 132 + 42 * row, 96, INK if row == 3 else LINE, 12) for row in range(5))
    rows = "".join(
        f"{_bar(228, 142 + 54 * row, 120)}{_bar(408, 142 + 54 * row, 140, SOFT)}" for row in (0, 1, 3)
    )
    return (
        f"{WINDOW}"
        "<path d='M30 96V42a12 12 0 0 1 12-12h556a12 12 0 0 1 12 12v54Z' fill='#1d4a80'/>"
        f"{_bar(56, 56, 130, '#fff', 14)}<path d='M190 96v274' stroke='#e3ded3' stroke-width='2'/>"
        f"{menu}{rows}{_bar(228, 250, 120)}{_text(408, 263, version, 24, weight=700)}"
        f"{_mark(212, 228, 372, 54)}"
    )


DRAWINGS = {
    "storage-label": label("WFS-SR01", "SR1B000120"),
    "storage-address": browser("http://10.0.0.1", is_open=True),
    "storage-version": settings("1.10"),
    "router-label": label("SR-100", "SRA2300417"),
    "router-version": settings("2.11"),
}


def draw() -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        window = driver.chromium.launch(executable_path=CHROMIUM).new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1.5
        )
        for name, shapes in DRAWINGS.items():
            drawing = (
                f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}'>"
                f"<rect width='{WIDTH}' height='{HEIGHT}' fill='{PAPER}'/>{shapes}</svg>"
            )
            window.set_content(f"<body style='margin:0'>{drawing}</body>")
            window.locator("svg").screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    draw()
