"""An advisory of somebody else, or one's own of years ago, in one shape whatever its format.

In: the bytes of a CSAF document (2.0, 2.1), a CVE record or a VULDEF document. Out: one `Advisory`, every
part that was not understood with its place, and what is wrong by the rules of its format. It never guesses
what a product is called elsewhere, and adds nothing that the document does not say.
"""

from dataclasses import dataclass

from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards import cve, foreign, vuldef
from okiagari.standards.csaf import reading as csaf
from okiagari.standards.documents import Fault, Unread
from okiagari.standards.foreign import Format

from . import of_csaf, of_cve, of_vuldef
from .model import Advisory, Flaw, Measure, Product, Revision, Score, State, Statement

__all__ = [
    "Advisory",
    "Flaw",
    "Found",
    "Measure",
    "Product",
    "Revision",
    "Score",
    "State",
    "Statement",
    "read",
]

NO_ADVISORY = define(
    "advisory.no_advisory",
    Kind.INVALID,
    gettext_noop("%(format)s documents can be read, but not taken in as an advisory."),
    gettext_noop("CSAF documents, CVE records and VULDEF documents can be taken in."),
)
SEVERAL = define(
    "advisory.several",
    Kind.INVALID,
    gettext_noop("The document holds %(count)s advisories."),
    gettext_noop("Take in one file per advisory (MyJVN gives one with getVulnDetailInfo)."),
)
MOST_JUDGED = 4 * 1024 * 1024
"""Up to how many bytes a document is judged while somebody waits for it."""


@dataclass(frozen=True)
class Found:
    """What a file says. `faults` is None where the document is too large to be judged at once."""

    format: Format
    advisory: Advisory
    unread: tuple[Unread, ...]
    faults: tuple[Fault, ...] | None


def read(content: bytes) -> Found:
    """Read one file. Raises NO_ADVISORY, SEVERAL, and what `foreign.opened` and the readers raise."""
    kind, value = foreign.opened(content)
    if kind is Format.VULDEF:
        told = vuldef.read(content)
        if len(told.infos) != 1:
            raise SEVERAL(count=len(told.infos))
        return Found(kind, of_vuldef.advisory(told.infos[0], told.language), told.unread, ())
    if kind not in (Format.CSAF, Format.CVE):
        raise NO_ADVISORY(format=kind.value)
    faults = foreign.faults(kind, value) if len(content) <= MOST_JUDGED else None
    if kind is Format.CSAF:
        said = csaf.read(value)
        return Found(kind, of_csaf.advisory(said.document), said.unread, faults)
    known = cve.read(value)
    return Found(kind, of_cve.advisory(known.record), known.unread, faults)
