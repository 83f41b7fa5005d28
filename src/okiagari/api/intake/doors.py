"""What anybody may do: send a report, follow it by its receipt, add to it. No token, no account.

`Idempotency-Key` of a stranger: the receipt is made from the key and the content, so the same request
gets the same receipt from wherever it is repeated, and nothing of the answer is kept. A key used again
from the same address for something else is refused; strangers elsewhere may use the same key.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from okiagari.api.auth import TokenOrSession
from okiagari.api.base import KEY_REUSED, answer, asking
from okiagari.api.intake import shapes
from okiagari.api.intake.routes import router
from okiagari.flow.progress import progress
from okiagari.intake import actions, knocks, queries
from okiagari.intake.actions.spooling import NO_SUCH_RECEIPT
from okiagari.plumbing import clock
from okiagari.plumbing.limiter import address_of
from okiagari.plumbing.models import Answered
from okiagari.plumbing.plain import plain


class Knock(TokenOrSession):
    """Anybody, after a look at the size of the request and at how often this address came."""

    def __call__(self, request: HttpRequest) -> Any:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise shapes.too_large()
        if request.method == "POST":
            knocks.count_try(address_of(request))
        return super().__call__(request)


knock = Knock(public=True)


def _once(request: HttpRequest) -> str:
    """What makes this request one, if it says so. Raises KEY_REUSED."""
    key = request.headers.get("Idempotency-Key", "")[:120]
    if not key:
        return ""
    owner = "public:" + salted_hmac("okiagari.idempotency", address_of(request)).hexdigest()[:40]
    digest = hashlib.sha256(f"{request.path}\n".encode() + request.body).hexdigest()
    known, _ = Answered.objects.get_or_create(
        subject_key=owner,
        key=key,
        defaults={"request_digest": digest, "status": 201, "at": clock.now()},
    )
    if known.request_digest != digest:
        raise KEY_REUSED()
    return f"{key}\n{digest}"


@router.post("/reports", auth=knock, operation_id="send_report")
def send_report(request: HttpRequest, given: shapes.ReportIn) -> HttpResponse:
    """Report a vulnerability. The answer holds the number and the secret link, which is shown only here."""
    body = given.dict(exclude={"files"})
    files = shapes.parts(given.files)
    once = _once(request)
    knocks.count_report(address_of(request))
    receipt = actions.spool(asking(request), body, files, once=once)
    path = reverse("public:receipt", args=[receipt.secret])
    view = queries.status(asking(request), receipt.secret)
    told = {
        "number": receipt.number,
        "receipt": receipt.secret,
        "link": settings.ENVIRONMENT.base_url + path,
        "answer_by": view.answer_by if view else None,
    }
    return answer(told, status=201)


@router.get("/receipts/{receipt}", auth=knock, operation_id="follow_report")
def follow_report(request: HttpRequest, receipt: str) -> HttpResponse:
    """How far a report is, and what was said about it."""
    view = queries.status(asking(request), receipt)
    if view is None:
        raise NO_SUCH_RECEIPT()
    return answer({**plain(view), "progress": list(progress(asking(request), receipt))})


@router.post("/receipts/{receipt}/messages", auth=knock, operation_id="add_to_report")
def add_to_report(request: HttpRequest, receipt: str, given: shapes.MessageIn) -> HttpResponse:
    """Say something more, or send files."""
    files = shapes.parts(given.files)
    once = _once(request)
    knocks.count_message(address_of(request))
    actions.add_message(asking(request), receipt, given.dict(exclude={"files"}), files, once=once)
    return follow_report(request, receipt)
