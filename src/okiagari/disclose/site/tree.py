"""Trees on the disk: written under a random name, whole, then switched to by one rename.

``trees/<random>/`` and beside it ``trees/<random>.json``; ``current`` points to one of them. The rename
of `current` is the commit point: whatever happens before leaves the old site, whatever after, the new.

A new tree takes the place of the one that nobody needs any more, under a name of its own: what did not
change is there already. While there is none to spare, it is made of hard links to the public one.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from okiagari.disclose import problems
from okiagari.disclose.site import manifest
from okiagari.disclose.site.before import Before
from okiagari.disclose.site.planning import Plan
from okiagari.disclose.site.writer import Writer

KEPT = 3
CURRENT = "current"
MARK = ".okiagari-site"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One at a time writes trees here, whichever process it is in."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def current(folder: Path) -> Before | None:
    """The tree that is public now, or None."""
    link = folder / CURRENT
    return _read(folder / link.readlink()) if link.is_symlink() else None


def ground(folder: Path) -> Before | None:
    """The tree that nobody needs once there is one more, or None: the next one takes its place."""
    surplus = _complete(folder)[KEPT - 1 :]
    return _read(surplus[0]) if surplus else None


def _read(tree: Path) -> Before | None:
    known = manifest.read(tree.with_suffix(".json"))
    return Before(tree, known) if known is not None and tree.is_dir() else None


def _complete(folder: Path) -> list[Path]:
    """Whole trees: the public one, then the others, the newest first."""
    link = folder / CURRENT
    public = link.readlink().name if link.is_symlink() else ""
    known = sorted((folder / "trees").glob("*.json"), key=lambda each: each.stat().st_mtime_ns, reverse=True)
    trees = [each.with_suffix("") for each in known]
    return sorted((each for each in trees if each.is_dir()), key=lambda each: each.name != public)


def write(folder: Path, plan: Plan, writer: Writer) -> Path:
    """Write a whole tree under a new name and put it on the disk. Nobody sees it yet."""
    tree = folder / "trees" / secrets.token_hex(8)
    changed: set[Path] = set()
    if plan.ground is not None:
        writer.remove(plan.ground.with_suffix(".json"))  # from here on it is no whole tree
        writer.move(plan.ground, tree)
        changed = _clear(tree, plan, writer)
    _fill(tree, plan, writer, changed)
    writer.write(tree.with_suffix(".json"), manifest.to_bytes(plan.manifest))
    writer.sync(tree.parent)
    return tree


def _clear(tree: Path, plan: Plan, writer: Writer) -> set[Path]:
    """Remove whatever the new tree does not have, or has in other words: no file is ever written over.

    Returns the folders that lost a name.
    """
    changed: set[Path] = set()
    empty: set[Path] = set()
    for at, folders, names in os.walk(tree, topdown=False):
        place, inside = Path(at), f"{at}/".removeprefix(f"{tree}/")
        gone = [name for name in names if plan.contents.get(inside + name) is not plan.ground]
        links = [name for name in folders if (place / name).is_symlink()]
        for name in (*gone, *links):
            writer.remove(place / name)
        emptied = [place / name for name in folders if place / name in empty]
        for folder in emptied:
            writer.remove_empty(folder)
        if gone or links or emptied:
            changed.add(place)
        if len(gone) == len(names) and len(links) + len(emptied) == len(folders):
            empty.add(place)
    return changed - empty


def _fill(tree: Path, plan: Plan, writer: Writer, changed: Iterable[Path] = ()) -> None:
    """`changed`: folders to be put on the disk beside those that get a name here."""
    written: list[Path] = []
    folders: set[Path] = set()
    known: set[str] = set()
    for path, data in plan.contents.items():
        if data is plan.ground:
            continue
        place, inside = tree / path, path.rpartition("/")[0]
        if inside not in known:
            known.add(inside)
            folders.update(_made(place.parent))
        if isinstance(data, Path):
            writer.link(data / path, place)
        else:
            writer.lay(place, data)
            written.append(place)
    writer.settle(written, list(folders.union(changed)))


def _made(folder: Path) -> Iterator[Path]:
    """Make sure that it is there: it, and each folder above it that got a name by this."""
    yield folder
    if not folder.is_dir():
        yield from _made(folder.parent)
        folder.mkdir()


def switch(folder: Path, tree: Path, writer: Writer) -> None:
    """Make this tree the public one."""
    writer.switch(folder / CURRENT, f"trees/{tree.name}")


def prune(folder: Path) -> None:
    """Remove trees that nobody needs: all but the public one and the newest, and what a crash left."""
    kept = set(_complete(folder)[:KEPT])
    for each in (folder / "trees").glob("*"):
        if each.is_dir() and each not in kept:
            each.with_suffix(".json").unlink(missing_ok=True)
            shutil.rmtree(each, ignore_errors=True)


def export(out: Path, plan: Plan, writer: Writer) -> None:
    """Write a tree to a folder of its own: a new or empty one, or one written so before.

    Raises NOT_A_TREE. The new tree replaces the old one by renaming; a kill between the two renames
    leaves it beside, under a name that says so.
    """
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / MARK).is_file())):
        raise problems.NOT_A_TREE(folder=out)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(f".{out.name}-{secrets.token_hex(4)}")
    _fill(fresh, plan, writer)
    writer.write(fresh / MARK, plan.manifest.renderer.encode() + b"\n")
    old = out.with_name(f".{out.name}-old-{secrets.token_hex(4)}")
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    writer.sync(out.parent)
    if old.exists():
        shutil.rmtree(old)
