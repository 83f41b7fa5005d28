"""Questions people ask and what our desks say to them: drafted, approved by somebody else, withdrawn."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.cases import actions, queries
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.web.cases import talkforms
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.words import best
from okiagari.web.doors import asking, instant, local_text


def new(request: HttpRequest, case_id: str) -> HttpResponse:
    return _answer(request, case_id, None)


def change(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    return _answer(request, case_id, number)


def _answer(request: HttpRequest, case_id: str, number: str | None) -> HttpResponse:
    """Draft a question and its answer, or a new draft of one."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.note", case.scope_id)
    initial: dict[str, object] = {}
    if number:
        known = _known(subject, case.id, number)
        initial = {"audience": known.audience, "products": known.products}
        for each in ("ja", "en"):
            initial |= {
                f"question_{each}": known.question.exact(each),
                f"answer_{each}": known.draft.exact(each),
            }
    deed = Deed(
        title=gettext("Question and answer"),
        button=gettext("Keep the draft"),
        done=gettext("The draft is kept; somebody of public relations or an approver approves it."),
        back=reverse("cases:messages", args=[case.id]) + "#answers",
        intro=gettext(
            "What people will ask, and what every desk says to it. Whoever writes it does not approve it."
        ),
    )
    form = talkforms.AnswerForm(request.POST or None, initial=initial)

    def act() -> None:
        actions.draft_answer(
            subject,
            case.id,
            question=local_text(request.POST, "question"),
            answer=local_text(request.POST, "answer"),
            audience=request.POST.get("audience", ""),
            products=request.POST.get("products", ""),
            answer_id=number,
        )

    return perform(request, case.id, deed, form, act)


def _known(subject: Subject, case_id: str, number: str) -> queries.AnswerView:
    for each in queries.answers(subject, case_id):
        if each.id == number:
            return each
    raise permits.NOTHING_HERE()


def approve(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Approve an answer, now or from a time on."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    known = _known(subject, case.id, number)
    permits.require(subject, "cases.approve_answer", case.scope_id)
    deed = Deed(
        title=gettext("Approve the answer"),
        button=gettext("Approve"),
        done=gettext("The answer is approved."),
        back=reverse("cases:messages", args=[case.id]) + "#answers",
        intro=f"{best(known.question)}\n{best(known.draft)}",
    )
    form = talkforms.ApproveForm(request.POST or None)
    return perform(
        request,
        case.id,
        deed,
        form,
        lambda: actions.approve_answer(subject, number, usable_from=instant(request.POST, "usable_from")),
    )


def withdraw(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Take an answer out of use."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    _known(subject, case.id, number)
    permits.require(subject, "cases.approve_answer", case.scope_id)
    deed = Deed(
        title=gettext("Take the answer out of use"),
        button=gettext("Take it out of use"),
        done=gettext("The desks no longer see the answer."),
        back=reverse("cases:messages", args=[case.id]) + "#answers",
    )
    form: forms.Form = talkforms.WhyForm(request.POST or None)
    return perform(
        request,
        case.id,
        deed,
        form,
        lambda: actions.withdraw_answer(subject, number, reason=request.POST.get("reason", "")),
    )
