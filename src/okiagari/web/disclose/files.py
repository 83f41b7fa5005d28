"""What a file of the tree is called in the words of the pages: its format and its language, by its path."""

from pathlib import PurePosixPath

from django.utils.translation import gettext

from okiagari.disclose.site import written
from okiagari.standards.localtext import LANGUAGES

_FOLDERS = {
    "csaf": "CSAF 2.0",
    "csaf-2.1": "CSAF 2.1",
    "openvex": "OpenVEX",
    "vuldef": "VULDEF",
    "openeox": "OpenEoX",
}
_ENDINGS = {".md": "Markdown", ".html": "HTML"}


def label(path: str) -> str:
    place = PurePosixPath(path)
    folder = place.parts[0]
    if folder in _FOLDERS:
        return _FOLDERS[folder]
    if folder == "cyclonedx":
        return f"CycloneDX {place.parts[1]}"
    if folder == "cve":
        return place.stem.upper()
    if "fragments" in place.parts:
        return gettext(written.FRAGMENT)
    return _ENDINGS.get(place.suffix) or gettext(written.TEXT)


def place(path: str) -> tuple[bool, bool, bool, str]:
    """In which order they are read: pages, what people write on, CSAF, the rest by its path."""
    is_page = path.endswith(".html") and "/fragments/" not in path
    return not is_page, path.partition("/")[0] not in LANGUAGES, not path.startswith("csaf"), path


def language(path: str, spoken: tuple[str, ...]) -> str:
    """`spoken`: the languages of the advisory, its first one first. "" where a file has none of its own."""
    place = PurePosixPath(path)
    for each in LANGUAGES:
        if each in place.parts or place.stem.endswith(f"-{each}"):
            return each
    return spoken[0] if place.parts[0].startswith("csaf") and spoken else ""
