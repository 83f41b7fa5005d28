"""Answers to reporters that went out as letters: how each stands, sent by hand, sent again."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from okiagari.desk.subjects import Subject
from okiagari.intake import actions, queries
from okiagari.intake.queries import MessageView, ReportView
from okiagari.web.cases.talking import DELIVERY_WORDS
from okiagari.web.doors import asking, say

BY_HAND = ("by_hand", "failed")


@dataclass(frozen=True)
class Letter:
    """One letter as the page shows it. `address` only for whoever may know who reported."""

    number: str
    state: str
    words: str
    error: str = ""
    address: str = ""
    text: str = ""

    @property
    def waits_for_hand(self) -> bool:
        return self.state in BY_HAND

    @property
    def has_failed(self) -> bool:
        return self.state == "failed"


def shown(subject: Subject, view: ReportView, message: MessageView) -> Letter | None:
    """How the letter of this message stands; None where it went out as no letter.

    What has to be copied is the whole letter, with its opening and the number, not the bare answer.
    """
    if not message.delivery:
        return None
    words = gettext(DELIVERY_WORDS[message.delivery])
    if message.delivery not in BY_HAND or "intake.work" not in view.may:
        return Letter(message.letter, message.delivery, words, message.error)
    kept = queries.letter_to_copy(subject, view.id, message.letter)
    return Letter(
        message.letter,
        message.delivery,
        words,
        message.error,
        address=kept.address,
        text=f"{kept.subject_line}\n\n{kept.text}",
    )


@require_POST
def sent(request: HttpRequest, report_id: str, letter: str) -> HttpResponse:
    """Say that a letter was copied and sent by hand."""
    actions.mark_answer_sent(asking(request), report_id, letter=letter)
    say(request, gettext("Marked as sent."))
    return redirect("intake:report", report_id)


@require_POST
def again(request: HttpRequest, report_id: str, letter: str) -> HttpResponse:
    """Try a letter that failed once more."""
    actions.send_answer_again(asking(request), report_id, letter=letter)
    say(request, gettext("The letter is sent again."))
    return redirect("intake:report", report_id)
