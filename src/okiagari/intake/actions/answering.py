"""An answer to a reporter goes out as a letter too, where the reporter left an address.

Whoever writes need not know who that is: the address goes from the reporter's row into the letter, and
nowhere else. A replay tells of answers long given; it posts none.
"""

from okiagari.desk.subjects import Door, Subject
from okiagari.intake.models import Message, Report
from okiagari.intake.rules import mail as rules
from okiagari.plumbing import mail
from okiagari.standards.localtext import LocalText
from okiagari.standards.mail.servers import is_address


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
