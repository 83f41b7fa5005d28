"""What people and replays do that needs every room at once: playbooks, cases joined and split."""

from okiagari.flow.merging import merge, split, undo_merge
from okiagari.flow.playbook import apply

__all__ = ["apply", "merge", "split", "undo_merge"]
