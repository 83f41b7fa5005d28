"""The closed vocabularies of a CSAF 2.0 document (OASIS CSAF 2.0 = ISO/IEC 20153, sections 3 and 4).

Where the maker says more than 2.0 can (TLP 2.0, a planned fix, a request to stop using), the word is
here all the same and `build` tells what became of it.
"""

from enum import StrEnum


class Profile(StrEnum):
    """Section 4: what kind of document it is, and what it therefore must hold."""

    BASE = "csaf_base"
    INCIDENT_RESPONSE = "csaf_security_incident_response"
    INFORMATIONAL = "csaf_informational_advisory"
    ADVISORY = "csaf_security_advisory"
    VEX = "csaf_vex"


class Status(StrEnum):
    """3.2.1.12.7: draft is not for the public, interim changes soon, final is thought complete."""

    DRAFT = "draft"
    INTERIM = "interim"
    FINAL = "final"


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0 (FIRST). CSAF 2.0 speaks TLP 1.0; `build` translates."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"


class NoteCategory(StrEnum):
    """3.1.5."""

    DESCRIPTION = "description"
    DETAILS = "details"
    FAQ = "faq"
    GENERAL = "general"
    LEGAL_DISCLAIMER = "legal_disclaimer"
    OTHER = "other"
    SUMMARY = "summary"


class PublisherCategory(StrEnum):
    """3.2.1.8.1."""

    COORDINATOR = "coordinator"
    DISCOVERER = "discoverer"
    OTHER = "other"
    TRANSLATOR = "translator"
    USER = "user"
    VENDOR = "vendor"


class RemediationKind(StrEnum):
    """What the maker does or asks. FIX_PLANNED and STOP_USE do not exist in CSAF 2.0; `build` says so."""

    VENDOR_FIX = "vendor_fix"
    WORKAROUND = "workaround"
    MITIGATION = "mitigation"
    FIX_PLANNED = "fix_planned"
    NO_FIX_PLANNED = "no_fix_planned"
    NONE_AVAILABLE = "none_available"
    STOP_USE = "stop_use"


class ThreatCategory(StrEnum):
    """3.2.3.14.1; IMPACT also justifies “not affected” in words."""

    EXPLOIT_STATUS = "exploit_status"
    IMPACT = "impact"
    TARGET_SET = "target_set"


class Justification(StrEnum):
    """3.2.3.5.3: why a product is not affected."""

    COMPONENT_NOT_PRESENT = "component_not_present"
    INLINE_MITIGATIONS_ALREADY_EXIST = "inline_mitigations_already_exist"
    VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY = "vulnerable_code_cannot_be_controlled_by_adversary"
    VULNERABLE_CODE_NOT_IN_EXECUTE_PATH = "vulnerable_code_not_in_execute_path"
    VULNERABLE_CODE_NOT_PRESENT = "vulnerable_code_not_present"
