"""An answer to a reporter goes out as a letter too, where the reporter left an address.

Whoever writes need not know who that is: the address goes from the reporter's row into the letter, and
nowhere else. A replay tells of answers long given; it posts none.
"""

from okiagari.desk.aggregates import changing
from okiagari.desk.subjects import Door, Subject
from okiagari.intake.models import Message, Report
from okiagari.intake.rules import mail as rules
from okiagari.plumbing import ids, ledger, mail
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText
from okiagari.standards.mail.servers import is_address

NOT_ITS_LETTER = define(
    "intake.not_its_letter",
    Kind.CONFLICT,
    gettext_noop("This is no letter of this report that waits to be sent."),
    gettext_noop("Load the page again to see how its letters stand."),
)


def posted(subject: Subject, report: Report, text: LocalText) -> str:
    """Post an answer. Returns the number of the letter, or "" where there is nobody to write to."""
    reporter = report.reporter
    if subject.door == Door.REPLAY or reporter is None or reporter.erased_at is not None:
        return ""
    if not is_address(reporter.contact) or mail.is_own(reporter.contact):
        return ""
    language = reporter.language if reporter.language in text else text.source
    line, words = rules.letter(text.best(language), report.public_id, language)
    return mail.post(mail.Letter(reporter.contact, line, words, in_reply_to=_before(report)))


def _before(report: Report) -> str:
    """What the letter answers: the last mail of theirs, else the last letter of ours."""
    said = Message.objects.filter(report=report).order_by("-at", "-pk")
    theirs = said.exclude(message_id="").values_list("message_id", flat=True).first()
    ours = said.exclude(letter="").values_list("letter", flat=True).first()
    return theirs or ours or report.message_id


def mark_answer_sent(subject: Subject, report_id: str, *, letter: str, version: int | None = None) -> None:
    """Say that an answer was copied and sent by hand. Raises NOT_ITS_LETTER, NOT_WAITING."""
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        number = _of(report, letter)
        mail.sent_by_hand(number)
        _line(subject, report, "intake.sent_by_hand", number)


def send_answer_again(subject: Subject, report_id: str, *, letter: str, version: int | None = None) -> None:
    """Try an answer that did not arrive once more. Raises NOT_ITS_LETTER, NOT_WAITING."""
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        number = _of(report, letter)
        mail.send_again(number)
        _line(subject, report, "intake.sent_again", number)


def _of(report: Report, letter: str) -> str:
    number = ids.folded(letter)
    if not number or not report.messages.filter(letter=number).exists():
        raise NOT_ITS_LETTER()
    return number


def _line(subject: Subject, report: Report, verb: str, letter: str) -> None:
    facts = {"report": report.public_id, "letter": letter}
    ledger.append(
        ("report", report.public_id), subject=subject, verb=verb, facts=facts, scope=report.scope_id
    )
