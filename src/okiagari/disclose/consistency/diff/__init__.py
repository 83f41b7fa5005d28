"""What changes in each file from one edition to another: JSON by pointer, pages as text, the rest by line.

Enters: two versions of a file as bytes. Leaves: changes, each with its place and both values, and the same as
a unified diff. Pure, and quick for documents of megabytes.
"""

from .changes import Change, Changed
from .files import FileChange, compare, unified

__all__ = ["Change", "Changed", "FileChange", "compare", "unified"]
