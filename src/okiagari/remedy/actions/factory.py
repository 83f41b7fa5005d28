"""Cut-in at the factory: from which unit on a product ships with the fix."""

from collections.abc import Sequence

from okiagari.cases.models import Case
from okiagari.catalog import build
from okiagari.catalog.models import Target
from okiagari.desk.aggregates import changing
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.remedy import problems
from okiagari.remedy.actions.common import write
from okiagari.remedy.actions.planning import as_date, raise_all, rows_of, strangers
from okiagari.remedy.models import CutIn, Measure
from okiagari.remedy.rules import Kind, Order
from okiagari.remedy.rules.serials import NOT_IN_ORDER
from okiagari.standards.partialdate import PartialDate


def cut_in(
    subject: Subject,
    case_id: str,
    *,
    target: str,
    first: str,
    order: Sequence[str],
    counted_by: str = "serial",
    factory: str = "",
    release: tuple[str, str] | None = None,
    since: PartialDate | str = "",
    source: str = "",
    version: int | None = None,
) -> str:
    """A target ships with the fix from `first` on: a serial number or lot in the maker's own order.

    `order`: patterns, oldest first (``SR1A######``). Raises FIRST_NEEDED, BAD_PATTERN, NOT_IN_ORDER.
    """
    with changing(subject, "remedy.stop", Case, case_id, version=version) as case:
        raise_all(strangers(case, [target], ()))
        patterns = _checked(first, order)
        row = Target.objects.get(key=target)
        when = as_date(since)
        measure = _measure(subject, case, row, release=release, since=when)
        CutIn.objects.create(
            measure=measure,
            scope_id=case.scope_id,
            target=row,
            factory=factory.strip(),
            counted_by="lot" if counted_by == "lot" else "serial",
            order=list(patterns.patterns),
            first=first.strip(),
            since=when,
            source=source.strip(),
            said_at=clock.now(),
            said_by_id=subject.person_id,
        )
        facts = {"first": first.strip(), "factory": factory.strip(), "counted_by": counted_by}
        write(subject, measure, "remedy.cut_in", since=str(when), source=source.strip(), **facts)
        return str(measure.public_id)


def _checked(first: str, order: Sequence[str]) -> Order:
    if not first.strip() or not any(each.strip() for each in order):
        raise problems.FIRST_NEEDED().at("order" if first.strip() else "first")
    patterns = Order.read(order)
    if patterns.place(first) is None:
        raise NOT_IN_ORDER(text=first.strip(), patterns=", ".join(patterns.patterns)).at("first")
    return patterns


def _measure(
    subject: Subject, case: Case, row: Target, *, release: tuple[str, str] | None, since: PartialDate
) -> Measure:
    now = clock.now()
    named = build.release_named(build.locked_line(release[0]), release[1]) if release else None
    if named and row.line_id != named.line_id:
        raise problems.OTHER_LINE(target=row.key, line=named.line.key).at("release")
    measure = Measure.objects.create(
        case=case,
        scope_id=case.scope_id,
        kind=Kind.CUT_IN,
        state="ready",
        release=named,
        planned=since,
        made_at=now,
        made_by_id=subject.person_id,
        ready_at=now,
    )
    measure.targets.set(rows_of([row.key]))
    return measure
