"""From a report to a case: a new one, or one that is already worked on. Reports and cases are n to m.

The case gets the report's clocks and, for a report of JPCERT/CC, the coordinator as a party. Nobody is
let in to the report or to the reporter's identity by it, and nobody to the case.
"""

from okiagari.cases import actions as cases
from okiagari.desk.aggregates import changing
from okiagari.desk.subjects import Subject
from okiagari.intake.actions import linking
from okiagari.intake.models import Report
from okiagari.intake.rules import states
from okiagari.plumbing import ledger
from okiagari.standards.localtext import LocalText


def accept(
    subject: Subject,
    report_id: str,
    *,
    case_id: str | None = None,
    title: LocalText | None = None,
    version: int | None = None,
) -> str:
    """Take the report into this case, or open one for it. Returns the case's number.

    Raises WRONG_STATE, ALREADY_LINKED, and what opening a case or starting its clocks raises.
    """
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        states.check_move(report.state, "accepted")
        opened = not (case_id and case_id.strip())
        number = _opened(subject, report, title) if opened else (case_id or "")
        case = linking.case_named(subject, number)
        facts = linking.join(subject, report, case, opened=opened)
        report.state = "accepted"
        ledger.append(
            ("report", report.public_id),
            subject=subject,
            verb="intake.accepted",
            facts=facts,
            scope=report.scope_id,
        )
    return case.public_id


def _opened(subject: Subject, report: Report, title: LocalText | None) -> str:
    words = title or LocalText({report.language: report.title}, report.language)
    return cases.open_case(subject, title=words, kinds=[report.kind])
