"""Writes a report and what hangs on it. Inside the transaction of the action that asks for it.

Who sees a new report: the teams its kind belongs to, and the person who entered it with their own teams.
Who sees the reporter: the team that answers, and the person who entered it; nobody else.
"""

from collections.abc import Sequence
from datetime import datetime

from okiagari.desk import scopes
from okiagari.desk.models import Membership, Person
from okiagari.desk.permits import Level
from okiagari.desk.subjects import Subject
from okiagari.intake.actions import reporters, traits
from okiagari.intake.actions.quarantine import Kept, blobs
from okiagari.intake.actions.reporters import ReporterData
from okiagari.intake.models import Attachment, Message, Report, Spooled
from okiagari.intake.rules import states
from okiagari.plumbing import ledger
from okiagari.standards.localtext import LocalText


def file_report(
    subject: Subject, report: Report, *, reporter: ReporterData | None, files: Sequence[Kept]
) -> Report:
    """Save a new report with its scope, its reporter, its files and its first line in the ledger."""
    scope = scopes.opened("report")
    report.scope = scope
    report.entered_by_id = subject.person_id
    if not report.public_id:
        report.public_id = _number(report, subject)
    report.save(force_insert=True)
    admit(subject, report)
    if reporter and reporter.says_anything:
        reporters.make(subject, report, reporter)
    added = add_files(report, files, at=report.received_at)
    traits.save(report)
    ledger.append(
        ("report", report.public_id),
        subject=subject,
        verb="intake.received",
        facts={
            "report": report.public_id,
            "source": report.source,
            "kind": report.kind,
            "reference": report.reference,
            "received_at": report.received_at,
            "first_contact_at": report.first_contact_at,
            "files": added,
        },
        scope=report.scope_id,
    )
    return report


def _number(report: Report, subject: Subject) -> str:
    """A number from the one register, so that no two doors give the same one."""
    at = report.received_at
    return Spooled.objects.create(received_at=at, absorbed_at=at, door=subject.door, body={}).number


def admit(subject: Subject, report: Report) -> None:
    """Let the teams of its kind in to lead, and who entered it with their teams in to see."""
    scopes.admit_teams(report.scope_id, states.TEAMS[report.kind], Level.LEAD, f"{report.kind} report")
    if report.entered_by_id is None:
        return
    own = Person.objects.values_list("principal_id", flat=True).get(pk=report.entered_by_id)
    scopes.admit(report.scope_id, own, Level.SEE, "entered it")
    teams = Membership.objects.filter(person_id=report.entered_by_id)
    for principal in teams.values_list("team__principal_id", flat=True):
        scopes.admit(report.scope_id, principal, Level.SEE, "team of who entered it")


def add_files(report: Report, files: Sequence[Kept], *, at: datetime) -> list[dict[str, object]]:
    """Attach files in quarantine. Returns what the ledger says of them."""
    for file, blob in blobs(files):
        Attachment.objects.create(
            report=report,
            scope_id=report.scope_id,
            blob=blob,
            name=file.name,
            content_type=file.content_type,
            received_at=at,
        )
    return [{"sha256": file.sha256, "size": file.size} for file in files]


def add_message(
    report: Report, text: LocalText, *, at: datetime, by: Subject | None = None, letter: str = ""
) -> Message | None:
    """Something said: by us where `by` is given, else by the reporter."""
    if not text:
        return None
    return Message.objects.create(
        report=report,
        scope_id=report.scope_id,
        direction="out" if by else "in",
        text=text,
        at=at,
        by_id=by.person_id if by else None,
        letter=letter,
    )
