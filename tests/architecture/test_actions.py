"""An action's transaction is `ledger.action()`: listeners hear its lines when all is written, not halfway."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "okiagari"
MAY_OPEN = {
    "plumbing",  # keeps the ledger, the jobs and the locks themselves
    "flow/advance.py",  # rebuilds projections; writes no line
    "api/base.py",  # remembers answers; writes no line
    "fleet/stores",  # another database
}


def _files() -> list[Path]:
    found = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    return [path for path in found if not str(path.relative_to(SOURCE)).startswith(tuple(MAY_OPEN))]


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_room_opens_a_transaction_around_the_ledger(path: Path) -> None:
    opened = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == "atomic"
        and isinstance(node.value, ast.Name)
        and node.value.id == "transaction"
    ]
    assert not opened, f"use ledger.action() at lines {opened}"
