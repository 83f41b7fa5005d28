"""Nouns of triage, as frozen values. The subject comes first and sees only its scopes."""

from okiagari.triage.queries.carrying import (
    CarryView,
    ReleaseLine,
    carries,
    components_of,
    lapses,
    release,
)
from okiagari.triage.queries.criteria import (
    CriteriaView,
    ReviewView,
    criteria,
    criteria_reviews,
    criteria_versions,
    review_due,
)
from okiagari.triage.queries.grid import (
    changed_cells,
    decision_history,
    grid,
    grid_version,
    removed_rows,
    selections,
)
from okiagari.triage.queries.judgements import (
    JudgementView,
    development_teams,
    judgements,
    level,
    levels,
    levels_of,
)
from okiagari.triage.queries.scores import ScoreView, scores
from okiagari.triage.queries.tables import as_change, table
from okiagari.triage.queries.templates import TemplateView, templates
from okiagari.triage.queries.values import CellView, Column, Grid, GridRow, GroupView, SelectionView

__all__ = [
    "CarryView",
    "CellView",
    "Column",
    "CriteriaView",
    "Grid",
    "GridRow",
    "GroupView",
    "JudgementView",
    "ReleaseLine",
    "ReviewView",
    "ScoreView",
    "SelectionView",
    "TemplateView",
    "as_change",
    "carries",
    "changed_cells",
    "components_of",
    "criteria",
    "criteria_reviews",
    "criteria_versions",
    "decision_history",
    "development_teams",
    "grid",
    "grid_version",
    "judgements",
    "lapses",
    "level",
    "levels",
    "levels_of",
    "release",
    "removed_rows",
    "review_due",
    "scores",
    "selections",
    "table",
    "templates",
]
