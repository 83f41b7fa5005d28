"""Which of the judgements kept counts now, and what level the case has by them.

In: judgements as plain values, oldest first. Out: those that stand, the level, what is missing. A
judgement opened again no longer stands; a later one of the same stage, team and subject replaces it;
an executives' judgement given before the newest final one it would confirm no longer counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from okiagari.triage.rules.levels import Level, Stage, highest


@dataclass(frozen=True)
class Given:
    """One judgement, asked or given. `about`: the vulnerability it is about, "" for all of the case.

    `targets`: the products it is about; none is all of them.
    """

    id: str
    stage: Stage
    team: str = ""
    about: str = ""
    targets: frozenset[str] = frozenset()
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
    """The judgements of a stage that count now, oldest first: the last given of each team and subject.

    One that is about several products counts as long as a later one does not cover all of them.
    """
    mine = [each for each in given if each.stage is stage and each.is_given]
    newest_first = sorted(enumerate(mine), key=lambda pair: (_time(pair[1]), pair[0]), reverse=True)
    covered: dict[tuple[str, str], set[str]] = {}
    kept = set()
    for _, each in newest_first:
        places = set(each.targets) or {""}
        held = covered.setdefault((each.team, each.about), set())
        if places - held:
            kept.add(each.id)
        held |= places
    return tuple(each for each in mine if each.id in kept)


def _time(given: Given) -> datetime:
    assert given.given_at is not None
    return given.given_at


def confirmed(given: Sequence[Given], final: Given) -> Given | None:
    """The executives' judgement that covers this final one, or None."""
    covering = [
        each
        for each in standing(given, Stage.EXECUTIVE)
        if _covers(each, final) and _time(each) >= _time(final)
    ]
    return max(covering, key=_time, default=None)


def _covers(executive: Given, final: Given) -> bool:
    if executive.about and executive.about != final.about:
        return False
    return not executive.targets or bool(final.targets and final.targets <= executive.targets)


def unconfirmed(given: Sequence[Given]) -> tuple[Given, ...]:
    """Final judgements above the executives' line that they have not judged yet."""
    finals = standing(given, Stage.FINAL)
    return tuple(each for each in finals if each.needs_executives and confirmed(given, each) is None)


def level(given: Sequence[Given]) -> Level | None:
    """The level of the case: the worst of its final judgements, each as the executives put it."""
    return highest([each.level for each in _decided(given) if each.level is not None])


def _decided(given: Sequence[Given]) -> list[Given]:
    """The final judgements that stand, each with the level that the executives gave it."""
    return [
        replace(final, level=(confirmed(given, final) or final).level)
        for final in standing(given, Stage.FINAL)
    ]


def levels(
    given: Sequence[Given], targets: Iterable[str], vulnerabilities: Iterable[str]
) -> Mapping[tuple[str, str], Level]:
    """The level of each product and vulnerability: the closest judgement, and of these the newest.

    One about the product goes before one about all of them, then one about the vulnerability before one
    about the whole case. What nobody judged is left out.
    """
    decided = _decided(given)
    flaws = tuple(vulnerabilities)
    found: dict[tuple[str, str], Level] = {}
    for target in targets:
        near = [each for each in decided if not each.targets or target in each.targets]
        for flaw in flaws:
            fitting = [each for each in near if each.about in {"", flaw}]
            best = max(
                fitting, key=lambda each: (bool(each.targets), bool(each.about), _time(each)), default=None
            )
            if best is not None and best.level is not None:
                found[target, flaw] = best.level
    return found


def open_asks(given: Sequence[Given]) -> tuple[Given, ...]:
    """First judgements asked for and still awaited."""
    return tuple(each for each in given if each.stage is Stage.FIRST and each.is_open)


def is_final_complete(given: Sequence[Given], vulnerabilities: Sequence[str]) -> tuple[str, ...]:
    """The vulnerabilities no final judgement covers; nothing where one covers the whole case."""
    finals = standing(given, Stage.FINAL)
    if any(not each.about and not each.targets for each in finals):
        return ()
    judged = {each.about for each in finals if each.about}
    return tuple(each for each in vulnerabilities if each not in judged)
