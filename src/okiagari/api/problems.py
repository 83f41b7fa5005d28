"""Problems as ``application/problem+json`` (RFC 9457): the same words as at every door."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from okiagari.desk.permits import NOTHING_HERE
from okiagari.plumbing import wording
from okiagari.problems import HTTP_STATUS, Kind, Problem, define, gettext_noop, several

WRONG_FIELD = define(
    "input.wrong_field",
    Kind.INVALID,
    gettext_noop("%(field)s: %(why)s"),
    gettext_noop("The description of the API says what is allowed: /api/v1/openapi.json."),
)


def body(problem: Problem) -> dict[str, Any]:
    """The problem as a document."""
    return _document(wording.told(problem), HTTP_STATUS[problem.kind])


def _document(told: wording.Told, status: int) -> dict[str, Any]:
    document: dict[str, Any] = {
        "type": f"urn:okiagari:problem:{told.code}",
        "status": status,
        "code": told.code,
        "title": told.message,
        "hint": told.hint,
    }
    if told.field:
        document["field"] = told.field
    if told.parts:
        document["parts"] = [
            {"code": part.code, "title": part.message, "hint": part.hint, "field": part.field}
            for part in told.parts
        ]
    return document


def answer(problem: Problem) -> HttpResponse:
    response = JsonResponse(body(problem), status=HTTP_STATUS[problem.kind])
    response["Content-Type"] = "application/problem+json"
    if problem.kind == Kind.UNAUTHENTICATED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def install(api: NinjaAPI) -> None:
    """Answer every problem, wrong field and missing thing in the one form."""

    @api.exception_handler(Problem)
    def problem(request: HttpRequest, exception: Problem) -> HttpResponse:
        return answer(exception)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, exception: ValidationError) -> HttpResponse:
        parts = [
            WRONG_FIELD(field=_place(error["loc"]), why=error["msg"]).at(_place(error["loc"]))
            for error in exception.errors
        ]
        return answer(several(parts))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, exception: Http404) -> HttpResponse:
        return answer(NOTHING_HERE())


def _place(location: Any) -> str:
    return ".".join(str(part) for part in list(location)[2:]) or ".".join(str(part) for part in location)
