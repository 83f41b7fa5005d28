"""What views share: who asks, which version they saw, texts from a form, problems back into the form."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_datetime

from okiagari.desk.permits import SIGN_IN
from okiagari.desk.subjects import Subject, SubjectKind
from okiagari.plumbing import wording
from okiagari.problems import Kind, Problem, define, gettext_noop
from okiagari.standards.localtext import LANGUAGES, LocalText

NOT_AN_INSTANT = define(
    "input.not_an_instant",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not a date with a time."),
    gettext_noop("Write 2015-08-18T10:00."),
)


def asking(request: HttpRequest) -> Subject:
    """The signed-in subject. Raises SIGN_IN for the public."""
    subject: Subject = request.subject  # type: ignore[attr-defined]
    if subject.kind == SubjectKind.PUBLIC:
        raise SIGN_IN()
    return subject


def anybody(request: HttpRequest) -> Subject:
    """The subject, signed in or not."""
    return request.subject  # type: ignore[attr-defined,no-any-return]


def seen_version(form: QueryDict) -> int | None:
    """The version in the hidden field, if the form has one."""
    value = form.get("version", "")
    return int(value) if value.isdecimal() else None


def local_text(form: QueryDict, name: str, before: LocalText | None = None) -> LocalText:
    """A text from the fields ``name_ja`` and ``name_en``, keeping source and stale marks of before."""
    text = before or LocalText()
    for language in LANGUAGES:
        field = f"{name}_{language}"
        if field in form:
            text = text.written(language, str(form[field]).strip().replace("\r\n", "\n"))
    return text


def instant(form: QueryDict, name: str, zone: str | None = None) -> datetime | None:
    """An instant from a datetime-local field, read in the maker's zone. Raises NOT_AN_INSTANT."""
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        value = parse_datetime(text)
    except ValueError:
        value = None
    if value is None:
        raise NOT_AN_INSTANT(text=text).at(name)
    return value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone or settings.TIME_ZONE))


def say(request: HttpRequest, text: str) -> None:
    """A short word on the next page that it worked."""
    messages.success(request, text)


def complain(request: HttpRequest, problem: Problem) -> wording.Told:
    """The problem in words, for the form it came from."""
    return wording.told(problem)
