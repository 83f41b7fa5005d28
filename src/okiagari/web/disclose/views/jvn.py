"""JVN on a case: what JPCERT/CC was told and would be told next, the letter, telling by hand, the
statement.
"""

from collections.abc import Callable, Mapping

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases import queries as cases
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import actions
from okiagari.disclose.jvn import queries, wording
from okiagari.standards.localtext import LANGUAGES
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.frame import case_frame
from okiagari.web.cases.talking import DELIVERY_WORDS
from okiagari.web.disclose import forms, words
from okiagari.web.doors import asking, instant, local_text, say, seen_version
from okiagari.web.frame import deeds as sending
from okiagari.web.frame.values import Empty

TYPES = {"txt": "text/plain; charset=utf-8", "xml": "application/xml; charset=utf-8"}
TONES = {"owed": "now", "told": "ok", "nothing": "wait", "apart": "off"}


@require_safe
def jvn(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    status = queries.status(subject, case_id)
    context = case_frame(subject, case_id, here="jvn")
    context |= {
        "status": status,
        "state": _state(status),
        "tone": TONES[status.state],
        "value": wording.status(status.value),
        "products": [_product(each) for each in status.products],
        "letters": _letters(status),
        "letters_folded": status.state == "told",
        "channels": _channels(status),
        "losses": [gettext(text) % parameters for text, parameters in status.losses],
        "history": [_report(each) for each in queries.reports(subject, case_id)],
        "may_tell": "disclose.report" in status.may and status.state in {"owed", "told"},
        "may_write": "disclose.report" in status.may,
        "may_send": "cases.send" in status.may,
        "empty": _empty(status),
    }
    return render(request, "disclose/jvn.html", context)


def _empty(status: queries.StatusView) -> Empty:
    if status.state == "apart":
        return Empty(
            gettext("JPCERT/CC does not coordinate this case."),
            gettext("Name it as a party of the case, or give a vulnerability its JVN number."),
        )
    return Empty(
        gettext("There is nothing to tell yet."),
        gettext(
            "Enter the vulnerability and choose the products; until they are judged they count as under"
            " investigation."
        ),
    )


def _state(status: queries.StatusView) -> str:
    return {
        "owed": gettext("not told yet"),
        "told": gettext("JPCERT/CC knows all of it"),
        "nothing": gettext("nothing to tell yet"),
        "apart": gettext("not coordinated by JPCERT/CC"),
    }[status.state]


def _product(each: queries.ProductLine) -> Mapping[str, object]:
    return {
        "view": each,
        "told": wording.product_status(each.told.value) if each.told else "",
        "now": wording.product_status(each.now.value) if each.now else "",
        "versions": wording.versions(each.now) if each.now else "",
        "fixed": gettext(", ").join(each.now.fixed) if each.now else "",
    }


def _letters(status: queries.StatusView) -> list[tuple[str, str, str]]:
    """Language, its name, the text."""
    return [(each, str(words.LANGUAGE_WORDS[each]), status.texts[each]) for each in LANGUAGES]


def _channels(status: queries.StatusView) -> list[Mapping[str, object]]:
    named = {"out": gettext("out since"), "planned": gettext("planned for")}
    return [{"word": named[state], "address": address, "at": at} for state, address, at in status.channels]


def _report(each: queries.ReportView) -> Mapping[str, object]:
    return {
        "view": each,
        "value": wording.status(each.value),
        "way": gettext(wording.WAY_WORDS[each.way]),
        "by": words.who(each.by),
        "delivery": gettext(DELIVERY_WORDS[each.delivery]) if each.delivery else "",
        "products": len(each.stance.products),
    }


@require_safe
def told(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """One report as it was told, to the letter."""
    subject = asking(request)
    view = queries.told(subject, case_id, number)
    texts = [
        (each, words.LANGUAGE_WORDS[each], _told_text(subject, case_id, view.id, each))
        for each in sorted(LANGUAGES, key=lambda language: language != view.language)
    ]
    context = case_frame(subject, case_id, here="jvn")
    files = [
        (name, label, each, form, view.files[f"{each}.{form}"])
        for each, name, _ in texts
        for form, label in (("txt", gettext("Text")), ("xml", "VULDEF 3.2"))
    ]
    context |= {"line": _report(view), "letters": texts, "files": files}
    return render(request, "disclose/jvn_report.html", context)


def _told_text(subject: Subject, case_id: str, number: str, language: str) -> str:
    return queries.told_file(subject, case_id, number, language=language, form="txt").content.decode()


@require_safe
def next_file(request: HttpRequest, case_id: str, language: str, form: str) -> HttpResponse:
    return _download(queries.next_file(asking(request), case_id, language=language, form=form))


@require_safe
def told_file(request: HttpRequest, case_id: str, number: str, language: str, form: str) -> HttpResponse:
    subject = asking(request)
    return _download(queries.told_file(subject, case_id, number, language=language, form=form))


def _download(file: queries.FileView) -> HttpResponse:
    response = HttpResponse(file.content, content_type=TYPES[file.form])
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Content-Security-Policy"] = "sandbox"
    return response


def send(request: HttpRequest, case_id: str) -> HttpResponse:
    """The report as a letter."""
    subject = asking(request)
    status = _opened(subject, case_id)
    form = forms.SendStatusForm(request.POST or None, initial={"to": status.address})
    deed = Deed(
        title=gettext("Send the report to JPCERT/CC"),
        button=gettext("Send it"),
        done=gettext("The letter is written and the report is kept."),
        back=reverse("disclose:jvn", args=[status.case_id]),
        intro=gettext(
            "The VULDEF file goes with it. Without an address or a mail server the letter waits to be copied"
            " by hand."
        ),
    )

    def act() -> object:
        given = form.cleaned_data
        telling = {name: given[name] for name in ("language", "remark")}
        return actions.send_status(
            subject, status.case_id, to=given["to"], version=request.POST.get("seen", ""), **telling
        )

    return _tell(request, status, deed, form, act)


def tell(request: HttpRequest, case_id: str) -> HttpResponse:
    """Say that the report was told by hand: into their form, by a mail of one's own, by phone."""
    subject = asking(request)
    status = _opened(subject, case_id)
    form = forms.TellStatusForm(request.POST or None)
    deed = Deed(
        title=gettext("Told by hand"),
        button=gettext("Keep it as told"),
        done=gettext("The report is kept as it was told."),
        back=reverse("disclose:jvn", args=[status.case_id]),
        intro=gettext(
            "The report below is kept as what was told, with its VULDEF files. It can never be changed."
        ),
    )

    def act() -> object:
        given = form.cleaned_data
        telling = {name: given[name] for name in ("way", "language", "remark")}
        at = instant(request.POST, "at")
        return actions.report_status(
            subject, status.case_id, at=at, version=request.POST.get("seen", ""), **telling
        )

    return _tell(request, status, deed, form, act)


def _opened(subject: Subject, case_id: str) -> queries.StatusView:
    status = queries.status(subject, case_id)
    permits.require(subject, "disclose.report", cases.case(subject, case_id).scope_id)
    return status


def _tell(
    request: HttpRequest,
    status: queries.StatusView,
    deed: Deed,
    form: django_forms.Form,
    act: Callable[[], object],
) -> HttpResponse:
    """Show the report and the form, or tell it. What has changed since the page was opened is shown
    instead.
    """
    sent = sending.send(request, form, act)
    if sent.is_done:
        say(request, deed.done)
        return redirect(deed.back)
    language = str(form["language"].value() or "ja")
    context = case_frame(asking(request), status.case_id, here="jvn")
    context |= {
        "deed": deed,
        "form": form,
        "problem": sent.problem,
        "is_stale": sent.is_stale,
        "status": status,
        "letters": sorted(_letters(status), key=lambda each: each[0] != language),
    }
    return render(request, "disclose/jvn_tell.html", context, status=sent.status)


def statement(request: HttpRequest, case_id: str) -> HttpResponse:
    """Write what JVN is to show as our statement."""
    subject = asking(request)
    status = _opened(subject, case_id)
    initial = {f"statement_{each}": status.statement.exact(each) for each in LANGUAGES}
    form = forms.StatementForm(request.POST or None, initial=initial)
    deed = Deed(
        title=gettext("Statement for JVN"),
        button=gettext("Keep the statement"),
        done=gettext("The statement is kept. It belongs to the next report."),
        back=reverse("disclose:jvn", args=[status.case_id]),
        intro=gettext(
            "What JVN shows beside our name. Left empty, the summary of our published advisory counts; before"
            " there is one, nothing does."
        ),
    )
    return perform(
        request,
        status.case_id,
        deed,
        form,
        lambda: actions.write_statement(
            subject,
            status.case_id,
            statement=local_text(request.POST, "statement"),
            version=seen_version(request.POST),
        ),
    )
