"""What the words of the model are called in CycloneDX, and which of them are less exact there.

Statuses become states of an analysis, justifications its nearest ones, ranges version range specifiers
(ECMA-428).
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from urllib.parse import quote

from okiagari.problems import gettext_noop
from okiagari.standards.csaf.terms import Justification
from okiagari.standards.cvss import Version
from okiagari.standards.documents import Loss, unique
from okiagari.standards.firmware_order import Form, Range

from .model import Document, Status


class Format(StrEnum):
    """Which version of CycloneDX."""

    V1_6 = "1.6"
    V1_7 = "1.7"


OWN_ORDER = gettext_noop(
    "“%(range)s” is written as vers:generic, which claims another order of releases than the maker's own."
)
LESS_EXACT = gettext_noop("CycloneDX has no justification “%(justification)s”; the detail says it in words.")
NO_RANGE_KNOWN = gettext_noop(
    "CycloneDX cannot say that affected versions are not known yet; its detail does."
)

STATES = {
    Status.AFFECTED: "exploitable",
    Status.NOT_AFFECTED: "not_affected",
    Status.UNDER_INVESTIGATION: "in_triage",
}
JUSTIFICATIONS: Mapping[Justification, str] = {
    Justification.COMPONENT_NOT_PRESENT: "code_not_present",
    Justification.VULNERABLE_CODE_NOT_PRESENT: "code_not_present",
    Justification.VULNERABLE_CODE_NOT_IN_EXECUTE_PATH: "code_not_reachable",
    Justification.INLINE_MITIGATIONS_ALREADY_EXIST: "protected_by_mitigating_control",
}
EXACT = frozenset(
    {Justification.VULNERABLE_CODE_NOT_PRESENT, Justification.VULNERABLE_CODE_NOT_IN_EXECUTE_PATH}
)
RANGES: Mapping[Form, str] = {
    Form.ALL: "vers:all/*",
    Form.UNKNOWN: "vers:all/*",
    Form.UP_TO: "vers:generic/<={high}",
    Form.BEFORE: "vers:generic/<{high}",
    Form.FROM: "vers:generic/>={low}",
    Form.BETWEEN: "vers:generic/>={low}|<={high}",
}
METHODS: Mapping[Version, str] = {
    Version.V2_0: "CVSSv2",
    Version.V3_0: "CVSSv3",
    Version.V3_1: "CVSSv31",
    Version.V4_0: "CVSSv4",
}
HASHES = {"sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512", "sha1": "SHA-1", "md5": "MD5"}


def vers(versions: Range) -> str:
    """A range as a version range specifier (ECMA-428), the texts percent-encoded."""
    low, high = (quote(text, safe="") for text in (versions.low, versions.high))
    return RANGES[versions.form].format(low=low, high=high)


def losses(document: Document) -> Iterator[Loss]:
    loose = {Form.ALL, Form.EXACTLY, Form.UNKNOWN}
    said = document.statements
    for words in unique(
        each.versions.words(document.language) for each in said if each.versions.form not in loose
    ):
        yield Loss("/vulnerabilities", OWN_ORDER, {"range": words})
    if any(each.versions.form is Form.UNKNOWN for each in said):
        yield Loss("/vulnerabilities", NO_RANGE_KNOWN)
    for reason in unique(each.justification.value for each in said if each.justification):
        if Justification(reason) not in EXACT:
            yield Loss("/vulnerabilities", LESS_EXACT, {"justification": reason})
