"""Who reported. Kept apart from the report, in a scope and a stream of its own, and erased on request.

Erasing empties the row, takes the personal facts out of the ledger (whose chain stays whole), and masks
name and contact where they stand in the text or in messages. Files are not looked into.
"""

from dataclasses import asdict, dataclass

from okiagari.desk import permits, scopes
from okiagari.desk.aggregates import changing
from okiagari.desk.models import Person
from okiagari.desk.permits import Level
from okiagari.desk.subjects import Subject
from okiagari.intake.actions import traits
from okiagari.intake.models import Message, Report, Reporter
from okiagari.intake.rules import states
from okiagari.intake.rules.submission import tidy
from okiagari.plumbing import clock, ledger, mail
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

NOBODY = define(
    "intake.nobody_named",
    Kind.CONFLICT,
    gettext_noop("Nobody is named as the reporter of %(report)s, or the data is erased already."),
    gettext_noop("There is nothing left to do."),
)
MASK = "■■■"
SHORTEST_LATIN, SHORTEST_OTHER = 4, 2


@dataclass(frozen=True)
class ReporterData:
    """What is known of a reporter."""

    name: str = ""
    contact: str = ""
    affiliation: str = ""
    credit_name: str = ""
    consents_to_credit: bool = False
    language: str = "ja"

    @property
    def says_anything(self) -> bool:
        return bool(self.name or self.contact or self.affiliation or self.credit_name)


def make(subject: Subject, report: Report, data: ReporterData) -> None:
    """Write down who reported, with the line that says so, and link it to the report (not yet saved)."""
    row = report.reporter
    if row is None:
        scope = scopes.opened("reporter")
        scopes.admit_teams(scope.pk, states.IDENTITY_TEAMS[report.kind], Level.LEAD, "answers the reporter")
        if subject.person_id is not None:
            own = Person.objects.values_list("principal_id", flat=True).get(pk=subject.person_id)
            scopes.admit(scope.pk, own, Level.SEE, "entered it")
        row = Reporter(scope=scope)
    for name, value in asdict(data).items():
        setattr(row, name, tidy(value)[:200] if isinstance(value, str) else value)
    row.erased_at = None
    row.save()
    Report.objects.filter(pk=report.pk).update(reporter=row)
    report.reporter = row
    ledger.append(
        ("reporter", report.public_id),
        subject=subject,
        verb="intake.reporter_named",
        facts={"report": report.public_id, **asdict(data)},
        scope=row.scope_id,
        personal=True,
    )


def name_reporter(
    subject: Subject, report_id: str, data: ReporterData, *, version: int | None = None
) -> None:
    """Say who reported, or correct it."""
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        if report.reporter is not None:
            permits.require(subject, "intake.identity", report.reporter.scope_id)
        make(subject, report, data)
        _line(subject, report, "intake.reporter_known", {"report": report.public_id})


def erase_reporter(subject: Subject, report_id: str, *, reason: str, version: int | None = None) -> None:
    """Erase who reported, for good. Raises REASON_NEEDED, NOBODY."""
    said = states.check_reason(reason)
    with changing(subject, "intake.erase", Report, report_id, version=version) as report:
        row = report.reporter
        if row is None or row.erased_at is not None:
            raise NOBODY(report=report.public_id)
        permits.require(subject, "intake.identity", row.scope_id)
        personal = _long([row.name, row.contact, row.affiliation, row.credit_name])
        _mask(report, personal)
        if row.contact:
            mail.forget(row.contact)
        report.message_id = ""
        Message.objects.filter(report=report).update(message_id="")
        row.name = row.contact = row.affiliation = row.credit_name = ""
        row.consents_to_credit, row.erased_at = False, clock.now()
        row.save()
        ledger.erase(("reporter", report.public_id))
        ledger.erase(("report", report.public_id))
        facts: dict[str, object] = {"report": report.public_id, "reason": _masked(said, personal)}
        _line(subject, report, "intake.reporter_erased", facts)


def _long(words: list[str]) -> list[str]:
    """These words and their parts, longest first; too short ones would hit innocent text."""
    parts = {part for word in words for part in (word, *word.split())}
    return sorted({part for part in parts if _is_telling(part)}, key=len, reverse=True)


def _is_telling(word: str) -> bool:
    return len(word) >= (SHORTEST_LATIN if word.isascii() else SHORTEST_OTHER)


def _mask(report: Report, personal: list[str]) -> None:
    """Take these words out of everything that was said."""
    for name in ("title", "text", "effect"):
        setattr(report, name, _masked(getattr(report, name), personal))
    report.answer = _masked_text(report.answer, personal)
    for message in Message.objects.filter(report=report):
        message.text = _masked_text(message.text, personal)
        message.save(update_fields=["text"])
    traits.save(report)


def _masked(text: str, words: list[str]) -> str:
    for word in words:
        text = text.replace(word, MASK)
    return text


def _masked_text(text: LocalText, words: list[str]) -> LocalText:
    masked = {language: _masked(each, words) for language, each in text.texts.items()}
    return LocalText(masked, text.source, text.stale)


def _line(subject: Subject, report: Report, verb: str, facts: dict[str, object]) -> None:
    ledger.append(
        ("report", report.public_id), subject=subject, verb=verb, facts=facts, scope=report.scope_id
    )
