"""The criteria: what is in force, what was before, and adopting the next version."""

import tomllib
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.desk import permits
from okiagari.problems import HTTP_STATUS, Kind, Problem, define, gettext_noop
from okiagari.standards.localtext import LANGUAGES
from okiagari.triage import actions, queries
from okiagari.triage.rules.criteria import Criteria, to_json
from okiagari.web.catalog.deeds import Deed, perform
from okiagari.web.doors import asking, say
from okiagari.web.triage.forms import ReviewForm
from okiagari.web.triage.words import level_words

NOT_TOML = define(
    "triage.criteria_not_toml",
    Kind.INVALID,
    gettext_noop("The file cannot be read: %(why)s."),
    gettext_noop("Give criteria as TOML, in the form in which this page hands them out."),
)
LINES = ("medium", "high", "severe", "executive")


@require_safe
def criteria(request: HttpRequest, version: int | None = None) -> HttpResponse:
    """One version, the newest unless another is asked for."""
    subject = asking(request)
    view = queries.criteria(subject, version=version)
    context = {
        "view": view,
        "versions": queries.criteria_versions(subject),
        "reviews": queries.criteria_reviews(subject),
        "is_due": queries.review_due(subject) is not None,
        "lines": _lines(view.rules),
        "is_old": version is not None and version != queries.criteria(subject).version,
        "may_adopt": permits.may(subject, "triage.criteria"),
    }
    return render(request, "triage/criteria.html", context)


def _lines(rules: Criteria) -> tuple[tuple[str, str, int], ...]:
    words = level_words()
    return tuple((level.value, words[level], start) for level, start in rules.lines)


def review(request: HttpRequest) -> HttpResponse:
    """The date has come: keep the criteria as they are, with a reason, or go on to adopt new ones."""
    subject = asking(request)
    permits.require(subject, "triage.criteria")
    form = ReviewForm(request.POST or None)
    deed = Deed(
        title=gettext("Review the criteria"),
        button=gettext("Keep them as they are"),
        done=gettext("The review is recorded, the next date is set."),
        back=reverse("triage:criteria"),
        intro=gettext(
            "Look at the cases since the last review: where did people deviate from the proposal? "
            "If the criteria must change, adopt a new version instead."
        ),
    )

    def act() -> None:
        typed = form.cleaned_data
        actions.review_criteria(subject, reason=typed["reason"], next_review=typed["next_review"])

    return perform(request, deed, form, act)


def adopt(request: HttpRequest) -> HttpResponse:
    """Change texts and points, or hand in a whole file; either way the next version."""
    subject = asking(request)
    permits.require(subject, "triage.criteria")
    rules = queries.criteria(subject).rules
    problem: Problem | None = None
    if request.method == "POST":
        try:
            content = _file(request) or _content(request.POST, rules)
            review = request.POST.get("next_review", "")
            number = actions.adopt_criteria(subject, content, next_review=review)
        except Problem as raised:
            problem = raised
        else:
            said = gettext("Version %(version)s of the criteria is in force.") % {"version": number}
            say(request, said)
            return redirect("triage:criteria")
    words = level_words() | {"executive": gettext("Executives take part")}
    context = {
        "questions": _fields(rules, request.POST),
        "lines": tuple((line, words[line], request.POST.get(line, getattr(rules, line))) for line in LINES),
        "form": request.POST,
        "problem": problem,
    }
    status = HTTP_STATUS[problem.kind] if problem else 200
    return render(request, "triage/adopt.html", context, status=status)


def _file(request: HttpRequest) -> dict[str, Any] | None:
    given = request.FILES.get("file")
    if given is None:
        return None
    try:
        return tomllib.loads(given.read().decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NOT_TOML(why=str(error)).at("file") from None


def _content(form: QueryDict, rules: Criteria) -> dict[str, Any]:
    """The criteria in force with the texts and points of the form. A point that is no number stays a text,
    so that the rules name its place."""
    content: dict[str, Any] = to_json(rules)
    content |= {"assumed": False, "note": {}}
    content["thresholds"] = {line: _number(form.get(line, "")) for line in LINES}
    for question in content["questions"]:
        name = question["key"]
        question["text"] = _texts(form, f"q.{name}", question["text"])
        for answer in question["answers"]:
            place = f"q.{name}.{answer['key']}"
            answer["text"] = _texts(form, place, answer["text"])
            answer["points"] = _number(form.get(f"{place}.points", ""))
    return content


def _texts(form: QueryDict, name: str, before: Mapping[str, str]) -> dict[str, str]:
    return {language: form.get(f"{name}.{language}", before.get(language, "")) for language in LANGUAGES}


def _number(text: str) -> int | str:
    return int(text) if text.strip().isascii() and text.strip().isdecimal() else text


def _fields(rules: Criteria, form: QueryDict) -> tuple[dict[str, Any], ...]:
    """Each question with the names and values of its inputs."""
    made = []
    for question in rules.questions:
        name = f"q.{question.key}"
        answers = tuple(
            {
                "points_name": f"{name}.{answer.key}.points",
                "points": form.get(f"{name}.{answer.key}.points", answer.points),
                "texts": _inputs(f"{name}.{answer.key}", dict(answer.text.texts), form),
            }
            for answer in question.answers
        )
        made.append({"texts": _inputs(name, dict(question.text.texts), form), "answers": answers})
    return tuple(made)


def _inputs(name: str, texts: Mapping[str, str], form: QueryDict) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (language, f"{name}.{language}", form.get(f"{name}.{language}", texts.get(language, "")))
        for language in LANGUAGES
    )
