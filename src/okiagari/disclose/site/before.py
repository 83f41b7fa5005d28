"""Trees that were written before, to share files with: what each file was made from, if it is still that.

In: folders and their manifests. Out: files to use again. Nothing is used again before its bytes were read and
their digest compared, so that what somebody touched, or a disk forgot, is made anew.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

from okiagari.disclose.site.lines import Lines
from okiagari.disclose.site.manifest import File, Manifest

Found = tuple[Path, File]
"""The folder of the tree that has the file, and the line of its manifest."""


class Before:
    """One tree."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._is_sound: dict[str, bool] = {}

    @cached_property
    def by_key(self) -> Mapping[str, list[str]]:
        """The files of each part."""
        found: dict[str, list[str]] = {}
        for path, file in self.manifest.files.items():
            if file.is_part:
                found.setdefault(file.key, []).append(path)
        return found

    def is_sound(self, path: str) -> bool:
        """Is the file what its manifest says?"""
        if path not in self._is_sound:
            self._look([path])
        return self._is_sound[path]

    def look_over(self) -> None:
        """Ask it of every file, in two threads: reading and hashing are done outside the interpreter."""
        paths = list(self.manifest.files)
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(self._look, (paths[::2], paths[1::2])))

    def _look(self, paths: Iterable[str]) -> None:
        folder, files = str(self.folder), self.manifest.files
        for path in paths:
            self._is_sound[path] = _digest(f"{folder}/{path}") == files[path].sha256


class Trees:
    """Those to share with, the one first whose place the new tree takes."""

    def __init__(self, *trees: Before | None) -> None:
        self.trees = tuple(each for each in trees if each is not None)

    def part(self, key: str) -> Mapping[str, Found] | None:
        """Everything that was made from this, where there is any and none of it was touched since."""
        for tree in self.trees:
            paths = tree.by_key.get(key, ())
            if paths and all(tree.is_sound(path) for path in paths):
                return {path: (tree.folder, tree.manifest.files[path]) for path in paths}
        return None

    def made_from(self, path: str, key: str) -> Found | None:
        """The file of that name, where it was made from the same."""
        for tree in self.trees:
            file = tree.manifest.files.get(path)
            if file is not None and file.key == key and tree.is_sound(path):
                return tree.folder, file
        return None

    def saying(self, path: str, sha256: str) -> Found | None:
        """The file of that name, where it has the same bytes."""
        for tree in self.trees:
            file = tree.manifest.files.get(path)
            if file is not None and file.sha256 == sha256 and tree.is_sound(path):
                return tree.folder, file
        return None

    def lines(self, key: str) -> Lines | None:
        """What the lists said of an entry."""
        found = (tree.manifest.lines.get(key) for tree in self.trees)
        return next((each for each in found if each is not None), None)


def _digest(place: str) -> str:
    """Of a plain file; "" where there is none. Forty thousand are read for each publication: no objects."""
    try:
        handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return ""
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            return ""
        data = os.read(handle, found.st_size + 1)
        return hashlib.sha256(data).hexdigest() if len(data) == found.st_size else ""
    finally:
        os.close(handle)
