"""When two decisions on one cell agree, which of them goes on, and when a person has to choose. Pure."""

from dataclasses import dataclass

from okiagari.triage.rules.cells import CellState

KEEP = ("merged", "into", "undecided")
"""What a person may choose: the decision of the merged case, of the case it goes into, or neither."""
SIDES = {"merged": "mine", "into": "theirs", "undecided": "undecided"}
OPEN = (CellState.UNDECIDED, CellState.INVESTIGATING)


@dataclass(frozen=True)
class Content:
    """What a decision says, as far as it can contradict another."""

    state: str
    range: str = ""
    condition: str = ""
    justification: str = ""
    fixed_in: str = ""
    cannot_fix: bool = False


def outcome(mine: Content, theirs: Content) -> str:
    """mine, theirs or contradiction. What is still looked into contradicts nothing; alike, theirs goes on."""
    if mine == theirs or mine.state in OPEN:
        return "theirs"
    return "mine" if theirs.state in OPEN else "contradiction"
