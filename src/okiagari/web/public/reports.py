"""The report form and the page behind the receipt's link.

Nothing that was typed is lost: not by an error, a wrong language, a limit or a lost session (the form
needs none, and no cookie). A form sent twice is one report.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from okiagari.desk import directory
from okiagari.desk.subjects import PUBLIC, SYSTEM
from okiagari.flow.progress import progress
from okiagari.intake import actions, knocks, queries
from okiagari.intake.actions.spooling import NO_SUCH_RECEIPT
from okiagari.intake.rules import limits
from okiagari.plumbing import wording
from okiagari.plumbing.limiter import address_of
from okiagari.problems import HTTP_STATUS, Kind, Problem, define, gettext_noop
from okiagari.web.public.forms import TRAP, MessageForm, ReportForm, once, tell
from okiagari.web.public.uploads import Arrived, Note, arrived, guard

TRAPPED = define(
    "public.trapped",
    Kind.INVALID,
    gettext_noop("A field that people do not see was filled in."),
    gettext_noop("Empty the field “Leave this empty” at the end of the form and send it again."),
)
FOLDED = ("affiliation", "attacked", "public", "credit", "credit_name")
LANGUAGES = {code for code, _ in settings.LANGUAGES}


@dataclass
class Page:
    """What a form that comes back carries with it."""

    form: ReportForm | MessageForm
    once: str
    trap: str = ""
    notes: tuple[Note, ...] = ()
    problem: wording.Told | None = None
    file_problems: list[wording.Told] = field(default_factory=list)
    status: int = 200

    def refuse(self, problem: Problem) -> None:
        """Say what is wrong where it is wrong."""
        self.status = HTTP_STATUS[problem.kind]
        self.file_problems += [
            wording.told(part) for part in (problem.parts or (problem,)) if part.field == "files"
        ]
        self.problem = tell(self.form, problem) or self.problem

    @property
    def context(self) -> dict[str, object]:
        return {
            "page": self,
            "form": self.form,
            "owner": _owner(),
            "limits": limits,
            "megabytes": limits.MAX_FILE_BYTES // (1024 * 1024),
            "is_trapped": bool(self.trap),
            "is_folded_out": any(self.form[name].value() for name in FOLDED if name in self.form.fields),
        }


def _owner() -> str:
    """The maker's name, for people who came here from its product."""
    try:
        name = directory.maker(SYSTEM).name
    except Problem:
        return "Okiagari"
    return name.best((translation.get_language() or "ja")[:2])


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form. It acts for nobody, so a foreign page that sends it gains nothing; hence no CSRF token."""
    if request.method != "POST":
        return render(request, "public/report.html", Page(ReportForm.fresh(), once()).context)
    handler = guard(request)
    files = arrived(request, handler)
    language = _switched(request)
    page = Page(
        ReportForm(request.POST),
        request.POST.get("once") or once(),
        trap=request.POST.get(TRAP, ""),
        notes=files.notes,
    )
    if language:
        return _in_language(render(request, "public/report.html", _unchecked(page).context), language)
    receipt = _taken(request, page, files)
    if receipt is None:
        return render(request, "public/report.html", page.context, status=page.status)
    return redirect(reverse("public:receipt", args=[receipt.secret]) + "?new=1")


def _taken(request: HttpRequest, page: Page, files: Arrived) -> actions.Receipt | None:
    """The receipt, or None with the page saying why there is none."""
    assert isinstance(page.form, ReportForm)
    try:
        knocks.count_try(address_of(request))
        if page.trap:
            raise TRAPPED()
        for problem in files.problems:
            page.refuse(problem)
        if files.problems:
            return None
        knocks.count_report(address_of(request))
        return actions.spool(PUBLIC, page.form.values(), files.files, once=page.once)
    except Problem as problem:
        page.refuse(problem)
        return None


def _unchecked(page: Page) -> Page:
    """The same input without complaints: only the language was asked for."""
    assert isinstance(page.form, ReportForm)
    page.form = ReportForm(initial=page.form.values())
    return page


def _switched(request: HttpRequest) -> str:
    """The language asked for by a button of the form, from now on spoken."""
    wanted = request.POST.get("speak", "")
    if wanted not in LANGUAGES:
        return ""
    translation.activate(wanted)
    return wanted


def _in_language(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", max_age=365 * 24 * 3600)
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, secret: str) -> HttpResponse:
    """What has happened so far, and a way to add something. Whoever holds the link is the reporter."""
    page = Page(MessageForm(), once())
    if request.method == "POST":
        handler = guard(request)
        files = arrived(request, handler)
        page = Page(MessageForm(request.POST), request.POST.get("once") or once(), notes=files.notes)
        if _added(request, page, files, secret):
            return redirect(reverse("public:receipt", args=[secret]) + "?added=1#messages")
    view = queries.status(PUBLIC, secret)
    if view is None:
        raise NO_SUCH_RECEIPT()
    context = {
        **page.context,
        "status": view,
        "talk": _talk(view),
        "progress": progress(PUBLIC, secret),
        "is_new": "new" in request.GET,
        "is_added": "added" in request.GET,
        "link": request.build_absolute_uri(reverse("public:receipt", args=[secret])),
        "days": limits.ANSWER_DAYS,
    }
    response = render(request, "public/receipt.html", context, status=page.status)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _talk(view: queries.StatusView) -> list[dict[str, object]]:
    """What was said, in the reader's language where it was said in it."""
    language = (translation.get_language() or "ja")[:2]
    return [
        {"direction": each.direction, "at": each.at, "text": each.text.best(language)}
        for each in view.messages
    ]


def _added(request: HttpRequest, page: Page, files: Arrived, secret: str) -> bool:
    try:
        knocks.count_try(address_of(request))
        for problem in files.problems:
            page.refuse(problem)
        if files.problems:
            return False
        knocks.count_message(address_of(request))
        body = {"message": request.POST.get("message", ""), "language": translation.get_language()}
        actions.add_message(PUBLIC, secret, body, files.files, once=page.once)
    except Problem as problem:
        if problem.kind == Kind.NOT_FOUND:
            raise
        page.refuse(problem)
        return False
    return True
