"""The ids of a case, or of what an advisory cites: how each stands, what was done, what is proposed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from okiagari.cases.models import Case, Vulnerability
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.disclose import access
from okiagari.disclose.models import CveDeed, CveId
from okiagari.disclose.naming import Name, name_of
from okiagari.problems import definitions
from okiagari.standards.localtext import LocalText

from . import cited, connecting, rules, waits


@dataclass(frozen=True)
class Trouble:
    """What went wrong at the last try: a marked message and hint with their parameters."""

    code: str
    text: str
    hint: str
    parameters: Mapping[str, object]


@dataclass(frozen=True)
class DeedView:
    """One line of the history. `state`: waiting, failed, done, dropped. `told_state`: what a note noted."""

    id: str
    kind: str
    via: str
    state: str
    told_state: str
    edition: int
    reason: LocalText
    replaced_by: tuple[str, ...]
    asked_at: datetime
    asked_by: Name | None
    attempts: int
    tried_at: datetime | None
    next_at: datetime | None
    done_at: datetime | None
    troubles: tuple[Trouble, ...]

    @property
    def is_open(self) -> bool:
        return self.state in {"waiting", "failed"}


@dataclass(frozen=True)
class NumberView:
    """One id. `state`: reserved, published, rejected, "" not known; `owner`: ours, others, "" not known."""

    number: str
    owner: str
    state: str
    state_at: datetime | None
    edition: int
    tracking_id: str
    cited_at: datetime | None
    public_at: datetime | None
    is_missing: bool
    is_proposed: bool
    kept_at: datetime | None
    kept_reason: str
    deeds: tuple[DeedView, ...]


@dataclass(frozen=True)
class FlawView:
    """A vulnerability with its ids, the one it bears now first, and what is under way for its first one."""

    id: str
    title: LocalText
    case_id: str
    cve: str
    is_withdrawn: bool
    numbers: tuple[NumberView, ...]
    reserving: tuple[DeedView, ...]

    @property
    def needs_id(self) -> bool:
        return not self.cve and not self.is_withdrawn and not any(each.is_open for each in self.reserving)


@dataclass(frozen=True)
class BoardView:
    """`is_cna`: the maker gives ids itself; `is_set_up`: CVE Services can be told; `is_watching`: the public
    address is asked."""

    is_cna: bool
    is_set_up: bool
    is_watching: bool
    flaws: tuple[FlawView, ...]
    may_change: bool

    @property
    def lacking(self) -> tuple[FlawView, ...]:
        return tuple(each for each in self.flaws if each.needs_id)


def of_case(subject: Subject, case_id: str) -> BoardView:
    """Raises NOTHING_HERE."""
    case = find(subject, Case, case_id)
    permits.require(subject, "cases.inside", case.scope_id)
    flaws = Vulnerability.objects.filter(case=case).select_related("case").order_by("position")
    return _board(flaws, may_change=permits.may(subject, "disclose.cve", case.scope_id))


def of_advisory(subject: Subject, advisory_id: str) -> BoardView:
    """Of the vulnerabilities it is about. Raises NOTHING_HERE."""
    permits.require(subject, "cases.inside")
    advisory = access.seen(subject, advisory_id)
    chosen = advisory.vulnerabilities.values("vulnerability")
    flaws = Vulnerability.objects.filter(pk__in=chosen).select_related("case").order_by("case", "position")
    return _board(flaws, may_change=access.may(subject, "disclose.cve", advisory))


def cited_by(subject: Subject, advisory_id: str) -> tuple[str, ...]:
    """The ids that the edition that is out cites. Raises NOTHING_HERE."""
    permits.require(subject, "cases.inside")
    edition = cited.newest(access.seen(subject, advisory_id))
    return cited.numbers(edition) if edition else ()


def waiting(subject: Subject, advisory_id: str) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """What waits for somebody about the ids of an advisory, as marked texts. Raises NOTHING_HERE."""
    permits.require(subject, "cases.inside")
    found = waits.of_advisory(access.seen(subject, advisory_id))
    return tuple((each.text, each.parameters) for each in found)


def _board(found: "QuerySet[Vulnerability]", *, may_change: bool) -> BoardView:
    flaws = list(found)
    deeds = CveDeed.objects.filter(vulnerability__in=flaws).select_related("publication", "asked_by")
    by_number: dict[int, list[CveDeed]] = {}
    by_flaw: dict[int, list[CveDeed]] = {}
    for deed in deeds.order_by("-pk"):
        if deed.cve_id:
            by_number.setdefault(deed.cve_id, []).append(deed)
        else:
            by_flaw.setdefault(deed.vulnerability_id, []).append(deed)
    ids: dict[int, list[CveId]] = {}
    rows = CveId.objects.filter(vulnerability__in=flaws).select_related("edition__advisory", "vulnerability")
    for row in rows.order_by("-pk"):
        ids.setdefault(row.vulnerability_id, []).append(row)
    return BoardView(
        is_cna=connecting.is_cna(),
        is_set_up=connecting.is_set_up(),
        is_watching=connecting.is_watching(),
        flaws=tuple(_flaw(each, ids.get(each.pk, ()), by_number, by_flaw) for each in flaws),
        may_change=may_change,
    )


def _flaw(
    flaw: Vulnerability,
    rows: Iterable[CveId],
    by_number: Mapping[int, list[CveDeed]],
    by_flaw: Mapping[int, list[CveDeed]],
) -> FlawView:
    ordered = sorted(rows, key=lambda row: row.number != flaw.cve)
    return FlawView(
        id=flaw.public_id,
        title=flaw.title,
        case_id=flaw.case.public_id,
        cve=flaw.cve,
        is_withdrawn=flaw.withdrawn_at is not None,
        numbers=tuple(_number(row, by_number.get(row.pk, ())) for row in ordered),
        reserving=tuple(_deed(each) for each in by_flaw.get(flaw.pk, ())),
    )


def _number(row: CveId, deeds: Iterable[CveDeed]) -> NumberView:
    return NumberView(
        number=row.number,
        owner=row.owner,
        state=row.state,
        state_at=row.state_at,
        edition=row.edition.number or 0 if row.edition else 0,
        tracking_id=row.edition.advisory.tracking_id if row.edition else "",
        cited_at=row.cited_at,
        public_at=row.public_at,
        is_missing=waits.is_missed(row),
        is_proposed=waits.is_proposed(row),
        kept_at=row.kept_at,
        kept_reason=row.kept_reason,
        deeds=tuple(_deed(each) for each in deeds),
    )


def _deed(row: CveDeed) -> DeedView:
    return DeedView(
        id=row.public_id,
        kind=row.kind,
        via=row.via,
        state=row.state,
        told_state=row.told_state,
        edition=row.publication.number or 0 if row.publication else 0,
        reason=row.reason,
        replaced_by=tuple(row.replaced_by),
        asked_at=row.asked_at,
        asked_by=name_of(row.asked_by),
        attempts=row.attempts,
        tried_at=row.tried_at,
        next_at=row.next_at,
        done_at=row.done_at,
        troubles=tuple(_trouble(each) for each in row.errors) if row.state in rules.UNDONE else (),
    )


def _trouble(error: Mapping[str, object]) -> Trouble:
    code, parameters = str(error["code"]), error["parameters"]
    assert isinstance(parameters, dict)
    known = definitions().get(code)
    return Trouble(code, known.message if known else code, known.hint if known else "", parameters)
