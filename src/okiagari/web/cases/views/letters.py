"""Writing letters from templates, sending them by hand, settling what came in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from okiagari.cases import actions, queries, rules
from okiagari.cases.narration import AUDIENCE_WORDS
from okiagari.cases.talks import Contact
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.flow.letters import facts
from okiagari.flow.letters import queries as letters
from okiagari.flow.letters.rules import Filled
from okiagari.flow.letters.templates import Template
from okiagari.intake import actions as intake
from okiagari.intake import queries as reports
from okiagari.problems import HTTP_STATUS, Problem
from okiagari.standards.localtext import LocalText
from okiagari.web.cases import talkforms
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.frame import case_frame
from okiagari.web.cases.words import best
from okiagari.web.doors import asking, instant, say
from okiagari.web.frame.deeds import put_into
from okiagari.web.frame.words import language


@dataclass(frozen=True)
class Choice:
    """Somebody to write to, as the page offers it: an address of the form that begins the letter."""

    key: str
    name: str
    audience: str
    has_address: bool = False


def write(request: HttpRequest, case_id: str) -> HttpResponse:
    """Choose to whom and by which template, see it filled in, change it, send it."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.send", case.scope_id)
    chosen = _chosen(request, subject, case.id)
    form = talkforms.LetterForm(
        request.POST or None,
        initial=_initial(request, subject, case.id, chosen),
        files=_files(subject, case.id, chosen),
    )
    problem, status = None, 200
    if request.method == "POST":
        if form.is_valid():
            try:
                _send(request, subject, case.id, chosen, form.cleaned_data.get("evidence", ()))
            except Problem as raised:
                problem, status = put_into(form, raised), HTTP_STATUS[raised.kind]
            else:
                say(request, gettext("The letter is written."))
                return redirect(reverse("cases:messages", args=[case.id]))
        else:
            status = 422
    context = case_frame(subject, case.id, here="messages")
    context |= {
        "form": form,
        "problem": problem,
        "to": chosen["to"],
        "choices": _choices(subject, case.id),
        "templates": _templates(subject, chosen["audience"]),
        "template": chosen["template"],
        "letter_language": chosen["language"],
        "reply_to": chosen["reply_to"],
        "facts": _facts(request, subject, case.id, chosen),
        "neutral": rules.neutral_line(case.id) if case.is_embargoed else "",
    }
    return render(request, "cases/letter.html", context, status=status)


def _chosen(request: HttpRequest, subject: Subject, case_id: str) -> dict[str, str]:
    """What stands in the address: to whom ("jpcert:key" or "reporter:REP-…"), template, language."""
    said = request.GET
    to = said.get("to", "")
    audience, _, key = to.partition(":")
    return {
        "to": to,
        "audience": audience if audience in rules.AUDIENCES else "",
        "key": key,
        "template": said.get("template", ""),
        "language": said["language"] if said.get("language") in ("ja", "en") else language(),
        "reply_to": said.get("reply_to", ""),
    }


def _choices(subject: Subject, case_id: str) -> list[Choice]:
    found = [
        Choice(
            f"reporter:{row.id}",
            f"{gettext(AUDIENCE_WORDS['reporter'])} {row.id}",
            "reporter",
            has_address=True,
        )
        for row in reports.reports_of_case(subject, case_id)
    ]
    known = [each for each in queries.contacts(subject, case_id) if each.audience != "reporter"]
    found += [_choice(each) for each in known]
    seen = {each.audience for each in found}
    rest = [each for each in rules.AUDIENCES if each not in seen and each != "reporter"]
    return found + [Choice(f"{each}:", gettext(AUDIENCE_WORDS[each]), each) for each in rest]


def _choice(each: Contact) -> Choice:
    words, name = gettext(AUDIENCE_WORDS[each.audience]), best(each.name)
    shown = name if name == words or not name else f"{words} · {name}"
    return Choice(f"{each.audience}:{each.organisation or name}", shown, each.audience, bool(each.address))


def _templates(subject: Subject, audience: str) -> list[tuple[str, str, str]]:
    found = letters.letter_templates(subject, audience=audience) if audience else ()
    return [(each.key, best(each.name), best(each.when)) for each in found]


