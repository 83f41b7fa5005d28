"""The page of whoever answers the phone: find the answer, say it, count it with one more click."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from okiagari.cases import actions, queries, rules
from okiagari.cases.narration import AUDIENCE_WORDS, CHANNEL_WORDS
from okiagari.desk import permits
from okiagari.desk.subjects import Role
from okiagari.intake import actions as intake
from okiagari.problems import HTTP_STATUS, Problem
from okiagari.web.doors import asking, complain, say
from okiagari.web.frame.charts import Svg
from okiagari.web.frame.values import Empty
from okiagari.web.inquiries import picture

HOURS = 48
CLICKS = ("phone", "mail", "chat", "meeting")
MOST = 10_000


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    subject = asking(request)
    text = request.GET.get("q", "").strip()
    audience = request.GET.get("for", "press" if subject.has_role(Role.PR) else "")
    audience = audience if audience in rules.INQUIRERS else ""
    found = queries.answers_in_use(subject, text=text, audience=audience)
    figures = queries.figures(subject, hours=HOURS)
    context = {
        "search_text": "",
        "q": text,
        "audience": audience,
        "audiences": [(each, gettext(AUDIENCE_WORDS[each])) for each in rules.INQUIRERS],
        "channels": [(each, gettext(CHANNEL_WORDS[each])) for each in CLICKS],
        "answers": found,
        "new": [_new(each) for each in queries.new_inquiries(subject, audience=audience)],
        "figures": figures,
        "hours": [each for each in figures.hours if each.count],
        "chart": _chart(figures),
        "problem": complain(request, problem) if problem else None,
        "given": request.POST,
        "empty": Empty(
            gettext("No approved answer fits."),
            gettext("Try fewer words, or write below what was asked; the team takes it up."),
        ),
    }
    status = HTTP_STATUS[problem.kind] if problem else 200
    return render(request, "inquiries/page.html", context, status=status)


def _new(each: queries.InquiryView) -> dict[str, object]:
    return {
        "view": each,
        "audience": gettext(AUDIENCE_WORDS[each.audience]),
        "channel": gettext(CHANNEL_WORDS[each.channel]),
    }


def _chart(figures: queries.InquiryFigures) -> Svg:
    peak = figures.peak
    told = (
        gettext("Most in one hour: %(count)s, from %(hour)s.")
        % {"count": peak.count, "hour": picture.hour_of(peak.hour)}
        if peak
        else gettext("Nobody has asked in these hours.")
    )
    return picture.hours(figures.hours, title=gettext("Inquiries per hour, last 48 hours"), description=told)


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Count one inquiry, or note something new."""
    subject = asking(request)
    count = request.POST.get("count", "") or "1"
    try:
        actions.take_inquiry(
            subject,
            answer_id=request.POST.get("answer") or None,
            audience=request.POST.get("audience", "customer"),
            channel=request.POST.get("channel", "phone"),
            count=int(count) if count.isdecimal() and len(count) < 6 else 0,
            note=request.POST.get("note", ""),
        )
    except Problem as problem:
        if problem.code.startswith("desk."):
            raise
        return _page(request, problem)
    number = int(count)
    say(
        request,
        ngettext("%(number)s inquiry counted.", "%(number)s inquiries counted.", number) % {"number": number},
    )
    back = request.POST.get("back", "")
    return redirect(reverse("inquiries:page") + (f"?{back}" if back.startswith(("q=", "for=")) else ""))


def settle(request: HttpRequest, number: str) -> HttpResponse:
    """Decide what a new inquiry is: a report, one that an answer fits, or nothing more."""
    subject = asking(request)
    asked = queries.inquiry(subject, number)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            return _settled(request, asked)
        except Problem as raised:
            if raised.code.startswith("desk."):
                raise
            problem = raised
    context = {
        **_new(asked),
        "answers": queries.answers_in_use(subject, audience=asked.audience),
        "may_report": permits.may(subject, "intake.receive"),
        "problem": complain(request, problem) if problem else None,
    }
    status = HTTP_STATUS[problem.kind] if problem else 200
    return render(request, "inquiries/settle.html", context, status=status)


def _settled(request: HttpRequest, asked: queries.InquiryView) -> HttpResponse:
    subject, choice = asking(request), request.POST.get("choice", "")
    if choice == "report":
        report = intake.receive_inquiry(subject, asked.id, title=request.POST.get("title", ""))
        say(request, gettext("The inquiry became the report %(report)s.") % {"report": report})
        return redirect(reverse("intake:report", args=[report]))
    answer = request.POST.get("answer") if choice == "answer" else None
    actions.settle_inquiry(subject, asked.id, answer_id=answer or None, reason=request.POST.get("reason", ""))
    say(request, gettext("The inquiry is taken care of."))
    return redirect(reverse("inquiries:page"))
