"""CVE records (CVE record format 5.1.1 and 5.2.0): built from the maker's values, checked, read.

In: the frozen values of `model`. Out: the container a CNA sends to CVE Services or a whole record, what it
could not carry, what the rules of the programme say against it; for a maker that is no CNA the text that
asks JPCERT/CC for an id. It never talks to CVE Services.
"""

from .build import Built, build, rejection
from .check import validate
from .model import Format, Record
from .reading import NOT_A_RECORD, Read, read
from .request import Request, request
from .rules import problems

__all__ = [
    "NOT_A_RECORD",
    "Built",
    "Format",
    "Read",
    "Record",
    "Request",
    "build",
    "problems",
    "read",
    "rejection",
    "request",
    "validate",
]
