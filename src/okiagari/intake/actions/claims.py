"""A report that claims to belong to a conversation, from a stranger to it: a person decides."""

from okiagari.cases import actions as cases
from okiagari.cases.models import Communication
from okiagari.desk import permits
from okiagari.desk.aggregates import changing
from okiagari.desk.subjects import Subject
from okiagari.intake.actions import filing, judging
from okiagari.intake.actions.quarantine import Kept
from okiagari.intake.models import Report
from okiagari.plumbing import clock, ledger
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

CLAIMS_NOTHING = define(
    "intake.claims_nothing",
    Kind.CONFLICT,
    gettext_noop("This report does not claim to belong to another conversation."),
    gettext_noop("Link it to a case, or mark it as a duplicate, instead."),
)


def confirm_claim(subject: Subject, report_id: str, *, reason: str) -> str:
    """Bring the report into the conversation it claims to belong to, and close it. Returns that one's number.

    Raises CLAIMS_NOTHING, NOTHING_HERE where the conversation is not the subject's to see, REASON_NEEDED.
    """
    with ledger.action():
        with changing(subject, "intake.work", Report, report_id) as report:
            claimed = report.claims
            if not claimed:
                raise CLAIMS_NOTHING()
            report.claims = ""
        files = [
            Kept(each.name, each.content_type, each.blob.sha256, each.blob.size)
            for each in report.attachments.select_related("blob").order_by("pk")
        ]
        if claimed.startswith("REP"):
            _to_report(subject, report, claimed, files)
        else:
            _to_case(subject, report, claimed, files)
        judging.close_report(subject, report_id, reason=reason)
    return claimed


def dismiss_claim(subject: Subject, report_id: str) -> None:
    """It is a report of its own after all. Raises CLAIMS_NOTHING."""
    with changing(subject, "intake.work", Report, report_id) as report:
        if not report.claims:
            raise CLAIMS_NOTHING()
        report.claims = ""
        judging.line(subject, report, "intake.claim_dismissed", {})


def _to_report(subject: Subject, report: Report, claimed: str, files: list[Kept]) -> None:
    with changing(subject, "intake.work", Report, claimed) as other:
        filing.add_message(
            other, LocalText({report.language: report.text}, report.language), at=report.received_at
        )
        added = filing.add_files(other, files, at=report.received_at)
        other.news_at = other.news_at or clock.now()
        facts: dict[str, object] = {"files": added, "from": report.public_id}
        judging.line(subject, other, "intake.reporter_wrote", facts)


def _to_case(subject: Subject, report: Report, claimed: str, files: list[Kept]) -> None:
    row = (
        Communication.objects.select_related("case")
        .filter(public_id=claimed, scope_id__in=permits.scopes(subject))
        .first()
    )
    if row is None:
        raise permits.NOTHING_HERE()
    cases.receive_reply(
        subject,
        row.case.public_id,
        text=report.text,
        reply_to=row.public_id,
        subject_line=report.title,
        language=report.language,
        at=report.received_at,
        files=[cases.Inclosure(each.name, each.content_type, each.sha256) for each in files],
    )
