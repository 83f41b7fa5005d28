"""Trees on the disk: written under a random name, whole, then switched to by one rename.

``trees/<random>/`` and beside it ``trees/<random>.json``; ``current`` points to one of them. The rename
of `current` is the commit point: whatever happens before leaves the old site, whatever after, the new.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from okiagari.disclose import problems
from okiagari.disclose.site import manifest
from okiagari.disclose.site.planning import Before, Plan
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
    if not link.is_symlink():
        return None
    tree = folder / link.readlink()
    known = manifest.read(tree.with_suffix(".json"))
    return Before(tree, known) if known is not None and tree.is_dir() else None


def write(folder: Path, plan: Plan, writer: Writer) -> Path:
    """Write a whole tree under a new name and put it on the disk. Nobody sees it yet."""
    tree = folder / "trees" / secrets.token_hex(8)
    _fill(tree, plan, writer)
    writer.write(tree.with_suffix(".json"), manifest.to_bytes(plan.manifest))
    writer.sync(tree.parent)
    return tree


def _fill(tree: Path, plan: Plan, writer: Writer) -> None:
    for path, data in plan.contents.items():
        if isinstance(data, Path):
            writer.link(data, tree / path)
        else:
            writer.write(tree / path, data)
    for place in [tree, *(each for each in tree.rglob("*") if each.is_dir())]:
        writer.sync(place)


def switch(folder: Path, tree: Path, writer: Writer) -> None:
    """Make this tree the public one."""
    writer.switch(folder / CURRENT, f"trees/{tree.name}")


def prune(folder: Path) -> None:
    """Remove trees that nobody needs: all but the public one and the newest, and what a crash left."""
    link = folder / CURRENT
    public = link.readlink().name if link.is_symlink() else ""
    trees = [each for each in (folder / "trees").glob("*") if each.is_dir()]
    complete = [each for each in trees if each.with_suffix(".json").exists()]
    newest = sorted(complete, key=lambda each: each.stat().st_mtime_ns, reverse=True)
    kept = {public, *(each.name for each in [each for each in newest if each.name != public][: KEPT - 1])}
    for each in trees:
        if each.name not in kept:
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
