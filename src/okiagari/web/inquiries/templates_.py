"""Letter templates: every one with its versions, changed by members with a preview."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases.narration import AUDIENCE_WORDS
from okiagari.desk import permits
from okiagari.flow.letters import actions, queries
from okiagari.problems import HTTP_STATUS, Problem
from okiagari.standards.localtext import LANGUAGES, LocalText
from okiagari.web.doors import asking, complain, local_text, say
from okiagari.web.frame.words import language


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    found = queries.letter_templates(subject)
    rows = [{"template": each, "audience": gettext(AUDIENCE_WORDS[each.audience])} for each in found]
    return render(request, "inquiries/letters.html", {"rows": rows})


def edit(request: HttpRequest, key: str) -> HttpResponse:
    """See a template and its versions; write the maker's own."""
    subject = asking(request)
    versions = queries.template_versions(subject, key)
    problem: Problem | None = None
    lines, text = versions[0].subject_line, versions[0].text
    if request.method == "POST":
        lines, text = local_text(request.POST, "subject_line"), local_text(request.POST, "text")
        if "preview" not in request.POST:
            try:
                name = actions.save_template(
                    subject, key, text=text, subject_line=lines, reason=request.POST.get("reason", "")
                )
            except Problem as raised:
                if raised.code.startswith("desk."):
                    raise
                problem = raised
            else:
                say(request, gettext("Kept as %(name)s.") % {"name": name})
                return redirect(reverse("inquiries:letter", args=[key]))
    context = {
        "template": versions[0],
        "versions": versions,
        "may_change": permits.may(subject, "flow.templates"),
        "subject_line": lines,
        "text": text,
        "reason": request.POST.get("reason", ""),
        "previews": [_preview(request, each, lines, text) for each in LANGUAGES if each in text],
        "placeholders": queries.placeholders(subject, language()),
        "problem": complain(request, problem) if problem else None,
    }
    status = HTTP_STATUS[problem.kind] if problem else 200
    return render(request, "inquiries/letter.html", context, status=status)


def _preview(request: HttpRequest, each: str, lines: LocalText, text: LocalText) -> tuple[str, object]:
    return each, queries.example(asking(request), lines.exact(each), text.exact(each), each)
