"""Which cases an advisory draws on, when cases are joined or split. See `cases.moving`.

Nothing that was published changes. What an advisory would say next is drawn anew, so that an approval of
other content no longer counts.
"""

from okiagari.cases.models import Case, Vulnerability
from okiagari.cases.moving import Pairs, Record, carry
from okiagari.desk import scopes
from okiagari.desk.models import Scope
from okiagari.disclose.jvn.models import StatusReport, VendorStatement
from okiagari.disclose.models import (
    Advisory,
    AdvisoryCase,
    AdvisoryVulnerability,
    CveDeed,
    CveId,
    QuietEnd,
)
from okiagari.plumbing import clock


def absorb(source: Case, target: Case, same: Pairs) -> Record:
    there = AdvisoryCase.objects.filter(case=target).values("advisory_id")
    links = AdvisoryCase.objects.filter(case=source)
    doubled = list(links.filter(advisory_id__in=there).order_by("pk").values_list("advisory_id", flat=True))
    links.filter(advisory_id__in=there).delete()
    moved = list(links.order_by("pk").values_list("pk", flat=True))
    links.update(case=target)
    flaws = _rename(same)
    _rescope(target)
    return {
        "advisories": moved,
        "doubled_advisories": doubled,
        "advisory_flaws": flaws,
        "cve_ids": _same_ids(same),
        "spoken": _speak_again(source, target),
        "status_reports": carry(StatusReport.objects.filter(case=source), target),
        "statement": _statement(source, target),
    }


def _statement(source: Case, target: Case) -> list[int]:
    """One statement for JVN is enough: that of the target stands, where it has one."""
    if VendorStatement.objects.filter(case=target).exists():
        return []
    return carry(VendorStatement.objects.filter(case=source), target)


def _speak_again(source: Case, target: Case) -> list[int]:
    """Unless both were to end without a word, what joins the target wants an answer: say something or not?"""
    standing = QuietEnd.objects.filter(taken_back_at=None)
    if standing.filter(case=source).exists():
        return []
    rows = standing.filter(case=target)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(taken_back_at=clock.now())
    return keys


def _rename(same: Pairs) -> list[list[int]]:
    """An advisory on one of two names speaks of the one that stays; one on both already does."""
    renamed = []
    for mine, theirs in sorted(same.items()):
        has_both = AdvisoryVulnerability.objects.filter(vulnerability_id=theirs).values("advisory_id")
        rows = AdvisoryVulnerability.objects.filter(vulnerability_id=mine).exclude(advisory_id__in=has_both)
        for row in rows.order_by("pk"):
            row.vulnerability_id = theirs
            row.save()
            renamed.append([row.pk, mine])
    return renamed


def _same_ids(same: Pairs) -> list[list[int]]:
    """The ids kept for a flaw, and what was done about each, go to the one that stays; one it has stays."""
    moved = []
    for mine, theirs in sorted(same.items()):
        there = CveId.objects.filter(vulnerability_id=theirs).values("number")
        for row in CveId.objects.filter(vulnerability_id=mine).exclude(number__in=there).order_by("pk"):
            _give_id(row.pk, theirs)
            moved.append([row.pk, mine])
    return moved


def _give_id(key: int, flaw: int) -> None:
    CveId.objects.filter(pk=key).update(vulnerability_id=flaw)
    CveDeed.objects.filter(cve_id=key).update(vulnerability_id=flaw)


def give_back(source: Case, target: Case, record: Record) -> None:
    AdvisoryCase.objects.filter(pk__in=record["advisories"], case=target).update(case=source)
    for advisory in record["doubled_advisories"]:
        AdvisoryCase.objects.get_or_create(advisory_id=advisory, case=source)
    QuietEnd.objects.filter(pk__in=record["spoken"]).update(taken_back_at=None)
    carry(StatusReport.objects.filter(pk__in=record.get("status_reports", ()), case=target), source)
    carry(VendorStatement.objects.filter(pk__in=record.get("statement", ()), case=target), source)
    for key, flaw in record.get("cve_ids", ()):
        _give_id(key, flaw)
    for key, flaw in record["advisory_flaws"]:
        AdvisoryVulnerability.objects.filter(pk=key).update(vulnerability_id=flaw)
    for case in (source, target):
        _rescope(case)


def part(source: Case, target: Case) -> Record:
    """An advisory goes with its flaws; one on flaws of both draws on both cases from now on."""
    gone = Vulnerability.objects.filter(case=target)
    about = AdvisoryVulnerability.objects.filter(advisory__cases__case=source)
    touched = set(about.filter(vulnerability__in=gone).values_list("advisory_id", flat=True))
    left = set(about.filter(vulnerability__case=source).values_list("advisory_id", flat=True))
    moved = []
    for key in sorted(touched):
        if key in left:
            AdvisoryCase.objects.create(advisory_id=key, case=target)
        else:
            AdvisoryCase.objects.filter(advisory_id=key, case=source).update(case=target)
            moved.append(key)
    for case in (source, target):
        _rescope(case)
    return {"advisories": moved, "shared_advisories": sorted(touched & left)}


def _rescope(case: Case) -> None:
    """Of one case: its scope. Of several: one that holds nobody, so that who sees all of them sees it."""
    for advisory in Advisory.objects.filter(cases__case=case).order_by("pk"):
        of_cases = list(advisory.cases.order_by("pk").values_list("case__scope_id", flat=True))
        wanted = of_cases[0] if len(of_cases) == 1 else _of_nobody(advisory)
        if advisory.scope_id != wanted:
            Advisory.objects.filter(pk=advisory.pk).update(scope_id=wanted)


def _of_nobody(advisory: Advisory) -> int:
    own = Scope.objects.filter(pk=advisory.scope_id, kind="advisory").first()
    return (own or scopes.opened("advisory")).pk
