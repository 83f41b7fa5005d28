"""Which of the judgements kept counts now, and what level the case has by them.

In: judgements as plain values, oldest first. Out: those that stand, the level, what is missing. A
judgement opened again no longer stands; a later one of the same stage, team and subject replaces it;
an executives' judgement given before the newest final one it would confirm no longer counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from okiagari.triage.rules.levels import Level, Stage, highest


@dataclass(frozen=True)
class Given:
    """One judgement, asked or given. `about`: (vulnerability, target), "" for all of the case."""

    id: str
    stage: Stage
    team: str = ""
    about: tuple[str, str] = ("", "")
    level: Level | None = None
    needs_executives: bool = False
    given_at: datetime | None = None
    due_at: datetime | None = None
    lapsed_at: datetime | None = None
    reopened_at: datetime | None = None

    @property
    def is_given(self) -> bool:
        return self.given_at is not None and self.reopened_at is None

    @property
    def is_open(self) -> bool:
        """Asked, and neither answered nor lapsed."""
        return self.given_at is None and self.lapsed_at is None and self.reopened_at is None


def standing(given: Sequence[Given], stage: Stage) -> tuple[Given, ...]:
    """The judgements of a stage that count now: the last given of each team and subject."""
    last: dict[tuple[str, tuple[str, str]], Given] = {}
    for each in given:
        if each.stage is stage and each.is_given:
            held = last.get((each.team, each.about))
            if held is None or _time(each) >= _time(held):
                last[each.team, each.about] = each
    return tuple(last.values())


def _time(given: Given) -> datetime:
    assert given.given_at is not None
    return given.given_at


def confirmed(given: Sequence[Given], final: Given) -> Given | None:
    """The executives' judgement that covers this final one, or None."""
    covering = [
        each
        for each in standing(given, Stage.EXECUTIVE)
        if each.about in {("", ""), final.about} and _time(each) >= _time(final)
    ]
    return max(covering, key=_time, default=None)


def unconfirmed(given: Sequence[Given]) -> tuple[Given, ...]:
    """Final judgements above the executives' line that they have not judged yet."""
    finals = standing(given, Stage.FINAL)
    return tuple(each for each in finals if each.needs_executives and confirmed(given, each) is None)


def level(given: Sequence[Given]) -> Level | None:
    """The level of the case: the worst of its final judgements, each as the executives put it."""
    found = [confirmed(given, final) or final for final in standing(given, Stage.FINAL)]
    return highest([each.level for each in found if each.level is not None])


def open_asks(given: Sequence[Given]) -> tuple[Given, ...]:
    """First judgements asked for and still awaited."""
    return tuple(each for each in given if each.stage is Stage.FIRST and each.is_open)


def is_final_complete(given: Sequence[Given], vulnerabilities: Sequence[str]) -> tuple[str, ...]:
    """The vulnerabilities no final judgement covers; nothing where one covers the whole case."""
    about = {each.about for each in standing(given, Stage.FINAL)}
    if ("", "") in about:
        return ()
    judged = {vulnerability for vulnerability, _ in about}
    return tuple(each for each in vulnerabilities if each not in judged)
