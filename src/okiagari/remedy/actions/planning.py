"""Planning a measure: for which products and vulnerabilities, until when, in which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack

from okiagari.cases.models import Case, Vulnerability
from okiagari.catalog import build
from okiagari.catalog.models import Product, Release, Target
from okiagari.desk.aggregates import changing
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import clock
from okiagari.problems import Problem, several
from okiagari.remedy import problems, rules
from okiagari.remedy.actions.common import changing_measure, must_be, verb_of, write
from okiagari.remedy.models import Measure
from okiagari.remedy.rules import Kind
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage import queries as triage
from okiagari.triage.rules.cells import CONFIDENCE

NO_TEXT = LocalText()
WORDED = frozenset({Kind.WORKAROUND, Kind.STOP_USE, Kind.REPLACE})


class Promise(TypedDict, total=False):
    """When a measure is planned for, how sure that is (firm, likely, aim), what the public reads of it."""

    planned: PartialDate | str
    planned_confidence: str
    planned_wording: LocalText


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
    reason: str = "",
    version: int | None = None,
    **promise: Unpack[Promise],
) -> str:
    """Plan a measure; no vulnerability named means all. `release` is (line, text), `successor` a model.

    What is promised: `planned` (a date as far as it is known), `planned_confidence` (firm, likely, aim) and
    `planned_wording` (what the public reads of it). Raises every mistake at once.
    """
    with changing(subject, verb_of(kind), Case, case_id, version=version) as case:
        rows = rows_of(targets)
        flaws = list(Vulnerability.objects.filter(case=case, public_id__in=list(vulnerabilities)))
        wanted = _Wanted(case, Kind(kind), rows, _release(release), _successor(successor))
        when = _When.read(promise)
        mistakes = [*strangers(case, targets, vulnerabilities), *wanted.mistakes(), *when.mistakes()]
        raise_all([*mistakes, *_wordless(Kind(kind), text, reason)])
        measure = Measure.objects.create(
            case=case,
            scope_id=case.scope_id,
            kind=kind,
            text=text,
            release=wanted.release,
            successor=wanted.successor,
            planned=when.planned,
            planned_confidence=when.confidence,
            planned_wording=when.wording,
            reason=reason.strip(),
            made_at=clock.now(),
            made_by_id=subject.person_id,
        )
        measure.targets.set(rows)
        measure.vulnerabilities.set(flaws)
        facts = {"text": dict(text.texts), "release": release, "successor": successor}
        more = {"planned": str(when.planned), "reason": reason.strip()}
        write(subject, measure, "remedy.planned", **facts, **more)
        return str(measure.public_id)


def reschedule(
    subject: Subject,
    measure_id: str,
    *,
    reason: str,
    release: tuple[str, str] | None = None,
    **promise: Unpack[Promise],
) -> None:
    """Another date, certainty or public wording for a planned measure. Plans slip; each change says why.

    `release`: (line, text), once the number of the fix is known; checked as at planning. None leaves it.
    Where nothing is promised, what was promised stays. What was verified of another release is dropped.
    """
    with changing_measure(subject, measure_id) as measure:
        must_be(measure, "planned")
        when = _When.read(promise) if promise else _When.of(measure)
        named = _release(release)
        wrong = [] if reason.strip() else [problems.REASON_NEEDED().at("reason")]
        raise_all([*when.mistakes(), *(_Wanted.with_release(measure, named) if named else []), *wrong])
        before = str(measure.planned)
        measure.planned, measure.planned_confidence = when.planned, when.confidence
        measure.planned_wording = when.wording
        is_named = _name(measure, named)
        measure.save(
            update_fields=["planned", "planned_confidence", "planned_wording", "release", "verification"]
        )
        facts = {"planned": str(when.planned), "before": before, "reason": reason.strip()}
        if named and is_named:
            write(subject, measure, "remedy.release_named", release=[named.line.key, named.text], **facts)
        else:
            write(subject, measure, "remedy.rescheduled", **facts)


def reword(subject: Subject, measure_id: str, *, text: LocalText, version: int | None = None) -> None:
    """What the owner reads, written anew or in one more language, as long as the measure holds.

    It goes out with the next edition. Raises WRONG_STATE, TEXT_NEEDED.
    """
    with changing_measure(subject, measure_id, version=version) as measure:
        must_be(measure, "planned", "ready")
        if Kind(measure.kind) in WORDED and not text:
            raise problems.TEXT_NEEDED().at("text")
        if text == measure.text:
            return
        before, measure.text = measure.text, text
        measure.save(update_fields=["text"])
        write(
            subject,
            measure,
            "remedy.reworded",
            text=dict(text.texts),
            before=dict(before.texts),
        )


def _name(measure: Measure, release: Release | None) -> bool:
    """Whether the measure comes with another release than before."""
    if release is None or measure.release_id == release.pk:
        return False
    if measure.release_id is not None:
        measure.verification = {}
    measure.release = release
    return True


def rows_of(targets: Sequence[str]) -> list[Target]:
    return list(Target.objects.filter(key__in=list(targets)).select_related("line", "product"))


def strangers(case: Case, targets: Sequence[str], vulnerabilities: Sequence[str]) -> list[Problem]:
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


def raise_all(found: list[Problem]) -> None:
    if found:
        raise found[0] if len(found) == 1 else several(found)


def _wordless(kind: Kind, text: LocalText, reason: str) -> list[Problem]:
    found = []
    if kind in WORDED and not text:
        found.append(problems.TEXT_NEEDED().at("text"))
    if kind in rules.STOPPING | {Kind.ACCEPT} and not reason.strip():
        found.append(problems.REASON_NEEDED().at("reason"))
    return found


def as_date(given: PartialDate | str) -> PartialDate:
    """A date as it was given, or as people write it."""
    return given if isinstance(given, PartialDate) else PartialDate.parse(given)


@dataclass(frozen=True)
class _When:
    """A planned date as somebody gave it: how sure it is, and what the public reads."""

    planned: PartialDate
    confidence: str
    wording: LocalText

    @classmethod
    def read(cls, given: Promise) -> "_When":
        confidence, wording = given.get("planned_confidence", ""), given.get("planned_wording", NO_TEXT)
        return cls(as_date(given.get("planned", "")), confidence, wording)

    @classmethod
    def of(cls, measure: Measure) -> "_When":
        return cls(measure.planned, measure.planned_confidence, measure.planned_wording)

    def mistakes(self) -> list[Problem]:
        found = []
        if (self.confidence or self.wording) and not self.planned:
            found.append(problems.PLAN_NEEDED().at("planned"))
        if self.confidence and self.confidence not in CONFIDENCE:
            allowed = ", ".join(CONFIDENCE)
            found.append(
                problems.NO_SUCH_CONFIDENCE(given=self.confidence, allowed=allowed).at("planned_confidence")
            )
        return found


@dataclass(frozen=True)
class _Wanted:
    """A measure somebody wants to plan, with what does not fit together in it."""

    case: Case
    kind: Kind
    rows: list[Target]
    release: Release | None
    successor: Product | None

    @classmethod
    def with_release(cls, measure: Measure, release: Release) -> list[Problem]:
        """What does not fit together where a planned measure comes with this release."""
        rows = list(measure.targets.select_related("line", "product"))
        return cls(measure.case, Kind(measure.kind), rows, release, measure.successor).mistakes()

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
    try:
        return build.release_named(build.locked_line(line), text)
    except Problem as problem:
        raise problem.at("release") from None


def _successor(model: str | None) -> Product | None:
    if not model:
        return None
    found = Product.objects.filter(model=model).first()
    if found is None:
        raise build.NO_SUCH_PRODUCT(model=model).at("successor")
    return found
