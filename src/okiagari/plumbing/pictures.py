"""Pictures that people upload, written anew: nothing of the file that came goes on but what one can see.

In: bytes of a PNG, JPEG or WebP. Out: a file of the same kind made from its pixels, upright, no larger than a
page needs, without place, camera, comments, colour profile or anything appended. It opens no other format.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from okiagari.problems import Kind, Problem, define, gettext_noop

LIMIT = 8 * 1024 * 1024
"""So large may a file be that comes in."""
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
"""Of what goes out: sharp at the width of a page, also in print."""
KINDS = ("PNG", "JPEG", "WEBP")
TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}

NOT_A_PICTURE = define(
    "pictures.not_a_picture",
    Kind.INVALID,
    gettext_noop("The file is not a picture that can be read."),
    gettext_noop("Send a PNG, JPEG or WebP file of up to 40 million pixels."),
)
PICTURE_TOO_LARGE = define(
    "pictures.too_large",
    Kind.TOO_LARGE,
    gettext_noop("The picture is larger than %(megabytes)s MiB."),
    gettext_noop("Save it smaller: 1,600 pixels on its longer side are enough."),
)


@dataclass(frozen=True)
class Clean:
    """A picture as it may go out. `kind`: png, jpeg, webp."""

    content: bytes
    kind: str
    width: int
    height: int


def clean(content: bytes) -> Clean:
    """Write a picture anew. Raises PICTURE_TOO_LARGE, NOT_A_PICTURE."""
    if len(content) > LIMIT:
        raise PICTURE_TOO_LARGE(megabytes=LIMIT // 1024 // 1024)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _clean(content)
    except Problem:
        raise
    except Exception:  # noqa: BLE001 - a decoder fed with anything may raise anything
        raise NOT_A_PICTURE() from None


def _clean(content: bytes) -> Clean:
    with Image.open(io.BytesIO(content), formats=KINDS) as found:
        kind = str(found.format)
        if found.width * found.height > MOST_PIXELS:
            raise NOT_A_PICTURE()
        upright = ImageOps.exif_transpose(found)
        has_alpha = kind != "JPEG" and upright.has_transparency_data
        seen = upright.convert("RGBA" if has_alpha else "RGB")
    seen.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels = Image.new(seen.mode, seen.size)
    pixels.paste(seen)
    made = io.BytesIO()
    more: dict[str, object] = {"optimize": True} if kind == "PNG" else {"quality": 88}
    pixels.save(made, kind, **more)
    return Clean(made.getvalue(), kind.lower(), pixels.width, pixels.height)
