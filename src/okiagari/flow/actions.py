"""What people and replays do that needs every room at once: playbooks, meetings, urgent acts, merging."""

from okiagari.flow.meeting import call_executives, decide_in_meeting, hold_meeting
from okiagari.flow.merging import merge, split, undo_merge
from okiagari.flow.playbook import apply
from okiagari.flow.urgent import act_urgently

__all__ = [
    "act_urgently",
    "apply",
    "call_executives",
    "decide_in_meeting",
    "hold_meeting",
    "merge",
    "split",
    "undo_merge",
]
