"""Programs of people: a token made on the account page, JSON, ETags and idempotency keys.

An answer above 399 that was not expected fails the test with the problem in words.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.http import HttpResponse
from django.test import Client

from tests.support.people import Visitor, signed_in

ROOT = "/api/v1"


@dataclass(frozen=True)
class Answer:
    """What came back. `etag`: to be sent with the next change, as If-Match."""

    status: int
    content: bytes
    etag: str = ""

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    def __getitem__(self, name: str) -> Any:
        return self.json[name]


@dataclass
class Program:
    """Talks to the programs' door for one person."""

    token: str
    client: Client = field(default_factory=Client)

    def get(self, path: str, **asked: str) -> Answer:
        return self._fine(self._send("GET", path, query=asked))

    def post(self, path: str, body: object = None, *, etag: str = "", key: str = "") -> Answer:
        return self._fine(self._send("POST", path, body, etag=etag, key=key))

    def patch(self, path: str, body: object, *, etag: str = "") -> Answer:
        return self._fine(self._send("PATCH", path, body, etag=etag))

    def put(self, path: str, body: object, *, etag: str = "") -> Answer:
        return self._fine(self._send("PUT", path, body, etag=etag))

    def form(self, path: str, fields: Mapping[str, Any]) -> Answer:
        """Fields sent as a form, where a file could be among them."""
        headers = {"Authorization": f"Bearer {self.token}"}
        response = cast(HttpResponse, self.client.post(ROOT + path, dict(fields), headers=headers))
        return Answer(response.status_code, response.content)

    def refused(
        self, method: str, path: str, body: object = None, *, etag: str = "", key: str = ""
    ) -> Answer:
        """The same where a problem is expected."""
        found = self._send(method, path, body, etag=etag, key=key)
        assert found.status >= 400, f"{method} {path} answers {found.status}"
        return found

    def _fine(self, found: Answer) -> Answer:
        assert found.status < 400, f"{found.status}: {found.content.decode()}"
        return found

    def _send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        etag: str = "",
        key: str = "",
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= {"If-Match": etag} if etag else {}
        headers |= {"Idempotency-Key": key} if key else {}
        data = "" if body is None else json.dumps(body, default=str)
        send = getattr(self.client, method.lower())
        if method == "GET":
            response = send(ROOT + path, dict(query or {}), headers=headers)
        else:
            response = send(ROOT + path, data, content_type="application/json", headers=headers)
        answer = cast(HttpResponse, response)
        return Answer(answer.status_code, answer.content, answer.headers.get("ETag", ""))


def program_of(username: str) -> Program:
    """The person signs in, makes a token and copies it where it is shown, once."""
    person: Visitor = signed_in(username, "en")
    person.open("/me/")
    page = person.send(label="journey")
    secret = page.markup.texts["token"]
    assert secret not in person.open("/me/").words
    return Program(secret)
