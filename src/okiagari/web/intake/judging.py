"""Deeds that answer a report or decide on it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_POST

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.flow import queries as flow
from okiagari.intake import actions, queries
from okiagari.intake.rules import answers
from okiagari.intake.rules import words as codes
from okiagari.intake.rules.states import VERDICTS, WRONG_VERDICT
from okiagari.standards.localtext import LocalText
from okiagari.web.cases.words import best
from okiagari.web.doors import asking, instant, local_text, seen_version
from okiagari.web.intake import forms, words
from okiagari.web.intake.deeds import Deed, perform

CASES_OFFERED = 200
FINDINGS = ("valid", *VERDICTS)


def worker(request: HttpRequest, report_id: str) -> tuple[Subject, queries.ReportView]:
    subject = asking(request)
    view = queries.report(subject, report_id)
    if "intake.work" not in view.may:
        raise permits.NOT_YOURS(verb="intake.work")
    return subject, view


def _begun(key: str, report_id: str) -> dict[str, str]:
    """The template of an answer, for both fields."""
    text = answers.answer(key, report_id)
    return {"answer_ja": text.exact("ja"), "answer_en": text.exact("en")}


def acknowledge(request: HttpRequest, report_id: str) -> HttpResponse:
    subject, view = worker(request, report_id)
    form = forms.AcknowledgeForm(request.POST or None, initial=_begun("acknowledge", view.id))
    deed = Deed(
        gettext("Acknowledge the report to the reporter"), gettext("Acknowledge"), gettext("Acknowledged.")
    )

    def act() -> None:
        actions.acknowledge(
            subject,
            view.id,
            answer=local_text(request.POST, "answer"),
            at=instant(request.POST, "at"),
            version=seen_version(request.POST),
        )

    return perform(request, view.id, deed, form, act)


def answer(request: HttpRequest, report_id: str) -> HttpResponse:
    subject, view = worker(request, report_id)
    form = forms.AnswerForm(request.POST or None)
    deed = Deed(gettext("Answer the reporter"), gettext("Send the answer"), gettext("Answered."))

    def act() -> None:
        text = local_text(request.POST, "answer")
        actions.answer(subject, view.id, text=text, version=seen_version(request.POST))

    return perform(request, view.id, deed, form, act)


@require_POST
def read(request: HttpRequest, report_id: str) -> HttpResponse:
    """The new message needs no answer."""
    subject, view = worker(request, report_id)
    deed = Deed(gettext("Mark as read"), gettext("Mark as read"), gettext("Marked as read."))
    form = forms.ReadForm(request.POST)

    def act() -> None:
        actions.mark_read(subject, view.id, version=seen_version(request.POST))

    return perform(request, view.id, deed, form, act)


def assess(request: HttpRequest, report_id: str) -> HttpResponse:
    """Valid, or why not. The finding comes first; the answer begins with its words."""
    subject, view = worker(request, report_id)
    finding = request.POST.get("finding") or request.GET.get("finding") or "valid"
    if finding not in FINDINGS:
        raise WRONG_VERDICT(verdict=finding, known=", ".join(FINDINGS))
    initial = {"finding": finding, **_begun(finding, view.id)}
    form = forms.AssessForm(request.POST or None, initial=initial, finding=finding)

    def act() -> None:
        actions.assess(
            subject,
            view.id,
            valid=finding == "valid",
            verdict="" if finding == "valid" else finding,
            duplicate_of=request.POST.get("duplicate_of", ""),
            reason=request.POST.get("reason", ""),
            answer=_answered(request),
            version=seen_version(request.POST),
        )

    return perform(request, view.id, _judgement(view.id, finding), form, act)


def _judgement(report_id: str, finding: str) -> Deed:
    names = {"valid": gettext("valid"), **{code: gettext(name) for code, name in codes.VERDICTS.items()}}
    address = reverse("intake:assess", args=[report_id])
    return Deed(
        gettext("Is the report valid?"),
        gettext("Record the judgement"),
        gettext("Judged."),
        address=address,
        choices=tuple(
            (capfirst(names[code]), f"{address}?finding={code}", code == finding) for code in FINDINGS
        ),
    )


def _answered(request: HttpRequest) -> LocalText | None:
    return local_text(request.POST, "answer") if request.POST.get("is_answered") else None


@require_POST
def duplicate(request: HttpRequest, report_id: str, original: str) -> HttpResponse:
    """One click: this repeats that. The reason is why it was shown; the reporter is told."""
    subject, view = worker(request, report_id)
    why = {each.id: words.reasons(each) for each in queries.candidates(subject, view.id)}
    initial = {
        "finding": "duplicate",
        "duplicate_of": original,
        "reason": why.get(original) or gettext("The same flaw."),
        "is_answered": "on",
        **_begun("duplicate", view.id),
    }
    form = forms.AssessForm(initial, finding="duplicate")

    def act() -> None:
        actions.assess(
            subject,
            view.id,
            valid=False,
            verdict="duplicate",
            duplicate_of=original,
            reason=initial["reason"],
            answer=answers.answer("duplicate", view.id),
            version=seen_version(request.POST),
        )

    return perform(request, view.id, _judgement(view.id, "duplicate"), form, act)


def accept(request: HttpRequest, report_id: str) -> HttpResponse:
    subject, view = worker(request, report_id)
    titles = {f"title_{view.language}": view.title}
    form = forms.AcceptForm(request.POST or None, cases=_cases(subject), initial=titles)
    deed = Deed(
        gettext("Take the report into a case"),
        gettext("Take it into the case"),
        gettext("The report is part of the case."),
        gettext("The case gets the clocks of this report. Nobody sees the report or the reporter by it."),
    )

    def act() -> str:
        case_id = actions.accept(
            subject,
            view.id,
            case_id=request.POST.get("case_id") or None,
            title=local_text(request.POST, "title") or None,
            version=seen_version(request.POST),
        )
        return reverse("cases:case", args=[case_id])

    return perform(request, view.id, deed, form, act)


def _cases(subject: Subject) -> list[tuple[str, str]]:
    """Open cases to join, by the name one knows them by."""
    page = flow.positions(subject, state="open", limit=CASES_OFFERED)
    return [(each.case_id, f"{best(each.title)} ({each.case_id})") for each in page.items]


def defer(request: HttpRequest, report_id: str) -> HttpResponse:
    subject, view = worker(request, report_id)
    form = forms.ReasonForm(request.POST or None)
    deed = Deed(gettext("Defer the report"), pgettext("report", "Defer"), gettext("Deferred."))

    def act() -> None:
        actions.defer(
            subject, view.id, reason=request.POST.get("reason", ""), version=seen_version(request.POST)
        )

    return perform(request, view.id, deed, form, act)


def close(request: HttpRequest, report_id: str) -> HttpResponse:
    subject, view = worker(request, report_id)
    form = forms.CloseForm(request.POST or None, initial=_begun("closed", view.id))
    deed = Deed(gettext("Close the report"), pgettext("report", "Close"), gettext("Closed."))

    def act() -> None:
        actions.close_report(
            subject,
            view.id,
            reason=request.POST.get("reason", ""),
            answer=_answered(request),
            version=seen_version(request.POST),
        )

    return perform(request, view.id, deed, form, act)


def reopen(request: HttpRequest, report_id: str) -> HttpResponse:
    subject, view = worker(request, report_id)
    form = forms.ReasonForm(request.POST or None)
    deed = Deed(gettext("Reopen the report"), pgettext("report", "Reopen"), gettext("Reopened."))

    def act() -> None:
        actions.reopen(
            subject, view.id, reason=request.POST.get("reason", ""), version=seen_version(request.POST)
        )

    return perform(request, view.id, deed, form, act)
