"""Asks CVE Services for ids, in one request for those that are wanted together.

A request that was answered is never repeated, and one whose answer was lost is not either: before asking, the
ids the account holds are written down; what it holds afterwards and nobody here knows is what the lost answer
brought. Each id becomes the number of its vulnerability.
"""

from collections.abc import Sequence

from okiagari.cases import actions as cases
from okiagari.cases.models import Vulnerability
from okiagari.disclose.models import CveDeed, CveId
from okiagari.engines.cve_services.problems import UNCLEAR
from okiagari.plumbing import clock, ledger
from okiagari.problems import Problem

from . import connecting, rules
from .telling import in_name_of, tell


def reserve(deed: CveDeed) -> None:
    """Get the ids of a request. Raises what the services refuse."""
    wanted = CveDeed.objects.filter(batch=deed.batch, state="waiting")
    found = _found(deed, wanted.count())
    waiting = list(wanted.select_related("vulnerability").order_by("pk"))
    for row, number in zip(waiting, found, strict=False):
        _keep(row, number)
    if len(found) < len(waiting):
        raise UNCLEAR(why="fewer ids than asked for")


def _found(deed: CveDeed, count: int) -> Sequence[str]:
    year, me = deed.asked_at.year, connecting.user()
    with connecting.services() as client:
        held = [each.cve for each in client.ids(year=year, state="RESERVED") if each.user == me]
        found: tuple[str, ...] = ()
        if deed.is_sent:
            known = CveId.objects.exclude(owner="others").values_list("number", flat=True)
            found = rules.lost(held, deed.before, known, count)
        else:
            together = CveDeed.objects.filter(batch=deed.batch, state="waiting")
            together.update(before=held, is_sent=True)
        if len(found) < count:
            fresh = client.reserve(count - len(found), year, is_sequential=deed.is_sequential)
            found += tuple(each.cve for each in fresh.held)
    return found


def _keep(deed: CveDeed, number: str) -> None:
    """The number belongs to the vulnerability from now on, unless it got another meanwhile."""
    subject = in_name_of(deed.asked_by_id)
    with ledger.action():
        row = CveDeed.objects.select_for_update().get(pk=deed.pk)
        flaw = Vulnerability.objects.select_related("case").get(pk=deed.vulnerability_id)
        now = clock.now()
        row.cve = CveId.objects.create(
            vulnerability=flaw,
            number=number,
            owner="ours",
            state=rules.RESERVED,
            state_at=now,
            made_at=now,
        )
        row.state, row.done_at, row.errors = "done", now, []
        row.save()
        is_used = flaw.cve == "" and _is_numbered(deed, flaw, number)
        verb = "cve_reserved" if is_used else "cve_unused"
        tell(subject, flaw, verb, cve=number, title=dict(flaw.title.texts))


def _is_numbered(deed: CveDeed, flaw: Vulnerability, number: str) -> bool:
    """False where the case was closed, or the vulnerability withdrawn, while the services were asked."""
    try:
        cases.change_vulnerability(in_name_of(deed.asked_by_id), flaw.public_id, cve=number)
    except Problem:
        return False
    return True
