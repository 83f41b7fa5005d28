"""What timelines say of this room's lines. `SENTENCES`: verb -> marked template over the facts."""

from collections.abc import Mapping

from okiagari.intake.rules import words
from okiagari.problems import gettext_noop

SENTENCES: Mapping[str, str] = {
    "intake.received": gettext_noop("the report came in (%(source)s)"),
    "intake.reporter_wrote": gettext_noop("the reporter added a message"),
    "intake.reporter_named": gettext_noop("wrote down who reported"),
    "intake.reporter_known": gettext_noop("wrote down who reported"),
    "intake.reporter_erased": gettext_noop("erased who reported"),
    "intake.amended": gettext_noop("corrected the report: %(fields)s"),
    "intake.attached": gettext_noop("added files to the report"),
    "intake.acknowledged": gettext_noop("acknowledged the report to the reporter"),
    "intake.answered": gettext_noop("answered the reporter"),
    "intake.sent_by_hand": gettext_noop("sent an answer to the reporter by hand"),
    "intake.sent_again": gettext_noop("sent an answer to the reporter again"),
    "intake.read": gettext_noop("read the reporter's message; no answer needed"),
    "intake.found_valid": gettext_noop("judged the report valid"),
    "intake.found_invalid": gettext_noop("judged the report not valid: %(verdict)s"),
    "intake.claim_dismissed": gettext_noop("decided that the report belongs to no other conversation"),
    "intake.deferred": gettext_noop("deferred the report"),
    "intake.closed": gettext_noop("closed the report"),
    "intake.reopened": gettext_noop("reopened the report"),
    "intake.accepted": gettext_noop("took the report into a case"),
    "intake.report_linked": gettext_noop("the report %(report)s became part of the case (%(source)s)"),
    "intake.duplicate_linked": gettext_noop(
        "the report %(report)s, which repeats %(original)s, became part of the case (%(source)s)"
    ),
    "intake.report_unlinked": gettext_noop("the report %(report)s is no longer part of the case"),
    "intake.linked": gettext_noop("linked the report to a case"),
    "intake.unlinked": gettext_noop("parted the report from a case"),
    "intake.unmarked_duplicate": gettext_noop("the report is not a duplicate after all"),
}

FIELDS: Mapping[str, str] = {
    "title": gettext_noop("title"),
    "text": gettext_noop("what is wrong"),
    "effect": gettext_noop("what can happen"),
    "product_text": gettext_noop("product"),
    "version_text": gettext_noop("version"),
    "reference": gettext_noop("reference"),
    "kind": gettext_noop("kind"),
    "source": gettext_noop("from whom"),
    "first_contact_at": gettext_noop("start date"),
    "wanted_publication": gettext_noop("requested publication date"),
    "said_public": gettext_noop("already public"),
    "said_attacked": gettext_noop("being attacked"),
    "language": gettext_noop("language"),
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "source": words.SOURCES,
    "kind": words.KINDS,
    "verdict": words.VERDICTS,
    "fields": FIELDS,
}
TURNS = frozenset({"intake.received", "intake.accepted", "intake.report_linked", "intake.duplicate_linked"})
