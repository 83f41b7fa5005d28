"""Keeps the public pages up with the catalogue and with the address of the site between two publications.

In: the tree that is public, the products that the catalogue lets the public know now, where the site is. Out:
the tree anew where it says otherwise. No advisory changes by it.
"""

import json

from okiagari.disclose import publisher
from okiagari.disclose.gather import listed
from okiagari.disclose.rules.content import sha256
from okiagari.disclose.site import tree
from okiagari.disclose.site.before import Before
from okiagari.disclose.site.writer import Writer
from okiagari.standards.provider.layout import METADATA, V2_0


def keep_up(*, writer: Writer | None = None) -> bool:
    """Write the tree anew where its pages name other products, or addresses of another site. Returns whether
    it did.

    Before anything was published there is no tree, and nothing to keep up.
    """
    before = tree.current(publisher.site_folder())
    if before is None or (before.manifest.catalogue == sha256(listed.today()) and is_here(before)):
        return False
    publisher.refresh(writer=writer)
    return True


def is_here(public: Before) -> bool:
    """Does the tree say that it lies where the site is now?"""
    path = f"{V2_0.root}/{METADATA}"
    try:
        said = json.loads((public.folder / path).read_bytes())["canonical_url"]
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return bool(said == f"{publisher.site().url}/{path}")
