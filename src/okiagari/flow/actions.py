"""What people and replays do that needs every room: playbooks, meetings, urgent acts, merging,
reminders, documents of others."""

from okiagari.flow.importing.joining import join_draft
from okiagari.flow.importing.own import take_own
from okiagari.flow.importing.supplier import Became, take_suppliers
from okiagari.flow.importing.taking import drop_document, look_at, read_document
from okiagari.flow.meeting import Deed, call_executives, decide_in_meeting, hold_meeting
from okiagari.flow.merging.joining import merge
from okiagari.flow.merging.splitting import split
from okiagari.flow.merging.undoing import undo_merge
from okiagari.flow.playbook import apply
from okiagari.flow.reminders.choosing import choose_reminders
from okiagari.flow.urgent import With, act_urgently

__all__ = [
    "Became",
    "Deed",
    "With",
    "act_urgently",
    "apply",
    "call_executives",
    "choose_reminders",
    "decide_in_meeting",
    "drop_document",
    "hold_meeting",
    "join_draft",
    "look_at",
    "merge",
    "read_document",
    "split",
    "take_own",
    "take_suppliers",
    "undo_merge",
]
