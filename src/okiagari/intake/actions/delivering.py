"""Brings a mail into the conversation it belongs to, or makes a report of it; in the caller's transaction."""

from collections.abc import Callable
from dataclasses import dataclass

from okiagari.cases import actions as cases
from okiagari.cases.models import Communication
from okiagari.desk.subjects import PUBLIC, SYSTEM, Door
from okiagari.intake.actions import filing
from okiagari.intake.actions.quarantine import Kept
from okiagari.intake.actions.reporters import ReporterData
from okiagari.intake.models import Message, Report
from okiagari.intake.rules import limits, submission
from okiagari.intake.rules import mail as rules
from okiagari.plumbing import clock, ledger, mail
from okiagari.standards.localtext import LocalText
from okiagari.standards.mail import reading

STRANGER = PUBLIC.through(Door.MAIL)


@dataclass(frozen=True)
class Arrived:
    """A mail with its words made ready and its files in quarantine."""

    read: reading.Incoming
    text: str
    files: tuple[Kept, ...]

    @property
    def language(self) -> str:
        return rules.language(f"{self.read.subject}\n{self.text}")


@dataclass(frozen=True)
class Talk:
    """A conversation that a mail names, and how the mail is brought into it."""

    found: rules.Found
    deliver: Callable[[Arrived], tuple[str, str]]


def conversation(read: reading.Incoming) -> Talk | None:
    """What it answers, by its thread, else by a number in its subject or an address it went to."""
    letter = mail.answered_letter(read.thread)
    if letter is not None:
        message = Message.objects.filter(letter=letter[0]).select_related("report__reporter").first()
        if message is not None:
            return _with_reporter(message.report)
        sent = Communication.objects.filter(letter=letter[0]).select_related("case", "organisation").first()
        if sent is not None:
            return _with_contact(sent)
    before = Message.objects.filter(message_id__in=read.thread).exclude(message_id="")
    if theirs := before.select_related("report__reporter").order_by("-pk").first():
        return _with_reporter(theirs.report)
    first = Report.objects.filter(message_id__in=read.thread).exclude(message_id="")
    if begun := first.select_related("reporter").order_by("-pk").first():
        return _with_reporter(begun)
    received = Communication.objects.filter(message_id__in=read.thread).exclude(message_id="")
    if heard := received.select_related("case", "organisation").order_by("-pk").first():
        return _with_contact(heard)
    return _by_number(read)


def _by_number(read: reading.Incoming) -> Talk | None:
    for number in rules.numbers(read.subject, *read.to):
        if number.startswith("REP"):
            report = Report.objects.filter(public_id=number).select_related("reporter").first()
            if report is not None:
                return _with_reporter(report)
        else:
            said = Communication.objects.filter(case__public_id=number).exclude(address="")
            rows = said.select_related("case", "organisation").order_by("-at", "-pk")
            if row := rows.filter(address__iexact=read.sender).first() or rows.first():
                return _with_contact(row)
    return None


def _with_reporter(report: Report) -> Talk:
    contact = report.reporter.contact if report.reporter else ""
    return Talk(rules.Found(report.public_id, frozenset({contact})), lambda mail: _to_report(report, mail))


def _with_contact(row: Communication) -> Talk:
    contact = row.organisation.contact if row.organisation else ""
    return Talk(
        rules.Found(row.public_id, frozenset({row.address, contact})), lambda mail: _to_case(row, mail)
    )


def _to_report(report: Report, arrived: Arrived) -> tuple[str, str]:
    """What a reporter adds by mail, as if it came from the receipt's page."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    now = clock.now()
    language = arrived.language
    text = submission.tidy(arrived.text)[: limits.MAX_TEXT]
    said = filing.add_message(report, LocalText({language: text}, language), at=now)
    if said is not None:
        said.message_id, said.is_automatic = arrived.read.message_id, arrived.read.automatic
        said.save(update_fields=["message_id", "is_automatic"])
    added = filing.add_files(report, arrived.files, at=now)
    if not arrived.read.automatic:
        report.news_at = report.news_at or now
    report.version += 1
    report.save()
    ledger.append(
        ("report", report.public_id),
        subject=STRANGER,
        verb="intake.reporter_wrote",
        facts={"report": report.public_id, "files": added},
        scope=report.scope_id,
    )
    return "message", report.public_id


def _to_case(row: Communication, arrived: Arrived) -> tuple[str, str]:
    number = cases.receive_reply(
        SYSTEM.through(Door.MAIL),
        row.case.public_id,
        text=arrived.text,
        reply_to=row.public_id,
        subject_line=arrived.read.subject,
        language=arrived.language,
        address=arrived.read.sender,
        message_id=arrived.read.message_id,
        automatic=arrived.read.automatic,
        files=[cases.Inclosure(each.name, each.content_type, each.sha256) for each in arrived.files],
    )
    return "reply", number


def new_report(arrived: Arrived, *, claims: str) -> str:
    """A report of what belongs nowhere yet. Who claims to write it is its reporter. Returns its number."""
    read = arrived.read
    text = submission.tidy(arrived.text)[: limits.MAX_TEXT]
    report = Report(
        source="mail",
        title=rules.title(submission.tidy(read.subject))[:300] or submission.title_of(text),
        text=text,
        language=arrived.language,
        received_at=clock.now(),
        claims=claims,
        message_id=read.message_id,
    )
    data = ReporterData(name=read.sender_name, contact=read.sender[:200], language=arrived.language)
    filing.file_report(STRANGER, report, reporter=data, files=arrived.files)
    return report.public_id
