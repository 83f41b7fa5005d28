"""The editor: facts on the left, words in two columns, the preview on the right, and the strip above."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from okiagari.desk.subjects import Subject
from okiagari.disclose import actions, queries
from okiagari.disclose.cve import queries as cve
from okiagari.disclose.queries import AdvisoryView, Desk
from okiagari.disclose.rules.content import WORDS
from okiagari.plumbing.wording import spoken
from okiagari.problems import HTTP_STATUS, Kind, Problem
from okiagari.standards.localtext import LocalText
from okiagari.web.disclose import facts, links, words
from okiagari.web.disclose.views import consistency
from okiagari.web.documents.beside import beside
from okiagari.web.doors import asking, local_text, say, seen_version
from okiagari.web.frame import words as reader

HINTS = {
    "summary": gettext_lazy("Two or three sentences, as a customer reads them."),
    "description": gettext_lazy("Only what the vulnerabilities do not already say."),
    "impact": gettext_lazy("Only what the vulnerabilities do not already say."),
    "contact": gettext_lazy("Empty: the contact of the maker."),
}
ROWS = {"title": 2, "summary": 4, "description": 5, "impact": 4, "advice": 3, "contact": 2}
_NOT_OURS = (Kind.NOT_FOUND, Kind.UNAUTHENTICATED)


@dataclass(frozen=True)
class Field:
    """One text in one language. `is_older`: its source was changed after it."""

    name: str
    label: str
    hint: str
    value: str
    rows: int
    is_older: bool
    is_changed: bool
    is_missing: bool


@require_http_methods(["GET", "HEAD", "POST"])
def advisory(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    problem, status = None, 200
    if request.method == "POST":
        try:
            _write(request, subject, advisory_id)
        except Problem as raised:
            if raised.kind in _NOT_OURS:
                raise
            problem, status = raised, HTTP_STATUS[raised.kind]
        else:
            say(request, gettext("Saved."))
            return redirect("disclose:advisory", advisory_id=advisory_id)
    context = page(subject, advisory_id, request.POST if problem else None)
    context |= {"documents": beside(subject, advisory=advisory_id), "back": "advisory"}
    return render(request, "disclose/advisory.html", {**context, "problem": problem}, status=status)


def _write(request: HttpRequest, subject: Subject, advisory_id: str) -> None:
    view = queries.advisory(subject, advisory_id)
    form = request.POST
    texts: dict[str, Any] = {name: local_text(form, name, view.words[name]) for name in WORDS}
    right = [
        (name, language)
        for name in WORDS
        for language in view.languages
        if f"right_{name}_{language}" in form
    ]
    actions.write(
        subject,
        advisory_id,
        version=seen_version(form),
        references=_references(form, view),
        thanked=form["thanked"].splitlines() if "thanked" in form else None,
        still_right=right,
        phase=form.get("phase"),
        next_update=form.get("next_update"),
        **texts,
    )


def _references(form: QueryDict, view: AdvisoryView) -> list[dict[str, object]] | None:
    """One address a line, with its title after it."""
    if "references" not in form:
        return None
    titles = dict(view.references)
    found: list[dict[str, object]] = []
    for line in str(form["references"]).splitlines():
        url, _, title = line.strip().partition(" ")
        if url:
            found.append(
                {"url": url, "title": _titled(titles.get(url, LocalText()), title.strip()).to_json()}
            )
    return found


def _titled(before: LocalText, title: str) -> LocalText:
    """The title as it was typed: in the language it was shown in, its source, beside those in others."""
    return before.written(before.source or reader.language(), title) if title else before


def page(subject: Subject, advisory_id: str, typed: QueryDict | None) -> dict[str, object]:
    """The context. `typed` is what a refused save held: it stays in the fields."""
    view = queries.advisory(subject, advisory_id)
    desk = queries.desk(subject, advisory_id)
    is_review = "approve" in view.may
    mine = reader.language()
    here = mine if mine in view.languages else view.languages[0]
    return {
        "advisory": view,
        "desk": desk,
        "state": words.state(view.state),
        "tone": words.TONES[view.state],
        "groups": facts.groups(subject, view, desk),
        "columns": [
            (language, str(words.LANGUAGE_WORDS[language]), _fields(view, desk, language, typed))
            for language in view.languages
        ],
        "references": _typed_references(view, typed),
        "thanked": typed["thanked"] if typed and "thanked" in typed else "\n".join(view.thanked),
        "phases": [(code, gettext(word)) for code, word in words.PHASE_WORDS.items()],
        "phase": typed.get("phase", "") if typed else view.phase,
        "next_update": typed.get("next_update", "") if typed else view.next_update,
        "version": seen_version(typed) if typed is not None else view.version,
        "required": [item for item in desk.missing if item.is_required],
        "advisable": [item for item in desk.missing if not item.is_required],
        "findings": _findings(subject, view, desk),
        "later": words.languages(desk.later),
        "goes_out": words.languages(desk.now.languages),
        "changes": _changes(desk) if view.is_published else [],
        "history": _history(subject, advisory_id),
        "approvals": [_approval(each) for each in view.approvals],
        "authors": [words.who(each) for each in view.authors],
        "is_review": is_review,
        **(_agreement(subject, advisory_id) if is_review else {}),
        "may_write": "write" in view.may and not is_review,
        "previews": _previews(view),
        "sheet_language": here,
        "cve_trouble": [gettext(text) % spoken(given) for text, given in cve.waiting(subject, advisory_id)],
        "preview": reverse("disclose:preview", args=[view.id, here, "page"]),
    }


def _agreement(subject: Subject, advisory_id: str) -> dict[str, object]:
    """What who approves looks at first: do all formats agree, do download links answer?"""
    asked = queries.links_of(subject, advisory_id) if queries.asks_links(subject) else ()
    found = consistency.shown(queries.consistency(subject, advisory_id))
    return {**found, "links": links.standing(asked) if asked else None}


def _fields(view: AdvisoryView, desk: Desk, language: str, typed: QueryDict | None) -> list[Field]:
    lacking = {item.code for item in desk.missing if item.language == language and not item.of}
    paths = {change.path for change in desk.changes} if view.is_published else set()
    return [
        Field(
            name=name,
            label=_label(name, view.kind),
            hint=str(HINTS.get(name, "")),
            value=typed.get(f"{name}_{language}", "") if typed else view.words[name].exact(language),
            rows=ROWS[name],
            is_older=language in view.words[name].stale,
            is_changed=f"words.{name}.{language}" in paths,
            is_missing=name in lacking,
        )
        for name in WORDS
    ]


def _label(name: str, kind: str) -> str:
    """What happened to a service is no vulnerability."""
    if name == "description" and kind in ("incident", "notice", "end_of_support"):
        return pgettext("advisory", "Details")
    return str(words.TEXTS[name])


def _typed_references(view: AdvisoryView, typed: QueryDict | None) -> str:
    if typed is not None and "references" in typed:
        return str(typed["references"])
    return "\n".join(f"{url} {title}".strip() for url, title in view.references)


def _findings(subject: Subject, view: AdvisoryView, desk: Desk) -> list[tuple[str, queries.FindingView]]:
    return [
        (str(words.LANGUAGE_WORDS[language]), finding)
        for language in desk.now.languages
        for finding in queries.document_findings(subject, view.id, language=language)
    ]


def _changes(desk: Desk) -> list[str]:
    return list(dict.fromkeys(gettext(each.text) % spoken(each.parameters) for each in desk.changes))


def _history(subject: Subject, advisory_id: str) -> list[Mapping[str, object]]:
    return [
        {
            "view": each,
            "state": words.state(each.state),
            "tone": words.OUTCOME_TONES[each.state],
            "by": words.who(each.by),
            "languages": words.languages(each.languages),
        }
        for each in queries.publications(subject, advisory_id)
    ]


def _approval(each: queries.ApprovalView) -> Mapping[str, object]:
    return {
        "view": each,
        "verdict": words.state(each.verdict),
        "tone": "ok" if each.verdict == "approved" else "bad",
        "by": words.who(each.by),
    }


def _previews(view: AdvisoryView) -> list[tuple[str, str, str, str]]:
    """Name, format, language and address of each preview."""
    names = {"page": gettext("Page"), "csaf": "CSAF", "jvn": "JVN"}
    return [
        (
            f"{names[kind]} {language}",
            kind,
            language,
            reverse("disclose:preview", args=[view.id, language, kind]),
        )
        for kind in queries.FORMATS
        for language in view.languages
    ]
