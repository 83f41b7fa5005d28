"""Pictures that people upload: only what one can see goes on."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from okiagari.plumbing import pictures
from okiagari.problems import Problem


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (200, 60, 40)).save(made, kind, **more)
    return made.getvalue()


@pytest.mark.parametrize("kind", pictures.KINDS)
def test_each_kind_stays_what_it_is(kind: str) -> None:
    clean = pictures.clean(picture(kind))
    assert (clean.kind, clean.width, clean.height) == (kind.lower(), 40, 30)
    with Image.open(io.BytesIO(clean.content)) as seen:
        assert (seen.format, seen.size) == (kind, (40, 30))


def test_place_camera_profile_and_what_is_appended_do_not_go_on() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET camera"
    exif[0x8825] = {1: "N", 2: (35.0, 41.0, 22.0)}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sent = (
        picture("JPEG", exif=exif, icc_profile=profile, comment=b"SECRET comment")
        + b"<script>SECRET</script>"
    )
    clean = pictures.clean(sent)
    assert b"SECRET" not in clean.content
    with Image.open(io.BytesIO(clean.content)) as seen:
        assert not seen.getexif()
        assert not set(seen.info) & {"exif", "icc_profile", "comment"}


def test_a_photograph_stands_upright_without_its_note_to_turn_it() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert (pictures.clean(picture("JPEG", exif=exif)).width, 30) == (30, 30)


def test_a_large_one_becomes_as_large_as_a_page_needs() -> None:
    clean = pictures.clean(picture(size=(3200, 100)))
    assert (clean.width, clean.height) == (pictures.LONGEST_SIDE, 50)


def _bomb() -> bytes:
    """A header of a billion pixels with hardly a byte behind it."""
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture("GIF"),
        picture("BMP"),
        picture()[:60],
        _bomb(),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
)
def test_anything_else_is_no_picture(sent: bytes) -> None:
    with pytest.raises(Problem) as caught:
        pictures.clean(sent)
    assert caught.value.definition is pictures.NOT_A_PICTURE


def test_a_file_that_is_too_large_is_not_even_opened() -> None:
    with pytest.raises(Problem) as caught:
        pictures.clean(bytes(pictures.LIMIT + 1))
    assert caught.value.definition is pictures.PICTURE_TOO_LARGE
