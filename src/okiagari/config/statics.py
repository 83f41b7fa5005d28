"""Style sheets in one piece, and addresses that change with what they name.

In: the files that `collectstatic` found. Out: `okiagari/app.css` with everything it imports in its layers, so
that a page waits for one file and not for seventeen; and ``?v=`` behind each address, drawn from the bytes,
so that browsers may keep a file for long. Before anything is collected, addresses and files are as they are.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.base import ContentFile

BUNDLE = "okiagari/app.css"
_IMPORT = re.compile(r'@import url\("(?P<name>[^"]+)"\) layer\((?P<layer>[\w-]+)\);')


def bundled(text: str, read: Any) -> str:
    """The style sheet with each ``@import url("x") layer(y);`` replaced by what x holds, in that layer."""
    return _IMPORT.sub(lambda found: f"@layer {found['layer']} {{\n{read(found['name'])}\n}}", text)


@lru_cache(maxsize=256)
def _mark(path: str, changed: float) -> str:
    del changed  # a file that was written anew is another one
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]


class BundledStorage(StaticFilesStorage):
    """Collects files as ever, then writes the bundle; names each file with a mark of its bytes."""

    def post_process(
        self, paths: Mapping[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        """Always from the sources: what was collected before may be a bundle already."""
        if dry_run or BUNDLE not in paths:
            return

        def source(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read().decode())

        text = bundled(source(BUNDLE), lambda name: source(f"okiagari/{name}"))
        if self.exists(BUNDLE):
            self.delete(BUNDLE)
        self.save(BUNDLE, ContentFile(text.encode()))
        yield BUNDLE, BUNDLE, True

    def url(self, name: str | None) -> str:
        address = super().url(name)
        try:
            path = Path(self.path(name or ""))
            return f"{address}?v={_mark(str(path), path.stat().st_mtime)}"
        except (OSError, ValueError):
            return address
