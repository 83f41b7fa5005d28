"""Trees that were written before, to share files with: what each file was made from, if it is still that.

In: folders and their manifests. Out: files to use again. Nothing is used again before its bytes were read and
their digest compared, so that what somebody touched, or a disk forgot, is made anew.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

from okiagari.disclose.site import digests
from okiagari.disclose.site.lines import Lines
from okiagari.disclose.site.manifest import File, Manifest

MANY = 2000
"""Fewer files are read here before a process of its own has started."""

Found = tuple[Path, File]
"""The folder of the tree that has the file, and the line of its manifest."""


class Before:
    """One tree."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._is_sound: dict[str, bool] = {}
        self._asked: list[tuple[Sequence[str], Future[list[str]]]] = []

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
        while self._asked:
            paths, answer = self._asked.pop()
            self._compare(paths, answer.result())
        if path not in self._is_sound:
            self._compare([path], [digests.digest(f"{self.folder}/{path}")])
        return self._is_sound[path]

    def look_over(self) -> None:
        """Have it asked of every file, by a process for each core, while the caller goes on. Once."""
        paths = [path for path in self.manifest.files if path not in self._is_sound]
        if self._asked or len(paths) < MANY:
            return
        cores = len(os.sched_getaffinity(0))
        with_each = [paths[core::cores] for core in range(cores)]
        threads = ThreadPoolExecutor(cores)
        self._asked = [(each, threads.submit(_beside, str(self.folder), each)) for each in with_each]
        threads.shutdown(wait=False)

    def _compare(self, paths: Iterable[str], found: Iterable[str]) -> None:
        files = self.manifest.files
        for path, sha256 in zip(paths, found, strict=True):
            self._is_sound[path] = sha256 == files[path].sha256


class Trees:
    """Those to share with, the one first whose place the new tree takes."""

    def __init__(self, *trees: Before | None) -> None:
        self.trees = tuple(each for each in trees if each is not None)

    def look_over(self) -> None:
        """Have the files compared of the one that most is shared with."""
        for tree in self.trees[:1]:
            tree.look_over()

    def has(self, key: str) -> bool:
        """Was anything made from this? Asks nothing of the files."""
        return any(key in tree.by_key for tree in self.trees)

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


def _beside(folder: str, paths: Sequence[str]) -> list[str]:
    """Their digests, by a process of its own; here where it could not work them out."""
    asked = os.fsencode("\0".join((folder, *paths)))
    command = [sys.executable, "-I", "-S", digests.__file__]
    try:
        told = subprocess.run(command, input=asked, stdout=subprocess.PIPE, check=True)  # noqa: S603 - ourselves
        found = told.stdout.decode().split("\n")[:-1]
    except (OSError, subprocess.SubprocessError):
        found = []
    return found if len(found) == len(paths) else [digests.digest(f"{folder}/{path}") for path in paths]
