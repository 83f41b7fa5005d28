"""Who asks, in which language; problems as pages; headers that keep browsers careful."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject

from okiagari.cases import queries as cases
from okiagari.desk import people
from okiagari.desk.models import Person as Account
from okiagari.desk.subjects import PUBLIC, Door, Subject
from okiagari.plumbing import wording
from okiagari.plumbing.readings import reading
from okiagari.problems import HTTP_STATUS, Kind, Problem

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; frame-src 'self'"
)


class SecurityHeaders:
    """The same strict policy on every page; nothing of a case is kept by a cache."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith(("/static/", "/security/")):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Person:
    """Puts ``request.subject`` in place: the signed-in person, or the public."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.subject = SimpleLazyObject(lambda: _subject(request))  # type: ignore[attr-defined]
        return self.answer(request)


def _subject(request: HttpRequest) -> Subject:
    user = request.user
    if isinstance(user, Account) and user.is_active:
        return people.subject_of(user, Door.WEB)
    return PUBLIC


class OneReading:
    """A page that only shows asks each question once (`plumbing.readings`): frame, tab and rail share it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.answer(request)
        with reading(of_page=True):
            return self.answer(request)


class LeadsOn:
    """The number of a merged case leads to the joined one, page for page, for whoever may see that one.

    ``?as=merged`` stays: what was left where it was said (its embargo, a party named twice) is read there.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: object, arguments: object, named: Mapping[str, Any]
    ) -> HttpResponse | None:
        number = named.get("case_id")
        if number is None or request.method not in ("GET", "HEAD") or request.GET.get("as") == "merged":
            return None
        subject: Subject = request.subject  # type: ignore[attr-defined]
        joined = cases.leads_on(subject, number)
        return redirect(request.get_full_path().replace(number, joined, 1)) if joined else None


class Problems:
    """Turns a `Problem` raised below into a page that says what, why and what now."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Problem):
            return None
        if exception.kind == Kind.UNAUTHENTICATED:
            from django.contrib.auth.views import redirect_to_login

            return redirect_to_login(request.get_full_path())
        context = {"problem": wording.told(exception)}
        return render(request, "frame/problem.html", context, status=HTTP_STATUS[exception.kind])
