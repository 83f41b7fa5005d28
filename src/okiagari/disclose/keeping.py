"""Keeps the public pages up with the catalogue between two publications.

In: the tree that is public, and the products that the catalogue lets the public know now. Out: the tree anew
where the two differ. No advisory changes by it.
"""

from okiagari.disclose import publisher
from okiagari.disclose.gather import listed
from okiagari.disclose.rules.content import sha256
from okiagari.disclose.site import tree
from okiagari.disclose.site.writer import Writer


def keep_up(*, writer: Writer | None = None) -> bool:
    """Write the tree anew where its pages name other products. Returns whether it did.

    Before anything was published there is no tree, and nothing to keep up.
    """
    before = tree.current(publisher.site_folder())
    if before is None or before.manifest.catalogue == sha256(listed.today()):
        return False
    publisher.refresh(writer=writer)
    return True
