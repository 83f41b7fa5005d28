"""Verbs of triage. Each is one transaction on the case and one line on its stream."""

from okiagari.triage.actions.carrying import carry_releases, confirm_carry, locate
from okiagari.triage.actions.criteria import adopt_criteria, review_criteria
from okiagari.triage.actions.deciding import Entry, decide, decide_many
from okiagari.triage.actions.groups import decide_group, group_rows, inherit, ungroup
from okiagari.triage.actions.importing import import_cells
from okiagari.triage.actions.judging import ask_first, judge, reopen_judgement
from okiagari.triage.actions.newcomers import carry_targets
from okiagari.triage.actions.owning import hand_over, set_due
from okiagari.triage.actions.rows import add_row, add_rows, freeze_rows, remove_row
from okiagari.triage.actions.scoring import add_score, add_ssvc, drop_score
from okiagari.triage.actions.templates import retire_rule, save_rule
from okiagari.triage.rules.cells import CellChange

__all__ = [
    "CellChange",
    "Entry",
    "add_row",
    "add_rows",
    "add_score",
    "add_ssvc",
    "adopt_criteria",
    "ask_first",
    "carry_releases",
    "carry_targets",
    "confirm_carry",
    "decide",
    "decide_group",
    "decide_many",
    "drop_score",
    "freeze_rows",
    "group_rows",
    "hand_over",
    "import_cells",
    "inherit",
    "judge",
    "locate",
    "remove_row",
    "reopen_judgement",
    "retire_rule",
    "review_criteria",
    "save_rule",
    "set_due",
    "ungroup",
]
