"""Nouns of disclosure, as frozen values. A draft is seen by those who may see all of its cases."""

from okiagari.disclose.archive.queries import (
    Archived,
    SaidView,
    TreeView,
    archived,
    bytes_of,
    history,
    said_at,
    trees,
)
from okiagari.disclose.naming import Name
from okiagari.disclose.targets.queries import DeliveryView, TargetView, deliveries, late, targets

from .advance import LABELS as TLP_LABELS
from .advance import PUBLIC, AdvanceCopy, advance_copy
from .advisories import AdvisoryRow, Listing, advisories, advisories_of_case, advisory, state_counts
from .consistency import ConsistencyView, consistency
from .differences import NOW, DifferenceView, differences, unified
from .editing import Desk, MissingItem, SnapshotView, desk, missing_items, snapshot_now
from .keys import KeysView, KeyView, key_notes, keys, public_key
from .plan import ChannelView, EndView, PlanView, VendorStatusView, ending_of, out_with_coordinator, plan
from .preview import FORMATS, FindingView, FormatView, Said, document_findings, formats, preview
from .publications import PublicationView, PublishedView, publications, published
from .sheets import AboutView, Sheets, SheetView, sheet, sheets
from .site_check import SiteCheckView, SiteNote, asks_links, links_of, site_check, site_notes
from .values import AdvisoryView, ApprovalView

__all__ = [
    "FORMATS",
    "NOW",
    "PUBLIC",
    "TLP_LABELS",
    "AboutView",
    "AdvanceCopy",
    "AdvisoryRow",
    "AdvisoryView",
    "ApprovalView",
    "Archived",
    "ChannelView",
    "ConsistencyView",
    "DeliveryView",
    "Desk",
    "DifferenceView",
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
    "SaidView",
    "SheetView",
    "Sheets",
    "SiteCheckView",
    "SiteNote",
    "SnapshotView",
    "TargetView",
    "TreeView",
    "VendorStatusView",
    "advance_copy",
    "advisories",
    "advisories_of_case",
    "advisory",
    "archived",
    "asks_links",
    "bytes_of",
    "consistency",
    "deliveries",
    "desk",
    "differences",
    "document_findings",
    "ending_of",
    "formats",
    "history",
    "key_notes",
    "keys",
    "late",
    "links_of",
    "missing_items",
    "out_with_coordinator",
    "plan",
    "preview",
    "public_key",
    "publications",
    "published",
    "said_at",
    "sheet",
    "sheets",
    "site_check",
    "site_notes",
    "snapshot_now",
    "state_counts",
    "targets",
    "trees",
    "unified",
]
