"""Which reports lead to which cases: joined and parted with a reason, at either end; duplicates go along.

A report may lead to several cases and a case may come from several reports. What repeats a report joins
its cases and leaves them with it. Nobody is let in to anything by a link.
"""

from collections.abc import Iterable, Mapping

from okiagari.cases import actions as cases
from okiagari.cases import queries as case_queries
from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import changing, find
from okiagari.desk.models import Organisation
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.intake.actions import obligations
from okiagari.intake.models import Report, ReportCase
from okiagari.intake.rules import states
from okiagari.plumbing import clock, ledger
from okiagari.problems import Kind, Problem, define, gettext_noop
from okiagari.standards import deadlines

ALREADY_LINKED = define(
    "intake.already_linked",
    Kind.CONFLICT,
    gettext_noop("%(report)s is already part of %(case)s."),
    gettext_noop("Choose another case, or open a new one."),
)
NO_SUCH_REPORT = define(
    "intake.no_such_report",
    Kind.INVALID,
    gettext_noop("There is no report “%(report)s”."),
    gettext_noop("Check the number, or choose one of the list."),
)
NOT_LINKED = define(
    "intake.not_linked",
    Kind.CONFLICT,
    gettext_noop("%(report)s is not part of %(case)s."),
    gettext_noop("Load the page again: somebody may have parted them already."),
)
COORDINATOR = "JPCERT/CC"


def link(
    subject: Subject, report_id: str, *, case_id: str, reason: str = "", version: int | None = None
) -> None:
    """Let a report lead to one more case. A duplicate may be linked as well, and stays one.

    Raises WRONG_STATE, IS_CLOSED, ALREADY_LINKED, and what starting the case's clocks raises.
    """
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        if report.state == "closed" or (report.state == "invalid" and report.verdict != "duplicate"):
            states.check_move(report.state, "accepted")
        case = case_named(subject, case_id)
        join(subject, report, case, reason=reason.strip())
        if report.state != "invalid":
            report.state = "accepted"
        _line(subject, report, "intake.linked", case=case.public_id, reason=reason.strip())


def unlink(
    subject: Subject, report_id: str, *, case_id: str, reason: str, version: int | None = None
) -> None:
    """Part a report from a case, and with it the duplicates that came along. Raises NOT_LINKED."""
    said = states.check_reason(reason)
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        case = case_named(subject, case_id)
        permits.require(subject, "cases.work", case.scope_id)
        if not report.links.filter(case=case).exists():
            raise NOT_LINKED(report=report.public_id, case=case.public_id).at("case_id")
        _part(subject, report, case, said)
        for each in followers(report):
            if each.links.filter(case=case, via__isnull=False).exists():
                _part(subject, each, case, said)
        if report.state == "accepted" and not report.links.exists():
            report.state = "valid" if report.assessed_at else "received"
        _line(subject, report, "intake.unlinked", case=case.public_id, reason=said)


def join(
    subject: Subject, report: Report, case: Case, *, reason: str = "", opened: bool = False
) -> dict[str, object]:
    """Link a report whose root is locked, with its clocks and its duplicates. Returns the facts of it."""
    permits.require(subject, "cases.work", case.scope_id)
    if report.links.filter(case=case).exists():
        raise ALREADY_LINKED(report=report.public_id, case=case.public_id).at("case_id")
    ReportCase.objects.create(report=report, case=case, reason=reason, linked_at=clock.now())
    obligations.start(subject, report, case.public_id)
    if report.source == "jpcert":
        _name_coordinator(subject, report, case.public_id)
    facts = {
        "report": report.public_id,
        "case": case.public_id,
        "source": report.source,
        "reference": report.reference,
        "opened": opened,
        "reason": reason,
    }
    _case_line(subject, case, "intake.report_linked", facts)
    for each in followers(report):
        follow(subject, each, report, [case])
    return facts


def follow(subject: Subject, report: Report, original: Report, into: Iterable[Case] | None = None) -> None:
    """A duplicate joins the cases of what it repeats, as the system where the subject is in none of them."""
    found = Case.objects.filter(pk__in=original.links.values("case_id")).order_by("pk")
    for case in found if into is None else into:
        if report.links.filter(case=case).exists():
            continue
        ReportCase.objects.create(report=report, case=case, via=original, linked_at=clock.now())
        if case.closed_at is None:
            obligations.start(SYSTEM.through(subject.door), report, case.public_id)
        facts = {"report": report.public_id, "original": original.public_id, "source": report.source}
        _case_line(subject, case, "intake.duplicate_linked", facts)


def sender_learned(subject: Subject, report: Report, *, before: str, reason: str) -> None:
    """A report turns out to be from somebody else: every open case it led to follows, as the system.

    JPCERT/CC becomes a party (its clock was started already); what it alone made a case owe is waived.
    """
    system = SYSTEM.through(subject.door)
    for case_id in obligations.open_cases(report):
        if report.source == "jpcert":
            _name_coordinator(system, report, case_id)
        elif before == "jpcert":
            obligations.drop(subject, report, case_id, reason, only=deadlines.JPCERT_PUBLICATION.key)


def follow_with_all(subject: Subject, report: Report, original: Report) -> None:
    """It and everything that repeats it join the cases of the original."""
    for each in (report, *followers(report)):
        follow(subject, each, original)


def leave(subject: Subject, report: Report, reason: str) -> None:
    """What joined as a duplicate leaves again: it repeats nothing any more."""
    for each in (report, *followers(report)):
        rows = each.links.select_related("case").filter(via__isnull=False).exclude(via=report)
        for row in rows.order_by("pk"):
            _part(subject, each, row.case, reason)


def followers(report: Report) -> list[Report]:
    """Every report that repeats this one, or one that repeats it."""
    found: dict[int, Report] = {}
    ends = [report.pk]
    while ends:
        rows = Report.objects.filter(duplicate_of_id__in=ends).exclude(pk__in=[*found, report.pk])
        layer = {each.pk: each for each in rows.order_by("pk")}
        found |= layer
        ends = list(layer)
    return list(found.values())


def case_named(subject: Subject, number: str) -> Case:
    """The case behind a number; that of a merged case leads on. Raises NOTHING_HERE at its field."""
    try:
        return find(subject, Case, case_queries.leads_on(subject, number) or number)
    except Problem as problem:
        raise problem.at("case_id") from None


def _part(subject: Subject, report: Report, case: Case, reason: str) -> None:
    ReportCase.objects.filter(report=report, case=case).delete()
    if case.closed_at is None:
        obligations.drop(subject, report, case.public_id, reason)
    _case_line(subject, case, "intake.report_unlinked", {"report": report.public_id, "reason": reason})


def _name_coordinator(subject: Subject, report: Report, case_id: str) -> None:
    parties = case_queries.case(SYSTEM, case_id).parties
    if any(each.role == "coordinator" and each.reference == report.reference for each in parties):
        return
    known = Organisation.objects.filter(kind="coordinator", key__startswith="jpcert").first()
    cases.add_party(
        subject,
        case_id,
        role="coordinator",
        organisation=known.key if known else None,
        name="" if known else COORDINATOR,
        reference=report.reference,
    )


def _case_line(subject: Subject, case: Case, verb: str, facts: Mapping[str, object]) -> None:
    stream = ("case", case.public_id)
    ledger.append(stream, subject=subject, verb=verb, facts=facts, scope=case.scope_id)


def _line(subject: Subject, report: Report, verb: str, **facts: object) -> None:
    ledger.append(
        ("report", report.public_id),
        subject=subject,
        verb=verb,
        facts={"report": report.public_id, **facts},
        scope=report.scope_id,
    )
