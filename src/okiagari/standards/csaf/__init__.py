"""CSAF documents, 2.0 (= ISO/IEC 20153) and the draft of 2.1: build, check, write, name.

In: the frozen values of `model`. Out: a document, its findings, its bytes, its file name. Nothing here
reads files, asks the network or knows what a case is.
"""

from okiagari.standards.documents import from_bytes, to_bytes

from .build import Built, build
from .build_2_1 import build_2_1
from .check import Finding, Level, Report, Severity, judge, validate
from .filename import file_name, folder
from .parts import Loss

__all__ = [
    "Built",
    "Finding",
    "Level",
    "Loss",
    "Report",
    "Severity",
    "build",
    "build_2_1",
    "file_name",
    "folder",
    "from_bytes",
    "judge",
    "to_bytes",
    "validate",
]
