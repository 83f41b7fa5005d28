"""In which order files reach storage that cannot switch, and what it is told of them. Pure.

In: the paths of a tree, and what the target holds. Out: what to put, in order, and what to remove.

Whatever is cut off leaves readers with the old lists and every document they name, or with new documents
that no list names yet: first what is new, then what changed, the lists that point to it after it, and what
is gone last. Signatures and hashes follow their document at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath

LISTS = frozenset(
    {"index.html", "index.json", "index.txt", "changes.csv", "service.json", "support.html", "support.ics"}
)
NAMES_OF_LISTS = ("feed", "category-")
MODELS = "models"
"""The folder of pages of models, and of the answers by model: both link to pages of advisories."""
ENTRANCES = frozenset({"provider-metadata.json", "security.txt"})
TYPES: Mapping[str, str] = {
    ".asc": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".png": "image/png",
    ".sha256": "text/plain; charset=utf-8",
    ".sha512": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
SECONDS_OF_LISTS = 60
SECONDS_OF_DOCUMENTS = 300
BESIDE = (".asc", ".sha256", ".sha512")
PAUSES = (10, 30, 60, 120, 300, 600, 1800, 3600)
"""Seconds until a delivery that failed is tried again; the last of them from then on."""


@dataclass(frozen=True)
class Work:
    """`put`: paths in order; `removed`: paths, after all of them."""

    put: tuple[str, ...]
    removed: tuple[str, ...]


def work(wanted: Mapping[str, str], held: Mapping[str, str], ours: Iterable[str]) -> Work:
    """`wanted`, `held`: path -> digest. `ours`: paths that ever were the site's; what else lies there
    belongs to others and stays."""
    put = sorted((path for path in wanted if held.get(path) != wanted[path]), key=lambda p: _turn(p, held))
    removed = sorted((held.keys() & set(ours)) - wanted.keys(), key=lambda p: (-_rank(p), p))
    return Work(tuple(put), tuple(removed))


def _turn(path: str, held: Mapping[str, str]) -> tuple[int, int, str]:
    return _rank(path), int(path in held), path


def _rank(path: str) -> int:
    """0 what pages and lists point to, 1 pages, 2 lists, 3 what names the lists."""
    name = PurePosixPath(path.removesuffix(_beside(path))).name
    if name in ENTRANCES:
        return 3
    if name in LISTS or name.startswith(NAMES_OF_LISTS) or MODELS in path.split("/")[:2]:
        return 2
    return 1 if name.endswith(".html") else 0


def _beside(path: str) -> str:
    return next((suffix for suffix in BESIDE if path.endswith(suffix)), "")


def media_type(path: str) -> str:
    return TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")


def caching(path: str) -> str:
    """How long others may keep it: lists a minute, so that a new advisory shows; nothing for long, as every
    address may say something new."""
    return f"public, max-age={SECONDS_OF_LISTS if _rank(path) >= 2 else SECONDS_OF_DOCUMENTS}"


def pause(attempts: int) -> timedelta:
    """After so many failures in a row."""
    return timedelta(seconds=PAUSES[min(max(attempts, 1), len(PAUSES)) - 1])
