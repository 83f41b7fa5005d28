"""The targets of this installation, as its environment names them, and the way to each."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from okiagari.disclose.site.writer import Writer
from okiagari.disclose.targets.folder import FolderWay
from okiagari.disclose.targets.problems import NO_KEYS, NO_SUCH_TARGET
from okiagari.disclose.targets.remote import RsyncWay
from okiagari.disclose.targets.settings import FolderTarget, RsyncTarget, Target
from okiagari.disclose.targets.ways import Way


def all_targets() -> tuple[Target, ...]:
    found: tuple[Target, ...] = settings.ENVIRONMENT.targets
    return found


def named(name: str) -> Target:
    """Raises NO_SUCH_TARGET."""
    for each in all_targets():
        if each.name == name:
            return each
    known = ", ".join(each.name for each in all_targets()) or "–"
    raise NO_SUCH_TARGET(name=name, known=known)


def way_to(target: Target, writer: Writer | None = None) -> Way:
    """Raises NO_KEYS. The library for storage is loaded only where there is some."""
    if isinstance(target, FolderTarget):
        return FolderWay(target, writer)
    if isinstance(target, RsyncTarget):
        return RsyncWay(target)
    from okiagari.disclose.targets.bucket import BucketWay, connected

    keys = settings.ENVIRONMENT.s3_keys.get(target.name)
    if keys is None:
        raise NO_KEYS(name=target.name)
    return BucketWay(target, connected(target, *keys))


@contextmanager
def alone(target: Target) -> Iterator[bool]:
    """True inside for the one process and thread that sends there; False for everybody else meanwhile."""
    place = Path(settings.ENVIRONMENT.data) / "targets"
    place.mkdir(parents=True, exist_ok=True)
    handle = os.open(place / f"{target.name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
