"""What this machine has of the things that only some checks need.

Without one of them a check is left out, with a word about it; in CI nothing may be left out.
No Django in here, and nothing beyond the standard library: `scripts/check.py` asks too.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVERS = Path("/usr/lib/postgresql")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def is_ci() -> bool:
    """True where everything must run (any value of CI but an empty one, 0 or false)."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def postgres() -> Path | None:
    """The folder with ``initdb`` and ``postgres``, of the newest version installed."""
    versions = sorted(SERVERS.glob("*/bin"), key=lambda path: _number(path.parent.name), reverse=True)
    on_path = shutil.which("postgres")
    candidates = [*versions, Path(on_path).resolve().parent] if on_path else versions
    return next((path for path in candidates if _is_complete(path)), None)


def _is_complete(binaries: Path) -> bool:
    return all((binaries / program).exists() for program in ("initdb", "postgres", "pg_isready"))


def chromium() -> Path | None:
    """The browser that OKIAGARI_CHROMIUM names, else the system's own."""
    given = os.environ.get("OKIAGARI_CHROMIUM")
    if given:
        return Path(given) if Path(given).is_file() else None
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return Path(found) if found else None


def xgettext() -> Path | None:
    found = shutil.which("xgettext")
    return Path(found) if found else None


def corpus() -> Path | None:
    """Documents made by others: the folder OKIAGARI_CORPUS names, else the one beside the clone."""
    folder = Path(os.environ.get("OKIAGARI_CORPUS") or ROOT.parent / "shared" / "corpus")
    return folder if folder.is_dir() else None


@dataclass(frozen=True)
class Need:
    """Something a check may need: how to look for it, what is lost without it, where to get it."""

    find: Callable[[], Path | None]
    lost: str
    remedy: str


NEEDS = {
    "postgres": Need(postgres, "PostgreSQL: every test of stored data", "install the package postgresql"),
    "chromium": Need(chromium, "Chromium: every test in a browser", "install it or set OKIAGARI_CHROMIUM"),
    "xgettext": Need(xgettext, "xgettext: no text without a translation", "install the package gettext"),
    "corpus": Need(corpus, "corpus: documents made by others", "set OKIAGARI_CORPUS to its folder"),
}


def lacking() -> dict[str, Need]:
    return {name: need for name, need in NEEDS.items() if need.find() is None}


def _number(version: str) -> int:
    return int(version) if version.isdecimal() else 0
