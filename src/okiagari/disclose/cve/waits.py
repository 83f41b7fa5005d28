"""What waits for the team because of the ids of a case. Read by the gate of the room, as the system."""

from collections.abc import Iterator

from okiagari.cases.gates import Missing
from okiagari.disclose.models import Advisory, CveDeed, CveId
from okiagari.problems import gettext_noop

from . import rules

FAILED = gettext_noop("CVE Services: it did not work out for %(cve)s.")
HELD = gettext_noop("CVE Services: it is held up for %(cve)s and tried again.")
PROPOSED = gettext_noop("%(cve)s is no longer needed: reject it, or keep it.")
MISSING = gettext_noop("No public record yet, 72 hours after our page cited it: %(cve)s")
LOOK = gettext_noop("Look at it")
CHOOSE = gettext_noop("Choose")
TAB = "cve"
MOST_NAMED = 3


def waiting(case_id: int) -> Iterator[Missing]:
    """Of all vulnerabilities of a case."""
    return _of(vulnerability__case_id=case_id)


def of_advisory(advisory: Advisory) -> Iterator[Missing]:
    """Of the vulnerabilities an advisory is about."""
    return _of(vulnerability__in=advisory.vulnerabilities.values("vulnerability"))


def _of(**about: object) -> Iterator[Missing]:
    deeds = CveDeed.objects.filter(**about, state__in=("waiting", "failed"))
    for deed in deeds.select_related("cve", "vulnerability").order_by("pk"):
        number = {"cve": deed.cve.number if deed.cve else deed.vulnerability.public_id}
        if deed.state == "failed":
            yield Missing("disclose.cve_failed", FAILED, number, tab=TAB, action=LOOK)
        elif deed.attempts >= rules.HELD_AT:
            yield Missing("disclose.cve_held", HELD, number, tab=TAB, action=LOOK)
    rows = list(CveId.objects.filter(**about).select_related("vulnerability").order_by("number", "pk"))
    proposed = [row for row in rows if is_proposed(row)]
    for row in proposed:
        yield Missing("disclose.cve_proposed", PROPOSED, {"cve": row.number}, tab=TAB, action=CHOOSE)
    missed = [row for row in rows if row not in proposed and is_missed(row)]
    if missed:
        yield _missed(missed)


def _missed(rows: list[CveId]) -> Missing:
    """All of them in one line: a flaw in many products has many ids."""
    since = [row.cited_at for row in rows if row.cited_at]
    due = min(since) + rules.MISSING_AFTER if since else None
    numbers = list(dict.fromkeys(row.number for row in rows))
    named = [*numbers[:MOST_NAMED], "…"] if len(numbers) > MOST_NAMED else numbers
    return Missing("disclose.cve_missing", MISSING, {"cve": named}, due=due, tab=TAB, action=LOOK)


def is_missed(row: CveId) -> bool:
    """Told to be overdue, and still neither seen nor given up."""
    return row.missing_told_at is not None and row.public_at is None and row.state != rules.REJECTED


def is_proposed(row: CveId) -> bool:
    """An id of ours that nothing needs any more: a person gives it up or keeps it, never the house."""
    if row.owner != "ours" or row.state not in {rules.RESERVED, rules.PUBLISHED} or row.kept_at is not None:
        return False
    if row.vulnerability.withdrawn_at is not None or row.vulnerability.cve != row.number:
        return True
    about = Advisory.objects.filter(vulnerabilities__vulnerability=row.vulnerability_id)
    gone = about.filter(withdrawn_at__isnull=False, publications__state="published")
    return gone.exists() and not about.filter(withdrawn_at=None).exists()
