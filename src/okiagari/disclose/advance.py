"""A copy of the CSAF document before it is public, for partners who have to know earlier.

In: what would go out next, in one language, and the label of the Traffic Light Protocol it is given under.
Out: the document of that edition, which calls itself a draft and says to whom it may go; version 0 where
nothing of it is public yet (OASIS CSAF 2.0, 3.2.1.12.7 and 6.1.17). It is neither published nor kept.
"""

from dataclasses import replace

from django.utils.translation import gettext

from okiagari.disclose.site import csaf_document, saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.standards import csaf
from okiagari.standards.csaf.model import Document, Tracking
from okiagari.standards.csaf.terms import Status, Tlp

LABELS = (Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED, Tlp.GREEN)
"""What a copy may be given under, the usual one first: what everybody may know is published instead."""


def document(entry: Entry, site: Site, language: str, tlp: Tlp, *, version: str = "2.0") -> csaf.Built:
    """The copy, and what it could not carry. Raises UNKNOWN_CWE."""
    with saying.speaking(language):
        said = _marked(csaf_document.described(entry, site, language, version), tlp)
        return csaf.build(said) if version == "2.0" else csaf.build_2_1(said)


def _marked(said: Document, tlp: Tlp) -> Document:
    warning = gettext(
        "Copy before publication: not final, and confidential. Pass it on only as far as TLP:%(tlp)s allows."
    )
    return replace(
        said, tlp=tlp, distribution_text=warning % {"tlp": tlp.value}, tracking=_draft(said.tracking)
    )


def _draft(tracking: Tracking) -> Tracking:
    first, *later = tracking.revisions
    revisions = tracking.revisions if later else (replace(first, number="0"),)
    return replace(tracking, status=Status.DRAFT, revisions=revisions)
