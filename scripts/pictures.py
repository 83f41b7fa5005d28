"""Takes the pictures of docs/pictures: nine pages, in Japanese and English, wide and narrow, light and dark.

`make pictures`; not part of any test run. Written as ``<page>-<language>-<width>-<scheme>.png`` with at most
256 colours, so that all of them together stay small.
"""

import base64
import itertools
import struct
import sys
import tempfile
import zlib
from pathlib import Path

from playwright.sync_api import Page

from tests.support import machine
from tests.support.browser import DESKTOP, PHONE, Numbers, Windows, launched, numbers
from tests.support.served import sample_house

FOLDER = machine.ROOT / "docs" / "pictures"
HEIGHTS = {DESKTOP: 900, PHONE: 1000}
PAGES = {
    "desk": ("sample-member", "/"),
    "case": ("sample-member", "/cases/{n.severe}/"),
    "grid": ("sample-member", "/cases/{n.many}/products/"),
    "judgement": ("sample-executive", "/cases/{n.severe}/judgement/"),
    "editor": ("sample-member", "/advisories/{n.unapproved}/"),
    "reach": ("sample-member", "/cases/{n.closed}/reach/"),
    "reach-now": ("sample-member", "/cases/{n.stopped}/reach/?of=seen"),
    "advisory": ("", "/security/{language}/sample-sa-2015-001.html"),
    "report": ("", "/report/"),
}
BEGIN = {"judgement": "judge", "grid": "grid", "reach-now": "curve"}
"""Where a page begins in its picture: below the head that all tabs of a case share."""
# The browser counts the colours of a picture and keeps the most frequent; the rest take the nearest of them.
INDEXED = """async (text) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${text}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const data = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
  const counts = new Map();
  for (const colour of data) counts.set(colour, (counts.get(colour) || 0) + 1);
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([colour]) => colour);
  const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const known = new Map(palette.map((colour, index) => [colour, index]));
  const nearest = (colour) => {
    const [red, green, blue] = parts(colour);
    let best = 0, least = Infinity;
    palette.forEach((each, index) => {
      const [r, g, b] = parts(each);
      const distance = (r - red) ** 2 * 2 + (g - green) ** 2 * 4 + (b - blue) ** 2;
      if (distance < least) [best, least] = [index, distance];
    });
    known.set(colour, best);
    return best;
  };
  const indexes = Uint8Array.from(data, (colour) => known.get(colour) ?? nearest(colour));
  let binary = "";
  for (let at = 0; at < indexes.length; at += 32768) {
    binary += String.fromCharCode(...indexes.subarray(at, at + 32768));
  }
  const { width, height } = image;
  return { width, height, palette: palette.map(parts).flat(), pixels: btoa(binary) };
}"""


def main() -> int:
    browser = machine.chromium()
    if browser is None:
        print(f"no browser here: {machine.NEEDS['chromium'].remedy}", file=sys.stderr)
        return 69
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="okiagari-pictures-") as folder,
        launched(browser) as found,
        sample_house(Path(folder)) as served,
    ):
        windows = Windows(found, served)
        board = found.new_page()
        known = numbers(windows)
        for look in itertools.product(("ja", "en"), (DESKTOP, PHONE), ("light", "dark")):
            _take(windows, board, known, look)
        windows.close()
    total = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    print(f"{len(list(FOLDER.glob('*.png')))} pictures, {total / 1e6:.1f} MB")
    return 0


def _take(windows: Windows, board: Page, known: Numbers, look: tuple[str, int, str]) -> None:
    language, width, scheme = look
    for name, (who, address) in PAGES.items():
        page = windows.window(who, language=language, width=width, scheme=scheme)
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.goto(address.format(n=known, language=language), wait_until="networkidle")
        if name in BEGIN:
            page.evaluate("where => document.getElementById(where).scrollIntoView()", BEGIN[name])
        picture = base64.b64encode(page.screenshot()).decode()
        file = FOLDER / f"{name}-{language}-{width}-{scheme}.png"
        file.write_bytes(_png(board.evaluate(INDEXED, picture)))
        page.context.close()


def _png(picture: dict[str, object]) -> bytes:
    """Width, height, palette and indexes as a PNG of colour type 3 (ISO/IEC 15948)."""
    width, height = int(str(picture["width"])), int(str(picture["height"]))
    pixels = base64.b64decode(str(picture["pixels"]))
    palette = bytes(picture["palette"])  # type: ignore[call-overload]
    rows = b"".join(b"\0" + pixels[row * width : (row + 1) * width] for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


if __name__ == "__main__":
    sys.exit(main())
