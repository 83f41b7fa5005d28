"""The files that make the published tree that of a CSAF trusted provider.

In: the CSAF documents of a tree. Out: hashes and signatures beside each, feeds, lists, metadata, public
keys, security.txt. They say nothing of an advisory, so a new version of them asks no approver again.
"""

from .companions import Signed, Signing
from .files import extras, key_path

__all__ = ["Signed", "Signing", "extras", "key_path"]
