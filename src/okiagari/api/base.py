"""What every room's router shares: ETag and If-Match, Idempotency-Key, pages with signed cursors, texts."""

import functools
import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.plumbing.models import Answered
from okiagari.plumbing.plain import plain
from okiagari.problems import Kind, define, gettext_noop

BAD_CURSOR = define(
    "api.bad_cursor",
    Kind.INVALID,
    gettext_noop("The cursor is not one that this list gave out."),
    gettext_noop("Start again without a cursor."),
)
BAD_IF_MATCH = define(
    "api.bad_if_match",
    Kind.INVALID,
    gettext_noop('If-Match must be the ETag that was read last, such as "v3".'),
    gettext_noop("Read the resource and send its ETag back."),
)
KEY_REUSED = define(
    "api.key_reused",
    Kind.CONFLICT,
    gettext_noop("This Idempotency-Key was used for another request."),
    gettext_noop("Use a new key for a new request."),
)
KEY_BUSY = define(
    "api.key_busy",
    Kind.CONFLICT,
    gettext_noop("A request with this Idempotency-Key is still being worked on."),
    gettext_noop("Ask again in a moment with the same key."),
)


def asking(request: HttpRequest) -> Subject:
    return request.subject  # type: ignore[attr-defined,no-any-return]


def if_match(request: HttpRequest) -> int | None:
    """The version the caller has seen. Raises BAD_IF_MATCH."""
    text = request.headers.get("If-Match", "").strip()
    if not text or text == "*":
        return None
    number = text.strip('"').removeprefix("v")
    if not number.isdecimal():
        raise BAD_IF_MATCH()
    return int(number)


def answer(value: object, *, status: int = 200, version: int | None = None) -> HttpResponse:
    """A dataclass, or anything JSON can hold, as a response with its ETag."""
    response = HttpResponse(to_json(value), content_type="application/json", status=status)
    if version is not None:
        response["ETag"] = f'"v{version}"'
    return response


def to_json(value: object) -> str:
    return json.dumps(plain(value), ensure_ascii=False)


def page(items: Sequence[object], *, next_after: object = None, **more: object) -> dict[str, object]:
    """One page of a list: ``{"items": [...], "next": cursor or null}``."""
    cursor = None if next_after is None else signing.dumps(plain(next_after), salt="cursor")
    return {
        "items": plain(list(items)),
        "next": cursor,
        **{name: plain(value) for name, value in more.items()},
    }


def after(cursor: str | None) -> Any:
    """What the cursor says. Raises BAD_CURSOR."""
    if not cursor:
        return None
    try:
        return signing.loads(cursor, salt="cursor")
    except signing.BadSignature:
        raise BAD_CURSOR() from None


View = Callable[..., HttpResponse]


def idempotent(view: View) -> View:
    """Answer a repeated request with the same Idempotency-Key as the first time, and do nothing again."""

    @functools.wraps(view)
    def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")[:120]
        if not key:
            return view(request, *args, **kwargs)
        subject = asking(request)
        owner = f"{subject.kind}:{subject.key}"
        digest = hashlib.sha256(request.method.encode() + request.path.encode() + request.body).hexdigest()  # type: ignore[union-attr]
        earlier = Answered.objects.filter(subject_key=owner, key=key).first()
        if earlier is None:
            try:
                with transaction.atomic():
                    earlier = None
                    mine = Answered.objects.create(
                        subject_key=owner, key=key, request_digest=digest, at=clock.now()
                    )
            except IntegrityError:
                raise KEY_BUSY() from None
            try:
                response = view(request, *args, **kwargs)
            except BaseException:
                mine.delete()
                raise
            mine.status, mine.body = response.status_code, response.content.decode()
            mine.save()
            return response
        if earlier.request_digest != digest:
            raise KEY_REUSED()
        if earlier.status is None:
            raise KEY_BUSY()
        return HttpResponse(earlier.body, status=earlier.status, content_type="application/json")

    return once


__all__ = ["after", "answer", "asking", "idempotent", "if_match", "page", "plain", "to_json"]
