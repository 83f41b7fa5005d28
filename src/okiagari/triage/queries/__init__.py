"""Nouns of triage, as frozen values. The subject comes first and sees only its scopes."""

from okiagari.triage.queries.criteria import (
    CriteriaView,
    ReviewView,
    criteria,
    criteria_reviews,
    criteria_versions,
    review_due,
)
from okiagari.triage.queries.grid import (
    CellView,
    Column,
    Grid,
    GridRow,
    SelectionView,
    changed_cells,
    decision_history,
    grid,
    removed_rows,
    selections,
)
from okiagari.triage.queries.judgements import JudgementView, development_teams, judgements, level
from okiagari.triage.queries.scores import ScoreView, scores

__all__ = [
    "CellView",
    "Column",
    "CriteriaView",
    "Grid",
    "GridRow",
    "JudgementView",
    "ReviewView",
    "ScoreView",
    "SelectionView",
    "changed_cells",
    "criteria",
    "criteria_reviews",
    "criteria_versions",
    "decision_history",
    "development_teams",
    "grid",
    "judgements",
    "level",
    "removed_rows",
    "review_due",
    "scores",
    "selections",
]
