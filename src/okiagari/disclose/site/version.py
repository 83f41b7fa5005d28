"""Which renderer this is: a digest of everything that decides how an advisory looks.

An upgrade that changes none of it asks nobody again; one that changes any of it asks every approver.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from okiagari import __version__

PACKAGE = Path(str(files("okiagari")))
STYLE = PACKAGE / "web" / "static" / "okiagari" / "public.css"
SCRIPT = PACKAGE / "web" / "static" / "okiagari" / "check.js"
"""The one script of the site: of the page that asks for a version."""


@cache
def renderer() -> str:
    """The version of Okiagari and the digest, such as ``0.1.0+3f2a90c1d4e7``."""
    digest = hashlib.sha256()
    for path in _parts():
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def _parts() -> Iterator[Path]:
    site = PACKAGE / "disclose" / "site"
    # what a provider puts beside the documents says nothing of an advisory
    yield from sorted(each for each in site.rglob("*.py") if site / "provider" not in each.parents)
    yield from sorted((PACKAGE / "disclose" / "rules").glob("*.py"))
    yield from sorted((PACKAGE / "disclose" / "templates").rglob("*.*"))
    for name in ("csaf", "cve", "vex", "vuldef"):
        yield from sorted((PACKAGE / "standards" / name).glob("*.py"))
    yield from sorted((PACKAGE / "locale").glob("*/disclose.po"))
    for name in ("atom", "documents", "firmware_order", "ical", "openeox"):
        yield PACKAGE / "standards" / f"{name}.py"
    yield from (STYLE, SCRIPT)
