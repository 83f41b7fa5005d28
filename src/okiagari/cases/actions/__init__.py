"""What people do with a case. Each is one transaction under the lock of its case, and one ledger line."""

from .clocks import (
    correct_anchor,
    extend_clock,
    meet_clock,
    reckon_anew,
    rule_out,
    run_clock,
    start_clock,
    waive_clock,
)
from .deciding import decide_embargo
from .embargo import set_embargo
from .evidence import add_evidence, keep_file
from .facts import note_fact, withdraw_fact
from .file import close_case, describe, open_case, reopen_case
from .incident import break_out, contain, count_affected, describe_incident, restore
from .inquiries import approve_answer, draft_answer, settle_inquiry, take_inquiry, withdraw_answer
from .letters import Inclosure, mark_sent, send_again, write, write_inclosing
from .meetings import call_meeting, cancel_meeting, hold_meeting, keep_minutes
from .messages import communicate
from .notices import submit_notice
from .own_rules import put_rule, put_seat, retire_rule
from .parties import add_party, admit, dismiss, end_party
from .parts import make_parts
from .replies import receive_reply, settle_reply
from .resolutions import put_question, resolve
from .systems import set_systems
from .tasks import add_task, change_task, drop_task, finish_task
from .urgent import check_urgent, note_urgent, review_urgent
from .verdicts import confirm_exploitation, confirm_severe_incident
from .vulnerabilities import add_vulnerability, change_vulnerability, withdraw_vulnerability

__all__ = [
    "Inclosure",
    "add_evidence",
    "add_party",
    "add_task",
    "add_vulnerability",
    "admit",
    "approve_answer",
    "break_out",
    "call_meeting",
    "cancel_meeting",
    "change_task",
    "change_vulnerability",
    "check_urgent",
    "close_case",
    "communicate",
    "confirm_exploitation",
    "confirm_severe_incident",
    "contain",
    "correct_anchor",
    "count_affected",
    "decide_embargo",
    "describe",
    "describe_incident",
    "dismiss",
    "draft_answer",
    "drop_task",
    "end_party",
    "extend_clock",
    "finish_task",
    "hold_meeting",
    "keep_file",
    "keep_minutes",
    "make_parts",
    "mark_sent",
    "meet_clock",
    "note_fact",
    "note_urgent",
    "open_case",
    "put_question",
    "put_rule",
    "put_seat",
    "receive_reply",
    "reckon_anew",
    "reopen_case",
    "resolve",
    "restore",
    "retire_rule",
    "review_urgent",
    "rule_out",
    "run_clock",
    "send_again",
    "set_embargo",
    "set_systems",
    "settle_inquiry",
    "settle_reply",
    "start_clock",
    "submit_notice",
    "take_inquiry",
    "waive_clock",
    "withdraw_answer",
    "withdraw_fact",
    "withdraw_vulnerability",
    "write",
    "write_inclosing",
]
