"""A cell's change as plain data, and back: for what a group says to whoever joins later."""

from collections.abc import Mapping
from typing import Any

from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage.rules.cells import CellChange

TEXTS = ("condition", "note", "planned_wording", "cannot_fix")


def to_json(change: CellChange) -> dict[str, Any]:
    """Only what is said."""
    written: dict[str, Any] = {
        "state": str(change.state),
        "range": change.range.to_json() if change.range else None,
        "justification": change.justification,
        "fixed_in": list(change.fixed_in) if change.fixed_in else None,
        "verification": dict(change.verification),
        "planned": str(change.planned),
        "planned_confidence": change.planned_confidence,
    }
    written |= {name: getattr(change, name).to_json() for name in TEXTS if getattr(change, name)}
    return {name: value for name, value in written.items() if value}


def from_json(value: Mapping[str, Any]) -> CellChange:
    """Read what `to_json` wrote."""
    return CellChange(
        str(value["state"]),
        range=Range.from_json(value["range"]) if value.get("range") else None,
        justification=str(value.get("justification", "")),
        fixed_in=tuple(value["fixed_in"]) if value.get("fixed_in") else None,
        verification=dict(value.get("verification", {})),
        planned=PartialDate.parse(str(value.get("planned", ""))),
        planned_confidence=str(value.get("planned_confidence", "")),
        **{name: LocalText.from_json(value.get(name)) for name in TEXTS},
    )
