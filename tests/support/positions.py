"""What flow keeps, whole, to compare with what a rebuild makes of the facts."""

from typing import Any

from okiagari.flow.models import Position, Wait


def projection() -> dict[str, Any]:
    """Everything flow keeps, without the numbers of its rows."""
    positions = Position.objects.order_by("case_id").values()
    waits = Wait.objects.order_by("stream_key", "principal_id", "code", "text", "parameters").values()
    bare = lambda row: {name: value for name, value in row.items() if name != "id"}  # noqa: E731
    return {"positions": [bare(row) for row in positions], "waits": [bare(row) for row in waits]}
