"""CSAF 2.0 documents (OASIS CSAF 2.0 = ISO/IEC 20153): build, check, write, name.

In: the frozen values of `model`. Out: a document, its findings, its bytes, its file name. Nothing here
reads files, asks the network or knows what a case is.
"""

from okiagari.standards.documents import from_bytes, to_bytes

from .build import Built, build
from .check import Finding, Level, Severity, validate
from .filename import file_name, folder
from .parts import Loss

__all__ = [
    "Built",
    "Finding",
    "Level",
    "Loss",
    "Severity",
    "build",
    "file_name",
    "folder",
    "from_bytes",
    "to_bytes",
    "validate",
]
