"""What is done with reports. Every action is one transaction with its lines in the ledger.

`spooling` takes in what strangers send and absorbs it; `receiving` is what a desk enters and amends;
`judging` answers and decides; `accepting` and `linking` lead into cases; `duplicates` says what repeats what;
`reporters` keeps and erases who reported.
"""

from okiagari.intake.actions.accepting import accept
from okiagari.intake.actions.answering import mark_answer_sent, send_answer_again
from okiagari.intake.actions.asking import receive_inquiry
from okiagari.intake.actions.claims import confirm_claim, dismiss_claim
from okiagari.intake.actions.duplicates import mark_duplicate, unmark_duplicate
from okiagari.intake.actions.judging import (
    acknowledge,
    answer,
    assess,
    close_report,
    defer,
    mark_read,
    reopen,
)
from okiagari.intake.actions.linking import link, unlink
from okiagari.intake.actions.mailing import Taken, absorb_mail, take_mail
from okiagari.intake.actions.quarantine import Kept, UploadedPart, quarantine
from okiagari.intake.actions.receiving import amend, attach, receive
from okiagari.intake.actions.reporters import ReporterData, erase_reporter, name_reporter
from okiagari.intake.actions.spooling import Receipt, absorb, absorb_left, add_message, hashed, spool

__all__ = [
    "Kept",
    "Receipt",
    "ReporterData",
    "Taken",
    "UploadedPart",
    "absorb",
    "absorb_left",
    "absorb_mail",
    "accept",
    "acknowledge",
    "add_message",
    "amend",
    "answer",
    "assess",
    "attach",
    "close_report",
    "confirm_claim",
    "defer",
    "dismiss_claim",
    "erase_reporter",
    "hashed",
    "link",
    "mark_answer_sent",
    "mark_duplicate",
    "mark_read",
    "name_reporter",
    "quarantine",
    "receive",
    "receive_inquiry",
    "reopen",
    "send_answer_again",
    "spool",
    "take_mail",
    "unlink",
    "unmark_duplicate",
]
