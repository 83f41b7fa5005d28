"""What formats are compared in: each field with the words people know it by."""

from collections.abc import Mapping
from enum import StrEnum

from okiagari.problems import gettext_noop

About = tuple[str, str]
"""Of which product and which vulnerability; "" where it is of all of them."""


class Field(StrEnum):
    """One kind of fact. Several may carry one label: formats say the same thing at different grains."""

    TRACKING = "tracking_id"
    DOCUMENT = "document_id"
    TITLE = "title"
    IDS = "ids"
    CWE = "cwe"
    PRODUCT = "product"
    MODEL = "model"
    NUMBERS = "model_numbers"
    SERIAL = "serial_numbers"
    CPE = "cpe"
    PURL = "purl"
    STATUS = "status"
    STANDING = "standing"
    VENDOR_STATUS = "vendor_status"
    AFFECTED = "affected_versions"
    FIXED = "fixed_versions"
    UPDATE = "update"
    VECTOR = "vector"
    FLAW_VECTOR = "vector_of_vulnerability"
    BASE = "base_score"
    OVERALL = "overall_score"
    BASE_SEVERITY = "base_severity"
    OVERALL_SEVERITY = "overall_severity"
    SEVERITY = "severity"
    INITIAL = "first_date"
    PUBLIC = "public_date"
    CURRENT = "last_date"
    REVISIONS = "revisions"
    NEXT_UPDATE = "next_update"
    PLANNED = "planned_fix"
    REFERENCES = "references"
    ID_LINKS = "id_links"
    PAGE = "page"
    OWN_PAGE = "own_page"
    DOWNLOAD = "download"
    PATCH = "patch"
    HASH = "hash"
    REMEDY = "remedy"
    JVN_REMEDY = "solution_kind"
    ACTION = "action"
    FINAL = "no_fix_to_come"
    SUPPORT = "support"
    CREDIT = "credit"


LABELS: Mapping[Field, str] = {
    Field.TRACKING: gettext_noop("Document id"),
    Field.DOCUMENT: gettext_noop("Document id"),
    Field.TITLE: gettext_noop("Title"),
    Field.IDS: gettext_noop("Ids of the vulnerability"),
    Field.CWE: gettext_noop("Kind of weakness (CWE)"),
    Field.PRODUCT: gettext_noop("Products"),
    Field.MODEL: gettext_noop("Model number"),
    Field.NUMBERS: gettext_noop("Model number"),
    Field.SERIAL: gettext_noop("Serial numbers"),
    Field.CPE: gettext_noop("CPE"),
    Field.PURL: gettext_noop("Package URL"),
    Field.STATUS: gettext_noop("Affected or not"),
    Field.STANDING: gettext_noop("Affected or not"),
    Field.VENDOR_STATUS: gettext_noop("Vendor status"),
    Field.AFFECTED: gettext_noop("Affected versions"),
    Field.FIXED: gettext_noop("Fixed versions"),
    Field.UPDATE: gettext_noop("Version to install"),
    Field.VECTOR: gettext_noop("CVSS vector"),
    Field.FLAW_VECTOR: gettext_noop("CVSS vector"),
    Field.BASE: gettext_noop("CVSS base score"),
    Field.OVERALL: gettext_noop("CVSS score"),
    Field.BASE_SEVERITY: gettext_noop("Severity of the score"),
    Field.OVERALL_SEVERITY: gettext_noop("Severity of the score"),
    Field.SEVERITY: gettext_noop("Severity of the advisory"),
    Field.INITIAL: gettext_noop("First published"),
    Field.PUBLIC: gettext_noop("Public since"),
    Field.CURRENT: gettext_noop("Last updated"),
    Field.REVISIONS: gettext_noop("Revision history"),
    Field.NEXT_UPDATE: gettext_noop("Next update planned"),
    Field.PLANNED: gettext_noop("Planned date of the fix"),
    Field.REFERENCES: gettext_noop("References"),
    Field.ID_LINKS: gettext_noop("References"),
    Field.PAGE: gettext_noop("Address of the page"),
    Field.OWN_PAGE: gettext_noop("Address of the page"),
    Field.DOWNLOAD: gettext_noop("Download link"),
    Field.PATCH: gettext_noop("Download link"),
    Field.HASH: gettext_noop("Checksum of the download"),
    Field.REMEDY: gettext_noop("Kind of remedy"),
    Field.JVN_REMEDY: gettext_noop("Kind of remedy"),
    Field.ACTION: gettext_noop("What the owner should do"),
    Field.FINAL: gettext_noop("No fix to come"),
    Field.SUPPORT: gettext_noop("End of support"),
    Field.CREDIT: gettext_noop("Credit"),
}

VALUES: Mapping[str, str] = {
    "affected": gettext_noop("Affected"),
    "not_affected": gettext_noop("Not affected"),
    "investigating": gettext_noop("Under investigation"),
    "fix": gettext_noop("Update"),
    "fixed": gettext_noop("Update"),
    "update": gettext_noop("Update it"),
    "workaround": gettext_noop("Workaround"),
    "mitigation": gettext_noop("Replacement"),
    "replace": gettext_noop("Have it replaced"),
    "planned": gettext_noop("A fix is being prepared"),
    "wait": gettext_noop("A fix is being prepared"),
    "never": gettext_noop("No fix to come"),
    "stop": gettext_noop("Please stop using it"),
    "stop_use": gettext_noop("Please stop using it"),
    "*": gettext_noop("all versions"),
    "?": gettext_noop("not known yet"),
    "yes": gettext_noop("yes"),
    "general_availability": gettext_noop("On sale since"),
    "end_of_sales": gettext_noop("End of sales"),
    "end_of_security_support": gettext_noop("End of security support"),
    "end_of_life": gettext_noop("End of all support"),
}
"""Values that are codes, in words; every other value is shown as it stands."""
