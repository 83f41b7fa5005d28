"""What an address means, and the digest that chains what went out. Pure.

In: what somebody typed or pasted; the changes of a tree. Out: a path in the tree; a digest.
"""

import hashlib
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

FIRST = "0" * 64
"""The root before anything went out."""


def path_of(address: str, site_url: str) -> str:
    """The path in the tree that an address of the site, or a path in it, leads to."""
    parts, site = urlsplit(address.strip()), urlsplit(site_url)
    path = unquote(parts.path)
    if parts.netloc or path.startswith("/"):
        below = site.path.rstrip("/")
        path = path.removeprefix(below) if f"{path}/".startswith(f"{below}/") else path
    path = path.lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def root(before: str, changes: Mapping[str, str]) -> str:
    """The digest over the digest before and every change (path -> sha256, "" for what is gone)."""
    digest = hashlib.sha256(before.encode())
    for path, sha256 in sorted(changes.items()):
        digest.update(f"{path}\0{sha256}\n".encode())
    return digest.hexdigest()
