"""Periodic work of the flow: what moves by itself (the fleet, the hour) moves positions too."""

from collections.abc import Mapping
from typing import Any

from okiagari.flow import advance
from okiagari.flow.models import Position
from okiagari.plumbing import jobs


@jobs.handles("flow.refresh", every_seconds=3600)
def refresh(payload: Mapping[str, Any]) -> None:
    """Look again at open cases whose reach grows without anybody doing anything here."""
    watched = Position.objects.filter(is_open=True, step__in=("reach", "lessons"))
    for case_id in watched.values_list("case_id", flat=True):
        advance.recompute(case_id)
