"""What waits because JPCERT/CC was not told: read by `flow`, as the system; it holds nothing back.

A case that JPCERT/CC coordinates owes a report as soon as it has products, and again after every change. One
that was closed before anything was told here is over.
"""

from collections.abc import Iterator
from datetime import datetime

from okiagari.cases import queries as cases
from okiagari.cases.gates import Missing
from okiagari.cases.models import Case, Obligation
from okiagari.cases.reading import by_key, flaws_of, parties_of
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.jvn import due, report, rules
from okiagari.disclose.jvn.models import StatusReport
from okiagari.plumbing import mail
from okiagari.problems import gettext_noop
from okiagari.standards.deadlines import JPCERT_PUBLICATION

UNTOLD = gettext_noop("JPCERT/CC has not been told: %(what)s")
UNSENT = gettext_noop("The report to JPCERT/CC has not gone out: send it by hand")
TELL = gettext_noop("Tell JPCERT/CC")
SEE_LETTER = gettext_noop("Look at the letter")
BY_HAND = "by_hand"
"""A letter that failed says so by itself (`flow.talks`)."""


def waiting(case_id: int) -> tuple[Missing, ...]:
    """The report that is owed, and a letter with one that nobody has sent."""
    return tuple(_waiting(case_id))


def _waiting(case_id: int) -> Iterator[Missing]:
    case = by_key(case_id)
    if not _may_be_coordinated(case) or not rules.is_coordinated(cases.case(SYSTEM, case.public_id)):
        return
    last = report.newest(case.public_id)
    if last is None and case.closed_at is not None:
        return
    until = publication_due(case_id)
    if last is not None and is_stuck(last):
        yield Missing("disclose.unsent", UNSENT, due=until, tab="messages", action=SEE_LETTER)
    found = due.outstanding(case, last)
    if found.is_owed:
        facts = {"what": found.what.to_json()}
        yield Missing("disclose.untold", UNTOLD, facts, due=until, tab="jvn", action=TELL)


def _may_be_coordinated(case: Case) -> bool:
    """Most cases have neither a number of JVN nor a party: that is seen without reading all of the case."""
    return any(flaw.jvn for flaw in flaws_of(case)) or bool(parties_of(case))


def is_stuck(last: StatusReport) -> bool:
    """Whether the letter of the last report still waits for somebody to send it."""
    letter = last.message.letter if last.message else ""
    return bool(letter) and any(each.state == BY_HAND for each in mail.deliveries([letter]).values())


def publication_due(case_id: int) -> datetime | None:
    """When the publication agreed with JPCERT/CC falls due, while that clock runs."""
    running = Obligation.objects.filter(
        case_id=case_id, rule=JPCERT_PUBLICATION.key, met_at=None, waived_reason="", due_at__isnull=False
    )
    found = [row.extended_to or row.due_at for row in running]
    return min((each for each in found if each), default=None)
