"""The published site: one static tree, rendered whole from approved snapshots, switched at once.

In: entries (content and editions of each published advisory). Out: files that can be hosted anywhere:
pages without script, feeds, CSAF. Nothing here asks whether something may be published, and nothing
but `switch` changes what the public sees.
"""

from pathlib import Path

from .planning import BuiltSite


def build(out: Path) -> BuiltSite:
    """Write the whole tree from everything published into a folder of its own."""
    from okiagari.disclose import publisher

    return publisher.export(out)


def refresh() -> BuiltSite:
    """Make the public tree anew from what is published. Raises what a key that cannot sign raises."""
    from okiagari.disclose import publisher

    return publisher.refresh()


def recover() -> None:
    """At start: finish a publication that was cut off."""
    from okiagari.disclose import publisher

    publisher.recover()


__all__ = ["BuiltSite", "build", "recover", "refresh"]
