"""What people and replays do that needs every room at once: playbooks, cases joined and split, reminders."""

from okiagari.flow.merging import merge, split, undo_merge
from okiagari.flow.playbook import apply
from okiagari.flow.reminders.choosing import choose_reminders

__all__ = ["apply", "choose_reminders", "merge", "split", "undo_merge"]
