"""What of this room moves between two cases: rows and decisions, judgements, scores. See `cases.moving`.

Two grids become one: rows and decisions are united. Where two decisions say different things of one cell,
whoever joins the cases has chosen before (`grids.contradictions`); none wins in silence.
"""

from okiagari.cases.models import Case
from okiagari.cases.moving import Chosen, Pairs, Record
from okiagari.triage.moving import grids, judgements, sharing
from okiagari.triage.moving.grids import Choice, Contradiction, contradictions

__all__ = ["Choice", "Contradiction", "absorb", "contradictions", "give_back", "part"]


def absorb(source: Case, target: Case, same: Pairs, choice: Choice, decider: int | None) -> Record:
    return {
        **grids.absorb(source, target, same, choice),
        **sharing.absorb(source, target, same),
        **judgements.absorb(source, target, same, decider),
    }


def give_back(source: Case, target: Case, record: Record) -> None:
    grids.give_back(source, target, record)
    sharing.give_back(source, target, record)
    judgements.give_back(source, target, record)


def part(source: Case, target: Case, chosen: Chosen) -> Record:
    """The vulnerabilities that were chosen hang on the target already."""
    return {
        **grids.part(source, target, chosen),
        **sharing.part(source, target),
        **judgements.part(source, target),
    }
