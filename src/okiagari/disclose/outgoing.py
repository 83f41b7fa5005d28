"""Around the switch: nothing is out that is not archived, and what is out is delivered to every target.

In: a tree that is about to be public, under the lock of the site's folder. Out: an entry in the archive
before, its mark and one delivery per target after. A kill in between is made good by `settle`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from okiagari.disclose.archive import recording
from okiagari.disclose.site.manifest import Manifest
from okiagari.disclose.site.writer import Writer
from okiagari.disclose.targets import queueing
from okiagari.plumbing import ledger


@contextmanager
def recorded(folder: Path, fresh: Path, manifest: Manifest, writer: Writer) -> Iterator[None]:
    """The switch happens inside."""
    settle(folder, writer)
    recording.prepare(folder, fresh, manifest, writer)
    yield
    settle(folder, writer)


def settle(folder: Path, writer: Writer) -> None:
    """Mark what is out and have it delivered, take back what never was. Where all is well, nothing to do."""
    recording.adopt(folder, writer)
    with ledger.action():
        for tree in recording.settle(folder):
            queueing.queue(tree)
