"""Tries rules on a log before anything is counted: which lines fit which rule, and which fit none.

Nothing is written. Addresses are not shown: what is shown is what the rules ask for.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from okiagari.engines.accesslog import raw_requests, request, unreadable, whole_lines
from okiagari.fleet.logs.files import Log
from okiagari.fleet.logs.matching import Matcher, Outcome
from okiagari.fleet.logs.rules import LogRules

SAMPLES = 3
SHOWN = 200
MOST_LINES = 200_000


@dataclass(frozen=True)
class TriedLine:
    """One request as the rules see it."""

    target: str
    status: int
    agent: str
    outcome: str
    rule: str
    product: str
    version: str
    hardware: str = ""
    unit: str = ""


@dataclass
class Trial:
    """`tally`: lines by rule and outcome; `samples`: the first lines of each; `is_whole`: the log was read to
    its end."""

    lines: int = 0
    tally: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: dict[tuple[str, str], list[TriedLine]] = field(default_factory=dict)
    is_whole: bool = True

    @property
    def unmatched(self) -> int:
        return sum(
            count
            for (_, outcome), count in self.tally.items()
            if outcome in (Outcome.NO_RULE, Outcome.UNREADABLE)
        )


def tried(log: Log, rules: LogRules, *, most: int = MOST_LINES) -> Trial:
    """The first lines of a log, asked one by one. Parts of downloads are not joined here."""
    trial, matcher = Trial(), Matcher(rules)
    with log.stream() as stream:
        for piece in whole_lines(stream):
            if trial.lines >= most:
                trial.is_whole = False
                break
            for line in islice(unreadable(piece), most):
                _add(
                    trial,
                    TriedLine(line[:200].decode("utf-8", "replace"), 0, "", Outcome.UNREADABLE, "", "", ""),
                )
            for raw in raw_requests(piece):
                found = request(raw)
                if found is None:
                    _add(
                        trial,
                        TriedLine(raw[5].decode("utf-8", "replace"), 0, "", Outcome.UNREADABLE, "", "", ""),
                    )
                    continue
                match = matcher.match(found)
                _add(
                    trial,
                    TriedLine(
                        target=found.target[:SHOWN],
                        status=found.status,
                        agent=found.agent[:80],
                        outcome=match.outcome,
                        rule=match.rule,
                        product=match.product or match.line,
                        version=match.version,
                        hardware=match.hardware,
                        unit=match.unit,
                    ),
                )
    return trial


def _add(trial: Trial, line: TriedLine) -> None:
    key = (line.rule, line.outcome)
    trial.lines += 1
    trial.tally[key] += 1
    kept = trial.samples.setdefault(key, [])
    if len(kept) < SAMPLES:
        kept.append(line)
