"""The measures of a case, and of every case the subject is in."""

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, Q, QuerySet

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.models import Person
from okiagari.desk.subjects import Subject
from okiagari.plumbing.readings import shared
from okiagari.remedy import rules
from okiagari.remedy.models import CutIn, Measure, Stock, StockCount
from okiagari.remedy.queries.values import CountView, CutInView, MeasureView, StockView
from okiagari.standards.localtext import LocalText


@shared
def measures(subject: Subject, case_id: str) -> tuple[MeasureView, ...]:
    """Every measure of the case, the newest first; withdrawn ones too."""
    permits.require(subject, "cases.inside")
    case = find(subject, Case, case_id)
    return _views(_rows(subject).filter(Q(case=case) | Q(vulnerabilities__case=case)).distinct())


def measure(subject: Subject, measure_id: str) -> MeasureView:
    """One measure. Raises NOTHING_HERE."""
    found = (
        _views(_rows(subject).filter(public_id=measure_id)) if permits.may(subject, "cases.inside") else ()
    )
    if not found:
        raise permits.NOTHING_HERE()
    return found[0]


def in_force(
    subject: Subject, kinds: Sequence[str] = tuple(sorted(rules.STOPPING)), *, limit: int = 200
) -> tuple[MeasureView, ...]:
    """What is stopped, called back or cut in now, in all cases the subject is in; the newest first."""
    if not permits.may(subject, "cases.inside"):
        return ()
    return _views(_rows(subject).filter(kind__in=list(kinds), state__in=rules.ALIVE)[:limit])


def promised(subject: Subject, case_id: str) -> tuple[MeasureView, ...]:
    """Measures that are planned with a date and words for the public: what an advisory may say of them."""
    return tuple(
        each
        for each in measures(subject, case_id)
        if each.state == "planned" and each.planned and each.planned_wording
    )


def _rows(subject: Subject) -> "QuerySet[Measure]":
    counts = StockCount.objects.order_by("-day", "-pk")
    stocks = Stock.objects.order_by("place", "name").prefetch_related(Prefetch("counts", counts))
    cut_ins = CutIn.objects.select_related("target").order_by("pk")
    return (
        Measure.objects.filter(scope_id__in=permits.scopes(subject))
        .select_related("case", "release__line", "successor", "made_by", "approved_by")
        .select_related("end_asked_by", "end_approved_by")
        .prefetch_related(
            "targets", "vulnerabilities", Prefetch("stocks", stocks), Prefetch("cut_ins", cut_ins)
        )
        .order_by("-made_at", "-pk")
    )


def _views(rows: Iterable[Measure]) -> tuple[MeasureView, ...]:
    return tuple(_view(row) for row in rows)


def _name(person: Person | None) -> LocalText:
    return person.name if person else LocalText()


def _view(row: Measure) -> MeasureView:
    return MeasureView(
        id=row.public_id,
        case_id=row.case.public_id,
        case_title=row.case.title,
        kind=row.kind,
        state=row.state,
        text=row.text,
        targets=tuple(sorted(target.key for target in row.targets.all())),
        vulnerabilities=tuple(sorted(flaw.public_id for flaw in row.vulnerabilities.all())),
        release=_release(row),
        successor=row.successor.model if row.successor else "",
        planned=row.planned,
        planned_confidence=row.planned_confidence,
        planned_wording=row.planned_wording,
        verification=dict(row.verification or {}),
        places=tuple(row.places or ()),
        begins_at=row.begins_at,
        is_urgent=row.is_urgent,
        reason=row.reason,
        made_at=row.made_at,
        made_by=_name(row.made_by),
        made_by_key=row.made_by.username if row.made_by else "",
        ready_at=row.ready_at,
        approved_by=_name(row.approved_by),
        expires_at=row.expires_at,
        end_reason=row.end_reason,
        end_asked_at=row.end_asked_at,
        end_asked_by=_name(row.end_asked_by),
        end_asked_by_key=row.end_asked_by.username if row.end_asked_by else "",
        end_approved_by=_name(row.end_approved_by),
        ended_at=row.ended_at,
        stocks=tuple(_stock(each) for each in row.stocks.all()),
        cut_ins=tuple(_cut_in(each, row) for each in row.cut_ins.all()),
    )


def _release(row: Measure) -> tuple[str, str] | None:
    return (row.release.line.key, row.release.text) if row.release else None


def _stock(row: Stock) -> StockView:
    counts = tuple(CountView(each.done, each.day, each.source, each.noted_at) for each in row.counts.all())
    return StockView(row.place, row.name, row.units, counts)


def _cut_in(row: CutIn, measure: Measure) -> CutInView:
    return CutInView(
        measure=measure.public_id,
        case_id=measure.case.public_id,
        target=row.target.key,
        factory=row.factory,
        counted_by=row.counted_by,
        order=tuple(row.order or ()),
        first=row.first,
        since=row.since,
        source=row.source,
        release=_release(measure),
    )
