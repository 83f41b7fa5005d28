"""Files kept by their content: the bytes are on disk before the row exists.

In: a stream of bytes and a limit. Out: a `Blob` row. A file that lost its last row is an orphan,
collected by the nightly job. Nothing here serves a file to anybody.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from okiagari.plumbing import clock
from okiagari.plumbing.models import Blob
from okiagari.problems import Kind, define, gettext_noop

TOO_LARGE = define(
    "files.too_large",
    Kind.TOO_LARGE,
    gettext_noop("The file is larger than %(limit)s bytes."),
    gettext_noop("Send a smaller file, or say in the text how to get it."),
)
ORPHAN_AGE = timedelta(days=1)


def folder() -> Path:
    return Path(settings.ENVIRONMENT.data) / "blobs"


def path_of(sha256: str) -> Path:
    return folder() / sha256[:2] / sha256


def store(chunks: Iterable[bytes], *, limit: int) -> Blob:
    """Write the bytes, then the row. Raises TOO_LARGE and keeps nothing."""
    folder().mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder(), prefix="incoming-")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TOO_LARGE(limit=limit)
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        target = path_of(digest.hexdigest())
        target.parent.mkdir(exist_ok=True)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    blob, _ = Blob.objects.get_or_create(
        sha256=digest.hexdigest(), defaults={"size": size, "created_at": clock.now()}
    )
    return blob


def read(sha256: str) -> bytes:
    return path_of(sha256).read_bytes()


def forget(blob: Blob) -> None:
    """Let go of a file that holds what nobody may keep, unless another row still needs it.

    The bytes go with the row, not with the nightly job. Inside the transaction that drops the last use.
    """
    try:
        with transaction.atomic():
            blob.delete()
    except (ProtectedError, IntegrityError):
        return
    transaction.on_commit(lambda: path_of(blob.sha256).unlink(missing_ok=True))


def collect_orphans() -> int:
    """Remove files that no row speaks of and that are a day old. Returns how many."""
    known = set(Blob.objects.values_list("sha256", flat=True))
    oldest = clock.now() - ORPHAN_AGE
    count = 0
    kept, unfinished = folder().glob("??/*"), folder().glob("incoming-*")
    for path in (*kept, *unfinished):
        if path.name not in known and path.stat().st_mtime < oldest.timestamp():
            path.unlink()
            count += 1
    return count
