"""What people and replays do that needs every room: playbooks, meetings, urgent acts, merging, reminders."""

from okiagari.flow.meeting import Deed, call_executives, decide_in_meeting, hold_meeting
from okiagari.flow.merging.joining import merge
from okiagari.flow.merging.splitting import split
from okiagari.flow.merging.undoing import undo_merge
from okiagari.flow.playbook import apply
from okiagari.flow.reminders.choosing import choose_reminders
from okiagari.flow.urgent import With, act_urgently

__all__ = [
    "Deed",
    "With",
    "act_urgently",
    "apply",
    "call_executives",
    "choose_reminders",
    "decide_in_meeting",
    "hold_meeting",
    "merge",
    "split",
    "undo_merge",
]
