"""What people do with a case. Each is one transaction under the lock of its case, and one ledger line."""

from .clocks import extend_clock, meet_clock, start_clock, waive_clock
from .embargo import set_embargo
from .evidence import add_evidence
from .facts import note_fact, withdraw_fact
from .file import close_case, describe, open_case, reopen_case
from .messages import communicate
from .parties import add_party, admit, dismiss, end_party
from .tasks import add_task, drop_task, finish_task
from .vulnerabilities import add_vulnerability, change_vulnerability, withdraw_vulnerability

__all__ = [
    "add_evidence",
    "add_party",
    "add_task",
    "add_vulnerability",
    "admit",
    "change_vulnerability",
    "close_case",
    "communicate",
    "describe",
    "dismiss",
    "drop_task",
    "end_party",
    "extend_clock",
    "finish_task",
    "meet_clock",
    "note_fact",
    "open_case",
    "reopen_case",
    "set_embargo",
    "start_clock",
    "waive_clock",
    "withdraw_fact",
    "withdraw_vulnerability",
]
