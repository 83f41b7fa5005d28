"""From a report to a case: a new one, or one that is already worked on. Reports and cases are n to m.

The case gets the report's clocks and, for a report of JPCERT/CC, the coordinator as a party. Nobody is
let in to the report or to the reporter's identity by it, and nobody to the case.
"""

from okiagari.cases import actions as cases
from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import changing, find
from okiagari.desk.models import Organisation
from okiagari.desk.subjects import Subject
from okiagari.intake.actions import obligations
from okiagari.intake.models import Report, ReportCase
from okiagari.intake.rules import states
from okiagari.plumbing import clock, ledger
from okiagari.problems import Kind, Problem, define, gettext_noop
from okiagari.standards.localtext import LocalText

ALREADY_LINKED = define(
    "intake.already_linked",
    Kind.CONFLICT,
    gettext_noop("%(report)s is already part of %(case)s."),
    gettext_noop("Choose another case, or open a new one."),
)
COORDINATOR = "JPCERT/CC"


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
        case = _case(subject, number)
        permits.require(subject, "cases.work", case.scope_id)
        if report.links.filter(case=case).exists():
            raise ALREADY_LINKED(report=report.public_id, case=case.public_id).at("case_id")
        ReportCase.objects.create(report=report, case=case, linked_at=clock.now())
        report.state = "accepted"
        obligations.start(subject, report, case.public_id)
        if report.source == "jpcert":
            _name_coordinator(subject, report, case.public_id)
        facts = {
            "report": report.public_id,
            "case": case.public_id,
            "source": report.source,
            "reference": report.reference,
            "opened": opened,
        }
        ledger.append(
            ("case", case.public_id),
            subject=subject,
            verb="intake.report_linked",
            facts=facts,
            scope=case.scope_id,
        )
        ledger.append(
            ("report", report.public_id),
            subject=subject,
            verb="intake.accepted",
            facts=facts,
            scope=report.scope_id,
        )
    return case.public_id


def _case(subject: Subject, number: str) -> Case:
    try:
        return find(subject, Case, number)
    except Problem as problem:
        raise problem.at("case_id") from None


def _opened(subject: Subject, report: Report, title: LocalText | None) -> str:
    words = title or LocalText({report.language: report.title}, report.language)
    return cases.open_case(subject, title=words, kinds=[report.kind])


def _name_coordinator(subject: Subject, report: Report, case_id: str) -> None:
    known = Organisation.objects.filter(kind="coordinator", key__startswith="jpcert").first()
    cases.add_party(
        subject,
        case_id,
        role="coordinator",
        organisation=known.key if known else None,
        name="" if known else COORDINATOR,
        reference=report.reference,
    )
