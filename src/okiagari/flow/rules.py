"""Pure rules of the flow: from the facts of each gate to the step, and what burns.

In: gates in order, the clock. Out: a step with what is missing. It decides nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from okiagari.cases.gates import Facts, Missing

FIRE_WITHIN = timedelta(hours=4)
CLOSED = "closed"


@dataclass(frozen=True)
class Stand:
    """Where a case stands: the step, the state of each (done, now, todo, skipped), what is missing."""

    step: str
    states: tuple[tuple[str, str], ...]
    missing: tuple[Missing, ...]


def stand(gates: Sequence[tuple[str, Facts]], *, is_closed: bool) -> Stand:
    """The first gate that applies and does not hold is the step; a closed case is at its end.

    A case that is closed with gates open says so: its open steps stay "todo".
    """
    step = CLOSED
    if not is_closed:
        step = next((key for key, facts in gates if facts.applies and not facts.holds), CLOSED)
    states = tuple((key, _state(key, facts, step)) for key, facts in gates)
    missing = next((facts.missing for key, facts in gates if key == step), ())
    end = "done" if is_closed else ("now" if step == CLOSED else "todo")
    return Stand(step, (*states, (CLOSED, end)), missing)


def _state(key: str, facts: Facts, step: str) -> str:
    if not facts.applies:
        return "skipped"
    if key == step:
        return "now"
    return "done" if facts.holds else "todo"


@dataclass(frozen=True)
class Heat:
    """What decides whether a case burns. `is_told`: everybody concerned can read of it already."""

    is_open: bool
    level: str
    is_attacked: bool
    step: str
    due: datetime | None
    is_told: bool = False


def is_on_fire(heat: Heat, now: datetime) -> bool:
    """Severe or attacked while nobody outside can read of it, or a clock with less than four hours left."""
    if not heat.is_open:
        return False
    is_secret = not heat.is_told and heat.step not in ("reach", "lessons", CLOSED)
    if is_secret and (heat.level == "severe" or heat.is_attacked):
        return True
    return heat.due is not None and now <= heat.due <= now + FIRE_WITHIN
