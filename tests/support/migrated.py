"""The empty database after all migrations: made once, then copied. Making it takes longer than many tests.

In: the file of this run's test database, a folder that lasts. A copy is known by the text of every migration
and of what they import, so that one that changed is never taken for another. Only SQLite has such a file.
"""

import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

IMPORT = re.compile(r"^(?:from|import) (okiagari[\w.]*)", re.MULTILINE)


def copy_in(folder: Path) -> Path:
    """Where the copy that belongs to the migrations of today lies, or would lie."""
    import django

    told = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for path in _sources():
        told.update(path.name.encode() + path.read_bytes())
    return folder / f"{told.hexdigest()[:20]}.sqlite3"


def bring(copy: Path, database: Path) -> None:
    """Lay the copy where this run expects its database; there remains nothing to migrate."""
    if copy.exists():
        shutil.copyfile(copy, database)


def keep(copy: Path, database: Path) -> None:
    """Keep what has just been migrated, in place of the copies of other days. Whoever keeps last wins."""
    if copy.exists():
        return
    for old in copy.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    fresh = copy.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(database)) as given, closing(sqlite3.connect(fresh)) as taken:
        given.backup(taken)
    fresh.replace(copy)


def _sources() -> Iterator[Path]:
    from django.apps import apps

    for app in sorted(apps.get_app_configs(), key=lambda each: each.label):
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            yield path
            for name in sorted(set(IMPORT.findall(path.read_text(encoding="utf-8")))):
                found = find_spec(name)
                if found and found.origin:
                    yield Path(found.origin)
