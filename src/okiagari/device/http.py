"""The few pieces of HTTP the device door needs, on bare ASGI 3."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

import msgspec

from okiagari.problems import HTTP_STATUS, Kind, Problem, define, gettext_noop

MAX_BODY = 256 * 1024

Scope = Mapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

BODY_TOO_LARGE = define(
    "device.body_too_large",
    Kind.TOO_LARGE,
    gettext_noop("The body is larger than %(kilobytes)s KiB."),
    gettext_noop("Send the check-ins in several requests."),
)
NOTHING_HERE = define(
    "device.nothing_here",
    Kind.NOT_FOUND,
    gettext_noop("There is nothing at this address."),
    gettext_noop("Check-ins go to POST /v1/check-ins; GET /healthz says whether they are kept."),
)


class GoneError(Exception):
    """The client hung up before its request was complete."""


def header(scope: Scope, name: bytes) -> str:
    """The value of a header, empty if there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value).decode("latin-1")
    return ""


async def body(scope: Scope, receive: Receive) -> bytes:
    """The whole body. Raises BODY_TOO_LARGE without reading on, or GoneError."""
    length = header(scope, b"content-length")
    if length.isdecimal() and int(length) > MAX_BODY:
        raise BODY_TOO_LARGE(kilobytes=MAX_BODY // 1024)
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneError
        part: bytes = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > MAX_BODY:
            raise BODY_TOO_LARGE(kilobytes=MAX_BODY // 1024)
        if not message.get("more_body", False):
            return parts[0] if len(parts) == 1 else b"".join(parts)


async def answer(send: Send, status: int, document: object, headers: Mapping[str, str] | None = None) -> None:
    """Send a document as JSON."""
    content = msgspec.json.encode(document)
    fields = {"content-type": "application/json", "content-length": str(len(content)), **(headers or {})}
    encoded = [(name.encode(), value.encode()) for name, value in fields.items()]
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": content})


async def refuse(send: Send, problem: Problem, *, index: int | None = None, retry_after: int = 0) -> None:
    """Send a problem (RFC 9457), in English: devices have no language."""
    status = HTTP_STATUS[problem.kind]
    document: dict[str, object] = {
        "type": f"urn:okiagari:problem:{problem.code}",
        "status": status,
        "code": problem.code,
        "title": problem.message,
        "hint": problem.hint,
    }
    if index is not None:
        document["index"] = index
    if problem.field:
        document["field"] = problem.field
    headers = {"content-type": "application/problem+json"}
    if problem.kind == Kind.UNAUTHENTICATED:
        headers["www-authenticate"] = "TargetToken, GatewayToken"
    if retry_after:
        headers["retry-after"] = str(retry_after)
    await answer(send, status, document, headers)
