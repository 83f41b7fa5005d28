"""How a case speaks or does not: "we are investigating" at once, or the choice to end without a word."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.cases import queries as cases
from okiagari.desk import permits
from okiagari.disclose import actions
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.forms import ReasonForm
from okiagari.web.disclose import forms
from okiagari.web.doors import asking, local_text, seen_version


def _back(case_id: str) -> str:
    return reverse("disclose:of_case", args=[case_id])


def investigating(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "disclose.draft", cases.case(subject, case_id).scope_id)
    form = forms.InvestigatingForm(request.POST or None)
    deed = Deed(
        title=gettext("Say “we are investigating”"),
        button=gettext("Draft and submit it"),
        done=gettext("It waits for one approver; the approval publishes it."),
        back=_back(case_id),
        intro=gettext(
            "Title and summary are made from the facts where you write none. What is not decided yet is said"
            " to be under investigation. The approval publishes it at once."
        ),
    )

    def act() -> None:
        actions.investigating(
            subject,
            case_id,
            title=local_text(request.POST, "title"),
            summary=local_text(request.POST, "summary"),
            next_update=form.cleaned_data["next_update"],
            reason=form.cleaned_data["reason"],
        )

    return perform(request, case_id, deed, form, act)


def end_quietly(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    deed = Deed(
        title=gettext("End without a publication"),
        button=gettext("End it quietly"),
        done=gettext("The step of publication is skipped. A product decided otherwise later undoes this."),
        back=_back(case_id),
        intro=gettext(
            "Only where no product is affected. If customers ask or the market is nervous, publishing"
            " “not affected” may serve them better."
        ),
    )
    return perform(
        request,
        case_id,
        deed,
        ReasonForm(request.POST or None),
        lambda: actions.end_quietly(
            subject,
            case_id,
            reason=request.POST.get("reason", ""),
            version=seen_version(request.POST),
        ),
    )


def speak(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    deed = Deed(
        title=gettext("Publish after all"),
        button=gettext("Take the choice back"),
        done=gettext("The publication is open again."),
        back=_back(case_id),
    )
    return perform(
        request,
        case_id,
        deed,
        ReasonForm(request.POST or None),
        lambda: actions.speak_after_all(
            subject,
            case_id,
            reason=request.POST.get("reason", ""),
            version=seen_version(request.POST),
        ),
    )
