"""A folder on this machine: another disk, a share, the root of a web server. It shows the old or the new.

In: a tree. Out: the same below ``trees/``, whole and checked, then `current` switched to it at once. What an
earlier run wrote of the same tree is used again. No Django in here.
"""

import re
import shutil
from pathlib import Path

from okiagari.disclose.site.digests import digest
from okiagari.disclose.site.writer import Writer
from okiagari.disclose.targets.problems import NOT_OURS, REFUSED
from okiagari.disclose.targets.settings import FolderTarget
from okiagari.disclose.targets.ways import KEPT, Differences, Outgoing, Sent, differences

MARK = ".okiagari-target"
CURRENT = "current"
TREE = re.compile(r"[0-9a-f]{16}(?:-[0-9]+)?")
PART = re.compile(r"\.[0-9a-f]{16}(?:-[0-9]+)?\.part")


class FolderWay:
    def __init__(self, target: FolderTarget, writer: Writer | None = None) -> None:
        self.place = Path(target.path)
        self.trees = self.place / "trees"
        self.writer = writer or Writer()

    def send(self, tree: Outgoing) -> Sent:
        try:
            return self._send(tree)
        except OSError as error:
            raise REFUSED(why=error.strerror or error) from None

    def compare(self, tree: Outgoing) -> Differences:
        return differences(tree.files, _held(self.place / CURRENT))

    def _send(self, tree: Outgoing) -> Sent:
        self._claim(tree)
        whole = self._whole(tree)
        sent = Sent(0, 0)
        if not whole.is_dir():
            part = self.trees / f".{whole.name}.part"
            sent = self._fill(part, tree)
            differences(tree.files, _held(part)).none_left()
            part.rename(whole)
            self.writer.sync(self.trees)
        self.writer.switch(self.place / CURRENT, f"trees/{whole.name}")
        self._prune(whole.name)
        return sent

    def _claim(self, tree: Outgoing) -> None:
        """Never into somebody else's folder, nor into the site itself."""
        site = tree.folder.parent.parent.resolve()
        place = self.place.resolve()
        if place == site or site in place.parents or place in site.parents:
            raise NOT_OURS(where=self.place)
        self.place.mkdir(parents=True, exist_ok=True)
        mark = self.place / MARK
        if not mark.exists():
            if any(self.place.iterdir()):
                raise NOT_OURS(where=self.place)
            self.writer.write(mark, b"")
        self.trees.mkdir(exist_ok=True)

    def _whole(self, tree: Outgoing) -> Path:
        """Where this tree lies or shall lie: one that somebody changed there is left and made anew beside."""
        names = [tree.name, *(f"{tree.name}-{number}" for number in range(1, 1000))]
        places = (self.trees / name for name in names)
        return next(
            each for each in places if not each.exists() or not differences(tree.files, _held(each)).all
        )

    def _fill(self, part: Path, tree: Outgoing) -> Sent:
        public = self.place / CURRENT
        files = size = 0
        for path, sha256 in sorted(tree.files.items()):
            place = part / path
            if place.is_file() and digest(str(place)) == sha256:
                continue
            place.unlink(missing_ok=True)
            old = public / path
            if old.is_file() and digest(str(old)) == sha256:
                place.parent.mkdir(parents=True, exist_ok=True)
                self.writer.link(old.resolve(), place)
                continue
            data = (tree.folder / path).read_bytes()
            self.writer.write(place, data)
            files, size = files + 1, size + len(data)
        for path in _held(part).keys() - tree.files.keys():
            (part / path).unlink()
        for place in [part, *(each for each in part.rglob("*") if each.is_dir())]:
            self.writer.sync(place)
        return Sent(files, size)

    def _prune(self, public: str) -> None:
        whole = [each for each in self.trees.iterdir() if TREE.fullmatch(each.name)]
        newest = sorted(whole, key=lambda each: each.stat().st_mtime_ns, reverse=True)
        old = [each for each in newest if each.name != public][KEPT - 1 :]
        parts = [each for each in self.trees.iterdir() if PART.fullmatch(each.name)]
        for each in (*old, *parts):
            shutil.rmtree(each, ignore_errors=True)


def _held(tree: Path) -> dict[str, str]:
    """Every file below, with its SHA-256."""
    return {str(each.relative_to(tree)): digest(str(each)) for each in tree.rglob("*") if not each.is_dir()}
