"""Nouns of disclosure, as frozen values. A draft is seen by those who may see all of its cases."""

from okiagari.disclose.naming import Name

from .advisories import AdvisoryRow, Listing, advisories, advisories_of_case, advisory, state_counts
from .editing import Desk, MissingItem, SnapshotView, desk, missing_items, snapshot_now
from .keys import KeysView, KeyView, key_notes, keys, public_key
from .plan import ChannelView, EndView, PlanView, VendorStatusView, ending_of, out_with_coordinator, plan
from .preview import FORMATS, FindingView, FormatView, Said, document_findings, formats, preview
from .publications import PublicationView, PublishedView, publications, published
from .sheets import AboutView, Sheets, SheetView, sheet, sheets
from .values import AdvisoryView, ApprovalView

__all__ = [
    "FORMATS",
    "AboutView",
    "AdvisoryRow",
    "AdvisoryView",
    "ApprovalView",
    "ChannelView",
    "Desk",
    "EndView",
    "FindingView",
    "FormatView",
    "KeyView",
    "KeysView",
    "Listing",
    "MissingItem",
    "Name",
    "PlanView",
    "PublicationView",
    "PublishedView",
    "Said",
    "SheetView",
    "Sheets",
    "SnapshotView",
    "VendorStatusView",
    "advisories",
    "advisories_of_case",
    "advisory",
    "desk",
    "document_findings",
    "ending_of",
    "formats",
    "key_notes",
    "keys",
    "missing_items",
    "out_with_coordinator",
    "plan",
    "preview",
    "public_key",
    "publications",
    "published",
    "sheet",
    "sheets",
    "snapshot_now",
    "state_counts",
]
