"""Verbs of disclosure. Each locks its advisory, runs in one transaction and tells the ledger once."""

from .approving import approve, send_back, submit
from .drafting import draft, write
from .publishing import cancel_publication, publish, withdraw

__all__ = [
    "approve",
    "cancel_publication",
    "draft",
    "publish",
    "send_back",
    "submit",
    "withdraw",
    "write",
]
