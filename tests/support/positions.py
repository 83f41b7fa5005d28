"""What flow keeps, whole, to compare with what a rebuild makes of the facts."""

from collections.abc import Mapping
from typing import Any

from okiagari.flow.models import Position, Wait


def projection() -> dict[str, Any]:
    """Everything flow keeps, without the numbers of its rows."""
    positions = Position.objects.order_by("case_id").values()
    waits = Wait.objects.order_by("stream_key", "principal_id", "code", "text", "parameters").values()
    return {"positions": [_bare(row) for row in positions], "waits": [_bare(row) for row in waits]}


def _bare(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}
