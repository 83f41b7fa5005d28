"""The agenda of an emergency meeting, written from the facts: nobody types what the system knows.

In: a case and who reads. Out: an `Agenda` of what is known now. A meeting that is held keeps it as it was
(`kept`), and `read` gives the same value back. Nothing here decides or writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from okiagari.cases import queries as cases
from okiagari.cases.values import CaseView
from okiagari.catalog import queries as catalog
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.remedy import queries as remedy
from okiagari.standards.deadlines import PROMISE, RULES
from okiagari.standards.localtext import LocalText
from okiagari.triage import queries as triage

WORST = ("affected", "undecided", "investigating", "fixed", "not_affected")
RUNNING = ("open", "soon", "overdue")


@dataclass(frozen=True)
class Fact:
    kind: str
    at: datetime
    evidence: str


@dataclass(frozen=True)
class Flaw:
    title: LocalText
    impact: LocalText
    numbers: tuple[str, ...]
    facts: tuple[Fact, ...]
    score: str = ""
    severity: str = ""


@dataclass(frozen=True)
class Judgement:
    stage: str
    team: LocalText
    level: str
    reason: str
    assumed_use: LocalText


@dataclass(frozen=True)
class Product:
    """`state`: the worst of its cells; `shipped`: units, up to a date as it is known."""

    key: str
    names: LocalText
    state: str
    shipped: int | None
    shipped_until: str


@dataclass(frozen=True)
class Clock:
    title: str
    label: LocalText
    due: datetime
    is_late: bool


@dataclass(frozen=True)
class Embargo:
    state: str
    until: datetime | None
    zone: str
    agreed_with: str


@dataclass(frozen=True)
class Doing:
    """A measure that is planned or in force."""

    kind: str
    state: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Agenda:
    """What is known of a case at an instant. `told`: audience -> when it was last spoken to."""

    at: datetime
    title: LocalText
    summary: LocalText
    level: str
    flaws: tuple[Flaw, ...]
    judgements: tuple[Judgement, ...]
    products: tuple[Product, ...]
    embargo: Embargo | None
    clocks: tuple[Clock, ...]
    measures: tuple[Doing, ...]
    told: Mapping[str, datetime]
    inside: tuple[LocalText, ...]
    parties: tuple[tuple[str, LocalText], ...]

    @property
    def shipped(self) -> int:
        """Units of products that are, or may be, affected."""
        seen = {each.key.partition("@")[0]: each for each in self.products if each.state in WORST[:3]}
        return sum(each.shipped or 0 for each in seen.values())


def agenda(subject: Subject, case_id: str) -> Agenda:
    """What is known now. Raises NOTHING_HERE."""
    case = cases.case(subject, case_id)
    return Agenda(
        at=clock.now(),
        title=case.title,
        summary=case.summary,
        level=triage.level(subject, case.id),
        flaws=_flaws(subject, case),
        judgements=_judgements(subject, case.id),
        products=_products(subject, case.id),
        embargo=_embargo(case),
        clocks=_clocks(subject, case.id),
        measures=tuple(
            Doing(each.kind, each.state, each.targets)
            for each in remedy.measures(subject, case.id)
            if each.is_alive
        ),
        told=_told(subject, case.id),
        inside=tuple(grant.who.name for grant in cases.people_in(subject, case.id)),
        parties=tuple((each.role, each.name) for each in case.parties if each.left_at is None),
    )


def _flaws(subject: Subject, case: CaseView) -> tuple[Flaw, ...]:
    scores = {each.vulnerability: each for each in triage.scores(subject, case.id) if each.system == "cvss"}
    return tuple(
        Flaw(
            title=each.title,
            impact=each.impact,
            numbers=tuple(number for number in (each.cve, each.jvn, each.cwe) if number),
            facts=tuple(
                Fact(fact.kind, fact.at, fact.evidence) for fact in each.facts if not fact.is_withdrawn
            ),
            score=_score(scores.get(each.id)),
            severity=scores[each.id].severity if each.id in scores else "",
        )
        for each in case.vulnerabilities
        if not each.is_withdrawn
    )


def _score(score: "triage.ScoreView | None") -> str:
    return f"CVSS v{score.version} {score.value} ({score.source})" if score else ""


def _judgements(subject: Subject, case_id: str) -> tuple[Judgement, ...]:
    return tuple(
        Judgement(each.stage, each.team_name, each.level, each.reason, each.assumed_use)
        for each in triage.judgements(subject, case_id)
        if each.stands
    )


def _products(subject: Subject, case_id: str) -> tuple[Product, ...]:
    """The rows of the grid with the units shipped, what is or may be affected first."""
    grid = triage.grid(subject, case_id)
    known = catalog.products_named(subject, list({row.target.model for row in grid.rows}))
    found = []
    for row in grid.rows:
        states = {grid.cell(row.target.key, column.id).state for column in grid.columns} or {"undecided"}
        worst = next(state for state in WORST if state in states)
        said = known[row.target.model].shipped if row.target.model in known else ()
        last = said[-1] if said else None
        until = str(last.date) if last else ""
        units = last.units if last else None
        found.append(Product(row.target.key, row.target.names, worst, units, until))
    return tuple(sorted(found, key=lambda each: (WORST.index(each.state), each.key)))


def _embargo(case: CaseView) -> Embargo | None:
    said = case.embargo
    if said is None or not case.is_embargoed:
        return None
    return Embargo(said.state, said.until, said.zone, said.agreed_with)


def _clocks(subject: Subject, case_id: str) -> tuple[Clock, ...]:
    running = [each for each in cases.clocks(subject, case_id) if each.due and each.state in RUNNING]
    return tuple(
        Clock(RULES.get(each.rule, PROMISE).title, each.label, each.due, each.state == "overdue")
        for each in running
        if each.due
    )


def _told(subject: Subject, case_id: str) -> dict[str, datetime]:
    out = [each for each in cases.communications(subject, case_id) if each.direction == "out"]
    return {each.audience: each.at for each in sorted(out, key=lambda each: each.at)}


def kept(found: Agenda) -> dict[str, Any]:
    """The agenda as plain values, to be kept with a meeting."""
    made: dict[str, Any] = msgspec.to_builtins(found, enc_hook=_written)
    return made


def _written(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def read(value: Mapping[str, Any]) -> Agenda:
    """What `kept` wrote."""
    return msgspec.convert(dict(value), Agenda, strict=False)
