"""Measures of two cases in one, and of one in two. See `cases.moving`.

A measure hangs on one case and may name flaws of others: it then counts for each of them (`queries`), so
that what concerns both is kept once and read in both.
"""

from django.db.models import Count, Q, QuerySet

from okiagari.cases.models import Case, Vulnerability
from okiagari.cases.moving import Chosen, Pairs, Record, carry, rescope
from okiagari.desk.permits import NOTHING_HERE
from okiagari.plumbing import ids
from okiagari.remedy.models import CutIn, Measure, Stock, StockCount


def absorb(source: Case, target: Case, same: Pairs) -> Record:
    narrowed = [*_narrow(source, target, same), *_narrow(target, source, same)]
    moved = _carry(Measure.objects.filter(case=source), target)
    named: list[list[int]] = []
    for mine, theirs in sorted(same.items()):
        for measure in Measure.objects.filter(vulnerabilities=mine).order_by("pk"):
            has_both = measure.vulnerabilities.filter(pk=theirs).exists()
            measure.vulnerabilities.remove(mine)
            measure.vulnerabilities.add(theirs)
            named.append([measure.pk, mine, 0 if has_both else theirs])
    return {"measures": moved, "named": named, "narrowed": narrowed}


def _narrow(one: Case, other: Case, same: Pairs) -> list[list[int]]:
    """What counts for "all of the case" goes on counting for what that was, and for nothing that joins it."""
    known = {*same, *same.values()}
    joining = Vulnerability.objects.filter(case=other, withdrawn_at=None).exclude(pk__in=known)
    if not joining.exists():
        return []
    return _name_all(one)


def _name_all(case: Case) -> list[list[int]]:
    flaws = list(Vulnerability.objects.filter(case=case, withdrawn_at=None).order_by("pk"))
    named = []
    for measure in Measure.objects.filter(case=case, vulnerabilities=None).order_by("pk"):
        measure.vulnerabilities.set(flaws)
        named.append([measure.pk, *(flaw.pk for flaw in flaws)])
    return named


def give_back(source: Case, target: Case, record: Record) -> None:
    _carry(Measure.objects.filter(pk__in=record["measures"], case=target), source)
    for key, mine, theirs in record["named"]:
        measure = Measure.objects.get(pk=key)
        measure.vulnerabilities.add(mine)
        if theirs:
            measure.vulnerabilities.remove(theirs)
    for key, *flaws in record["narrowed"]:
        Measure.objects.get(pk=key).vulnerabilities.remove(*flaws)


def part(source: Case, target: Case, chosen: Chosen) -> Record:
    """What is chosen goes, and what names none but flaws that went. Raises NOTHING_HERE."""
    wanted = {ids.folded(each) for each in chosen.measures}
    rows = Measure.objects.filter(case=source)
    _name_both(source, target)
    if rows.filter(public_id__in=wanted).count() != len(wanted):
        raise NOTHING_HERE()
    gone = Vulnerability.objects.filter(case=target).values("pk")
    counted = rows.annotate(
        all_of=Count("vulnerabilities", distinct=True),
        gone=Count("vulnerabilities", filter=Q(vulnerabilities__in=gone), distinct=True),
    )
    whole = [row.pk for row in counted if row.gone and row.gone == row.all_of]
    going = rows.filter(Q(pk__in=whole) | Q(public_id__in=wanted))
    return {"measures": _carry(going, target)}


def _carry(rows: QuerySet[Measure], target: Case) -> list[int]:
    """Measures with their stocks and cut-ins."""
    moved = carry(rows, target)
    rescope(Stock.objects.filter(measure__in=moved), target)
    rescope(StockCount.objects.filter(stock__measure__in=moved), target)
    rescope(CutIn.objects.filter(measure__in=moved), target)
    return moved


def _name_both(source: Case, target: Case) -> None:
    """What counted for the whole case counts for both parts of it."""
    flaws = Vulnerability.objects.filter(case__in=(source, target), withdrawn_at=None)
    if flaws.filter(case=target).exists():
        for measure in Measure.objects.filter(case=source, vulnerabilities=None).order_by("pk"):
            measure.vulnerabilities.set(flaws)


def shared_cases(case_id: int) -> list[int]:
    """Other cases for whose flaws a measure of this one counts: what moves it moves them."""
    names = Measure.vulnerabilities.through.objects.filter(measure__case_id=case_id)
    others = names.exclude(vulnerability__case_id=case_id).values_list("vulnerability__case_id", flat=True)
    return sorted(set(others))
