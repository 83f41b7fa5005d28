"""Every touch of the disk while a tree is written: one object, so that a test can cut it off anywhere."""

import os
from pathlib import Path


class Writer:
    """Writes, links, syncs, switches. Raises OSError as the disk does."""

    def write(self, path: Path, data: bytes) -> None:
        """A new file with its bytes on the disk."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def link(self, source: Path, path: Path) -> None:
        """The same file under another name; a copy where the disk has no hard links."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.hardlink_to(source)
        except OSError:
            self.write(path, source.read_bytes())

    def sync(self, folder: Path) -> None:
        """The names in a folder on the disk."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def switch(self, link: Path, target: str) -> None:
        """Point the link elsewhere, at once: before, the old; after, the new; never nothing."""
        fresh = link.with_name(f".{link.name}-{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target)
        fresh.replace(link)
        self.sync(link.parent)
