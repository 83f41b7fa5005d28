"""Verbs of disclosure. Each locks its root, runs in one transaction and tells the ledger once."""

from okiagari.disclose.jvn.actions import report_status, send_status, write_statement

from .approving import approve, send_back, submit
from .channels import confirm_channel, drop_channel, plan_channel
from .checking import ask_links, check_consistency, check_site
from .drafting import draft, write
from .ending import end_quietly, speak_after_all
from .history import Earlier, continue_history, translate_history
from .loop import investigating
from .publishing import cancel_publication, publish, withdraw

__all__ = [
    "Earlier",
    "approve",
    "ask_links",
    "cancel_publication",
    "check_consistency",
    "check_site",
    "confirm_channel",
    "continue_history",
    "draft",
    "drop_channel",
    "end_quietly",
    "investigating",
    "plan_channel",
    "publish",
    "report_status",
    "send_back",
    "send_status",
    "speak_after_all",
    "submit",
    "translate_history",
    "withdraw",
    "write",
    "write_statement",
]
