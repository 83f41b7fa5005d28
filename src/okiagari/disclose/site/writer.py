"""Every touch of the disk while a tree is written: one object, so that a test can cut it off anywhere."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SYNCS_AT_ONCE = 16
"""A journal commits for all who wait for it, so many who wait at once are faster than one after the other."""


class Writer:
    """Writes, links, removes, settles, switches. Raises OSError as the disk does."""

    def write(self, path: Path, data: bytes) -> None:
        """A new file with its bytes on the disk."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.lay(path, data)
        self.sync(path)

    def lay(self, path: Path, data: bytes) -> None:
        """A new file in a folder that is there, to be settled later; never one that is there already."""
        with path.open("xb") as file:
            file.write(data)

    def link(self, source: Path, path: Path) -> None:
        """The same file under another name, in a folder that is there; a copy where no link can be."""
        try:
            os.link(source, path)
        except OSError:
            self.write(path, source.read_bytes())

    def move(self, folder: Path, to: Path) -> None:
        folder.rename(to)

    def remove(self, path: Path) -> None:
        path.unlink()

    def remove_empty(self, folder: Path) -> None:
        """The folder, if nothing is left in it."""
        if not any(folder.iterdir()):
            folder.rmdir()

    def sync(self, place: Path) -> None:
        """What a file holds, or the names in a folder, on the disk."""
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def settle(self, files: Sequence[Path], folders: Sequence[Path]) -> None:
        """The same of many files, then of folders."""
        with ThreadPoolExecutor(SYNCS_AT_ONCE) as threads:
            list(threads.map(self.sync, files))
            list(threads.map(self.sync, folders))

    def switch(self, link: Path, target: str) -> None:
        """Point the link elsewhere, at once: before, the old; after, the new; never nothing."""
        fresh = link.with_name(f".{link.name}-{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target)
        fresh.replace(link)
        self.sync(link.parent)
