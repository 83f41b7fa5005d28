"""Verbs of triage. Each is one transaction on the case and one line on its stream."""

from okiagari.triage.actions.criteria import adopt_criteria, review_criteria
from okiagari.triage.actions.deciding import decide
from okiagari.triage.actions.judging import ask_first, judge, reopen_judgement
from okiagari.triage.actions.rows import add_row, freeze_rows, remove_row
from okiagari.triage.actions.scoring import add_score, add_ssvc, drop_score
from okiagari.triage.rules.cells import CellChange

__all__ = [
    "CellChange",
    "add_row",
    "add_score",
    "add_ssvc",
    "adopt_criteria",
    "ask_first",
    "decide",
    "drop_score",
    "freeze_rows",
    "judge",
    "remove_row",
    "reopen_judgement",
    "review_criteria",
]
