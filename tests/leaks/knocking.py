"""Knocks at doors and keeps what was answered, so that two worlds can be compared byte for byte."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from okiagari.desk.models import Person
from okiagari.plumbing import ids
from tests.leaks.doors import Knock

_MADE_NOW = re.compile(r"([A-Z]{3}-15-)5\d{4}\b")
"""A number that this very knock made. In life it is random; how many were made before it tells nothing."""
_CSRF = re.compile(rb"[A-Za-z0-9]{64}")
FIRST_OF_A_KNOCK = 50_000
IGNORED = frozenset({"Set-Cookie", "Content-Length", "Expires", "Date"})


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def says(self, word: str) -> bool:
        escaped = json.dumps(word).strip('"').encode()
        text = b"\n".join([self.body, *(f"{name}: {value}".encode() for name, value in self.headers)])
        return word.encode() in text or escaped in text


class Visitor:
    """Somebody at the doors. Nothing they do is kept from one knock to the next."""

    def __init__(self, username: str = "", token: str = "") -> None:
        headers = {"accept-language": "ja"}
        if token:
            headers["authorization"] = f"Bearer {token}"
        self.client = Client(headers=headers, raise_request_exception=False)
        if username:
            self.client.force_login(
                Person.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
            )
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def knock(self, knock: Knock) -> Answer:
        self.client.cookies.clear()
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        cache.clear()
        with transaction.atomic():
            answer = self._answer(knock)
            transaction.set_rollback(True)
        return answer

    def _answer(self, knock: Knock) -> Answer:
        request: dict[str, Any] = {}
        if knock.body is not None:
            if knock.content_type == "application/json":
                request = {"data": json.dumps(knock.body), "content_type": "application/json"}
            elif knock.method == "POST":
                request = {"data": _with_files(knock.body)}
        response = getattr(self.client, knock.method.lower())(knock.path, **request)
        if response.status_code >= 500 and response.exc_info:
            return Answer(500, (), repr(response.exc_info[1]).encode())
        try:
            body = b"".join(response.streaming_content) if response.streaming else response.content
        except Exception as broken:  # noqa: BLE001 - a page that breaks off after its head is broken, too
            return Answer(599, (), repr(broken).encode())
        headers = sorted(
            (name, _MADE_NOW.sub(r"\1…", value)) for name, value in response.items() if name not in IGNORED
        )
        return Answer(response.status_code, tuple(headers), _CSRF.sub(b"TOKEN", body))


def _with_files(body: Any) -> dict[str, Any]:
    fields = body if isinstance(body, dict) else {}
    return {
        name: SimpleUploadedFile("file.txt", b"bytes") if name in ("file", "content") else value
        for name, value in fields.items()
        if value is not None and not isinstance(value, dict)
    }


def same_chance(patch: pytest.MonkeyPatch) -> Callable[[], None]:
    """New numbers and secrets of a request count from the same start: chance does not tell worlds apart.

    Returns what starts them anew; each knock does so by itself.
    """
    numbers = count(1)  # what a knock makes counts from elsewhere: it is never what was there before
    patch.setattr(ids, "fresh", lambda prefix, length=5: f"{prefix}-15-{next(numbers):0>{length}}")
    patch.setattr(ids, "secret", lambda: f"{next(numbers):x>43}")
    start = Visitor.knock

    def restart() -> None:
        nonlocal numbers
        numbers = count(FIRST_OF_A_KNOCK)

    def knock(self: Visitor, one: Knock) -> Answer:
        restart()
        return start(self, one)

    patch.setattr(Visitor, "knock", knock)
    # Nobody looks at the templates and contexts that the test client would copy for each answer.
    patch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
    return restart