def _about(request: HttpRequest, chosen: dict[str, str]) -> facts.About:
    report = chosen["key"] if chosen["audience"] == "reporter" else ""
    return facts.About(report, None, chosen["audience"])


def _filled(
    request: HttpRequest, subject: Subject, case_id: str, chosen: dict[str, str]
) -> tuple[Template, Filled] | None:
    if not chosen["template"]:
        return None
    about = _about(request, chosen)
    return letters.drafted(subject, case_id, chosen["template"], language=chosen["language"], about=about)


def _initial(
    request: HttpRequest, subject: Subject, case_id: str, chosen: dict[str, str]
) -> dict[str, object]:
    known = next(
        (each for each in queries.contacts(subject, case_id) if _choice(each).key == chosen["to"]), None
    )
    initial: dict[str, object] = {"to": known.address if known else ""}
    filled = _filled(request, subject, case_id, chosen)
    if filled:
        initial |= {
            "subject_line": filled[1].subject_line,
            "text": filled[1].text,
            "template": filled[0].version,
        }
    return initial


def _facts(request: HttpRequest, subject: Subject, case_id: str, chosen: dict[str, str]) -> object:
    filled = _filled(request, subject, case_id, chosen)
    return filled[1].facts if filled else ()


def _files(subject: Subject, case_id: str, chosen: dict[str, str]) -> list[tuple[str, str]]:
    """Files that may go along: those of the whole case, and of the part the answered message lies in."""
    if chosen["audience"] == "reporter":
        return []
    answered = chosen["reply_to"]
    part = queries.letter_text(subject, case_id, answered).part if answered else ""
    kept = [each for each in queries.evidence(subject, case_id) if each.sha256 and each.part in ("", part)]
    return [(each.id, f"{each.name} ({filesizeformat(each.size)})") for each in kept]


def _send(
    request: HttpRequest, subject: Subject, case_id: str, chosen: dict[str, str], files: Sequence[str]
) -> None:
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if chosen["audience"] == "reporter" and chosen["key"]:
        rules.check_filled(text)
        intake.answer(subject, chosen["key"], text=LocalText({chosen["language"]: text}, chosen["language"]))
        return
    is_known = any(each.organisation == chosen["key"] for each in queries.contacts(subject, case_id))
    actions.write(
        subject,
        case_id,
        audience=chosen["audience"],
        text=text,
        subject_line=request.POST.get("subject_line", ""),
        language=chosen["language"],
        organisation=chosen["key"] if is_known and chosen["key"] else None,
        counterpart=request.POST.get("counterpart", "") or ("" if is_known else chosen["key"]),
        to=request.POST.get("to", ""),
        reply_to=chosen["reply_to"] or None,
        template=request.POST.get("template", ""),
        promise=request.POST.get("promise", ""),
        promise_until=instant(request.POST, "promise_until"),
        evidence=files,
    )


def settle(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Say that a message needs no answer."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    queries.letter_text(subject, case.id, number)
    deed = Deed(
        title=gettext("No answer needed"),
        button=gettext("Say so"),
        done=gettext("The message waits no more."),
        back=reverse("cases:messages", args=[case.id]),
    )
    form = talkforms.WhyForm(request.POST or None)
    act = lambda: actions.settle_reply(subject, number, reason=request.POST.get("reason", ""))  # noqa: E731
    return perform(request, case.id, deed, form, act)


@require_POST
def sent(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Say that a letter was copied and sent by hand."""
    subject = asking(request)
    queries.letter_text(subject, case_id, number)
    actions.mark_sent(subject, number)
    say(request, gettext("Marked as sent."))
    return redirect(reverse("cases:messages", args=[case_id]))


@require_POST
def again(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Try a letter that failed once more."""
    subject = asking(request)
    queries.letter_text(subject, case_id, number)
    actions.send_again(subject, number)
    say(request, gettext("The letter is sent again."))
    return redirect(reverse("cases:messages", args=[case_id]))


@require_safe
def download(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """A file of a message, as a download that no browser opens."""
    file = queries.message_file(asking(request), case_id, number)
    response = HttpResponse(file.content, content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{escape_uri_path(file.name)}"
    response["Content-Security-Policy"] = "sandbox"
    return response
