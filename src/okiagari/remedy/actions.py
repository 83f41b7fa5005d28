"""Verbs of remedy: plan, make ready, accept, end, withdraw. Each locks its case and writes one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from okiagari.cases.models import Case, Vulnerability
from okiagari.catalog import build
from okiagari.catalog.models import Product, Release, Target
from okiagari.desk import permits
from okiagari.desk.aggregates import changing
from okiagari.desk.models import Person
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import clock, ids, ledger
from okiagari.problems import Problem, several
from okiagari.remedy import problems, rules
from okiagari.remedy.models import Measure
from okiagari.remedy.rules import Kind
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage import queries as triage

NO_TEXT = LocalText()
WORDED = frozenset({Kind.WORKAROUND, Kind.STOP_USE, Kind.REPLACE})


def plan_measure(
    subject: Subject,
    case_id: str,
    *,
    kind: str,
    targets: Sequence[str],
    text: LocalText = NO_TEXT,
    vulnerabilities: Sequence[str] = (),
    release: tuple[str, str] | None = None,
    successor: str | None = None,
    planned: PartialDate | str = "",
    reason: str = "",
    version: int | None = None,
) -> str:
    """Plan a measure; no vulnerability named means all. `release` is (line, text), `successor` a model.

    Raises every mistake at once.
    """
    with changing(subject, _verb(kind), Case, case_id, version=version) as case:
        rows = _rows(targets)
        flaws = list(Vulnerability.objects.filter(case=case, public_id__in=list(vulnerabilities)))
        wanted = _Wanted(case, Kind(kind), rows, _release(release), _successor(successor))
        mistakes = [*_strangers(case, targets, vulnerabilities), *wanted.mistakes()]
        _raise([*mistakes, *_wordless(Kind(kind), text, reason)])
        measure = Measure.objects.create(
            case=case,
            scope_id=case.scope_id,
            kind=kind,
            text=text,
            release=wanted.release,
            successor=wanted.successor,
            planned=planned if isinstance(planned, PartialDate) else PartialDate.parse(planned),
            reason=reason.strip(),
            made_at=clock.now(),
            made_by_id=subject.person_id,
        )
        measure.targets.set(rows)
        measure.vulnerabilities.set(flaws)
        facts = {
            "text": dict(text.texts),
            "release": release,
            "successor": successor,
            "reason": reason.strip(),
        }
        _write(subject, measure, "remedy.planned", **facts)
        return str(measure.public_id)


def _verb(kind: str) -> str:
    if kind not in set(Kind):
        raise problems.NO_SUCH_KIND(kind=kind, allowed=", ".join(Kind)).at("kind")
    return "remedy.stop" if kind in rules.STOPPING else "remedy.plan"


def _rows(targets: Sequence[str]) -> list[Target]:
    return list(Target.objects.filter(key__in=list(targets)).select_related("line", "product"))


def _strangers(case: Case, targets: Sequence[str], vulnerabilities: Sequence[str]) -> list[Problem]:
    grid = triage.grid(SYSTEM, case.public_id)
    rows = {row.target.key for row in grid.rows}
    known = {column.id for column in grid.columns}
    found = [] if targets else [problems.NO_TARGETS().at("targets")]
    found += [problems.NOT_A_ROW(target=key).at("targets") for key in targets if key not in rows]
    found += [
        problems.NOT_OF_THE_CASE(vulnerability=flaw, known=", ".join(sorted(known))).at("vulnerabilities")
        for flaw in vulnerabilities
        if flaw not in known
    ]
    return found


def _raise(found: list[Problem]) -> None:
    if found:
        raise found[0] if len(found) == 1 else several(found)


def _wordless(kind: Kind, text: LocalText, reason: str) -> list[Problem]:
    found = []
    if kind in WORDED and not text:
        found.append(problems.TEXT_NEEDED().at("text"))
    if kind in rules.STOPPING | {Kind.ACCEPT} and not reason.strip():
        found.append(problems.REASON_NEEDED().at("reason"))
    return found


@dataclass(frozen=True)
class _Wanted:
    """A measure somebody wants to plan, with what does not fit together in it."""

    case: Case
    kind: Kind
    rows: list[Target]
    release: Release | None
    successor: Product | None

    def mistakes(self) -> list[Problem]:
        found = []
        for row in self.rows:
            if self.successor and row.product_id == self.successor.pk:
                found.append(problems.OWN_SUCCESSOR(model=self.successor.model).at("successor"))
            if self.release and row.line_id != self.release.line_id:
                line = self.release.line.key
                found.append(problems.OTHER_LINE(target=row.key, line=line).at("release"))
        return found + (self._impossible() if self.kind is Kind.FIX else [])

    def _impossible(self) -> list[Problem]:
        grid = triage.grid(SYSTEM, self.case.public_id)
        keys = {row.key for row in self.rows}
        return [
            problems.IMPOSSIBLE(target=target, why=cell.cannot_fix).at("targets")
            for (target, _), cell in grid.cells.items()
            if target in keys and cell.cannot_fix
        ]


def _release(named: tuple[str, str] | None) -> Release | None:
    if not named:
        return None
    line, text = named
    return build.release_named(build.locked_line(line), text)


def _successor(model: str | None) -> Product | None:
    if not model:
        return None
    found = Product.objects.filter(model=model).first()
    if found is None:
        raise build.NO_SUCH_PRODUCT(model=model).at("successor")
    return found


def _seen(subject: Subject, measure_id: str) -> Measure:
    """The measure, if the subject may know of it. Raises NOTHING_HERE."""
    measure = (
        Measure.objects.select_related("case", "release", "made_by")
        .filter(public_id=ids.folded(measure_id), scope_id__in=permits.scopes(subject))
        .first()
    )
    if measure is None:
        raise permits.NOTHING_HERE()
    return measure


def ready(subject: Subject, measure_id: str, *, note: str = "", version: int | None = None) -> None:
    """Say that a measure may be published. A fix needs a release that customers can get."""
    seen = _seen(subject, measure_id)
    with changing(subject, _verb(seen.kind), Case, seen.case.public_id, version=version):
        measure = _seen(subject, measure_id)
        _must_be(measure, "planned")
        if measure.kind == Kind.ACCEPT:
            raise problems.NOT_AN_ACCEPTANCE()
        if measure.kind == Kind.FIX and (measure.release is None or measure.release.state != "public"):
            raise problems.NO_RELEASE().at("release")
        measure.state, measure.ready_at = "ready", clock.now()
        measure.save(update_fields=["state", "ready_at"])
        _write(subject, measure, "remedy.ready", note=note.strip())


def accept_risk(subject: Subject, measure_id: str, *, until: datetime, reason: str) -> None:
    """Accept a planned risk until an instant: somebody else than who planned it, with a reason."""
    seen = _seen(subject, measure_id)
    with changing(subject, "remedy.accept", Case, seen.case.public_id):
        measure = _seen(subject, measure_id)
        _must_be(measure, "planned")
        if measure.kind != Kind.ACCEPT:
            raise problems.NOT_AN_ACCEPTANCE()
        planner = measure.made_by.username if measure.made_by else ""
        if subject.person_id is None or not rules.may_accept(subject.key, subject.stands_in_for, planner):
            raise problems.PLANNER_ACCEPTS()
        if not reason.strip():
            raise problems.REASON_NEEDED().at("reason")
        if until <= clock.now():
            raise problems.UNTIL_PAST().at("until")
        measure.state, measure.ready_at = "ready", clock.now()
        measure.approved_by = Person.objects.get(pk=subject.person_id)
        measure.expires_at = until
        measure.save(update_fields=["state", "ready_at", "approved_by", "expires_at"])
        _write(subject, measure, "remedy.accepted", until=until, reason=reason.strip())


def end_measure(subject: Subject, measure_id: str, *, reason: str) -> None:
    """A measure has served: shipping resumes, a workaround is no longer needed."""
    _finish(subject, measure_id, state="ended", reason=reason)


def withdraw_measure(subject: Subject, measure_id: str, *, reason: str) -> None:
    """A measure was wrong or is not wanted any more. It stays on record."""
    _finish(subject, measure_id, state="withdrawn", reason=reason)


def _finish(subject: Subject, measure_id: str, *, state: str, reason: str) -> None:
    if not reason.strip():
        raise problems.REASON_NEEDED().at("reason")
    seen = _seen(subject, measure_id)
    with changing(subject, _verb(seen.kind), Case, seen.case.public_id):
        measure = _seen(subject, measure_id)
        _must_be(measure, "planned", "ready")
        measure.state, measure.ended_at = state, clock.now()
        measure.save(update_fields=["state", "ended_at"])
        _write(subject, measure, f"remedy.{state}", reason=reason.strip())


def _must_be(measure: Measure, *states: str) -> None:
    if measure.state not in states:
        raise problems.WRONG_STATE(state=measure.state)


def _write(subject: Subject, measure: Measure, verb: str, **facts: object) -> None:
    case = measure.case
    ledger.append(
        ("case", str(case.public_id)),
        subject=subject,
        verb=verb,
        facts={
            "measure": measure.public_id,
            "kind": measure.kind,
            "products": sorted(target.key for target in measure.targets.all()),
            **facts,
        },
        scope=case.scope_id,
    )
