"""What a report makes a case owe: to acknowledge it in time and, through JPCERT/CC, to publish in time.

Where a report is answered or amended by somebody who is not in the case, the clocks follow as the system.
"""

from okiagari.cases import actions as cases
from okiagari.cases import queries as case_queries
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.intake.models import Report
from okiagari.standards import deadlines


def start(subject: Subject, report: Report, case_id: str) -> None:
    """Start the clocks of one report in one case. The same again does nothing. Raises CLOCK_RUNS."""
    cases.start_clock(
        subject,
        case_id,
        rule=deadlines.ACKNOWLEDGE_REPORT.key,
        anchor_at=report.received_at,
        anchor_source=report.public_id,
    )
    if report.source == "jpcert":
        cases.start_clock(
            subject,
            case_id,
            rule=deadlines.JPCERT_PUBLICATION.key,
            anchor_at=report.first_contact_at,
            anchor_source=report.public_id,
        )
    meet_acknowledgement(report, case_id)


def start_everywhere(subject: Subject, report: Report) -> None:
    """Bring the clocks of every open case it led to up to date, as far as they wait for what is now known."""
    for case_id in open_cases(report):
        start(SYSTEM.through(subject.door), report, case_id)


def meet_acknowledgements(report: Report) -> None:
    for case_id in open_cases(report):
        meet_acknowledgement(report, case_id)


def meet_acknowledgement(report: Report, case_id: str) -> None:
    """The clock is met by the acknowledgement, at its time."""
    if report.acknowledged_at is None:
        return
    for each in case_queries.clocks(SYSTEM, case_id):
        is_ours = each.rule == deadlines.ACKNOWLEDGE_REPORT.key and each.anchor_source == report.public_id
        if is_ours and each.met_at is None and not each.waived_reason:
            cases.meet_clock(SYSTEM, each.id, at=report.acknowledged_at, by=report.public_id)


def drop(subject: Subject, report: Report, case_id: str, reason: str, *, only: str = "") -> None:
    """What a report made the case owe is waived, and stays readable; `only` by this rule, or all of it."""
    for each in case_queries.clocks(SYSTEM, case_id):
        is_ours = each.anchor_source == report.public_id and only in ("", each.rule)
        if is_ours and each.met_at is None and not each.waived_reason:
            cases.waive_clock(SYSTEM.through(subject.door), each.id, reason=reason)


def open_cases(report: Report) -> list[str]:
    links = report.links.filter(case__closed_at__isnull=True)
    return list(links.values_list("case__public_id", flat=True))
