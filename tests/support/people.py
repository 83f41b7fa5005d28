"""People at their browsers, without script: they open pages, follow links, fill in forms and press buttons.

Nobody here can do what the page does not offer: a link that is not there is not followed, a field that is
not there is not filled, an answer that is not among the choices is not given.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode, urljoin, urlsplit
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from okiagari.plumbing import clock, jobs
from tests.support.markup import Control, Form, Markup, numbers

PASSWORD = "okiagari-demo"
TOKYO = ZoneInfo("Asia/Tokyo")
HOST = "http://testserver"
Value = str | Sequence[str] | SimpleUploadedFile


@contextmanager
def on(text: str) -> Iterator[datetime]:
    """The clock stands at this hour in Tokyo; what falls due is done before and after."""
    instant = datetime.fromisoformat(text).replace(tzinfo=TOKYO)
    with clock.at(instant):
        jobs.run_due()
        yield instant
        jobs.run_due()


class Page:
    """What the browser shows now."""

    def __init__(self, response: HttpResponse, address: str) -> None:
        self.status = response.status_code
        self.address = address
        self.content = response.getvalue()
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        self.markup = Markup(self.content.decode() if is_page else "")
        self.words = self.markup.words if is_page else self.content.decode(errors="replace")

    def says(self, *texts: str) -> bool:
        """All of these stand there, wherever the lines break."""
        missing = [text for text in texts if " ".join(text.split()) not in self.words]
        assert not missing, f"{self.address} does not say {missing}:\n{self.words}"
        return True

    def keeps_quiet_about(self, *texts: str) -> bool:
        return not any(text in self.words for text in texts)

    def number(self, prefix: str) -> str:
        """The first public number of this kind, in the address or on the page."""
        return next(numbers(f"{self.address} {self.words}", prefix))

    def numbers(self, prefix: str) -> list[str]:
        """All public numbers of this kind: of the page's words and of where its links lead."""
        links = " ".join(each.href for each in self.markup.links)
        return list(numbers(f"{self.words} {links}", prefix))

    def offers(self, name: str) -> list[str]:
        """What can be chosen there."""
        return next((form.controls[name].offers for form in self.markup.forms if name in form.controls), [])

    def json(self) -> Any:
        return json.loads(self.content)

    def link(self, ending: str) -> str:
        """Where the one link leads whose address ends so or contains it."""
        found = {each.href for each in self.markup.links if ending in each.href}
        exact = {href for href in found if urlsplit(href).path.endswith(ending)}
        chosen = exact or found
        assert len(chosen) == 1, f"{self.address}: {len(chosen)} links to {ending!r} of {self._links()}"
        return chosen.pop()

    def _links(self) -> list[str]:
        return sorted({each.href for each in self.markup.links})

    def form(self, names: Sequence[str], to: str = "") -> Form:
        """The one form that has all these fields (and leads there)."""
        found = [
            form
            for form in self.markup.forms
            if set(names) <= set(form.controls) and to in urljoin(self.address, form.action)
        ]
        known = [(form.action, list(form.controls)) for form in self.markup.forms]
        assert found, f"{self.address} has no form with {list(names)}; there are {known}"
        assert len(found) == 1, f"{self.address} has {len(found)} forms with {list(names)}: {known}"
        return found[0]


class Visitor:
    """Somebody with a browser of their own. `page` is what it shows."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.client = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE=language)
        self.page = Page(HttpResponse(), "/")

    def open(self, address: str) -> Page:
        """Go to an address of this site; it must be there."""
        self.look(address)
        assert self.page.status == 200, f"{self.page.address} answers {self.page.status}: {self.page.words}"
        return self.page

    def look(self, address: str) -> Page:
        """Go to an address, whatever it answers."""
        return self._arrive(self._get(urljoin(self.page.address, address)), address)

    def follow(self, ending: str) -> Page:
        return self.open(self.page.link(ending))

    def follow_words(self, text: str) -> Page:
        """The link that says so."""
        found = {each.href for each in self.page.markup.links if each.text == text}
        assert len(found) == 1, f"{self.page.address}: {len(found)} links say {text!r}"
        return self.open(found.pop())

    def send(
        self, *, to: str = "", button: str = "", fields: Mapping[str, Value] | None = None, **more: Value
    ) -> Page:
        """Fill in the form that has these fields and send it; it must work."""
        self._send({**(fields or {}), **more}, to, button)
        assert self.page.status == 200, f"{self.page.address} answers {self.page.status}: {self.page.words}"
        return self.page

    def try_to_send(
        self, *, to: str = "", button: str = "", fields: Mapping[str, Value] | None = None, **more: Value
    ) -> Page:
        """The same where a refusal is expected: the form must come back with a word about why."""
        self._send({**(fields or {}), **more}, to, button)
        assert self.page.status in (409, 412, 422), f"{self.page.address} answers {self.page.status}"
        return self.page

    def _send(self, fields: Mapping[str, Value], to: str, button: str) -> None:
        form = self.page.form(list(fields), to)
        data: dict[str, object] = {
            name: list(held.values) for name, held in form.controls.items() if held.values
        }
        data |= {name: _filled(form.controls[name], value) for name, value in fields.items()}
        pressed = next((each for each in form.buttons if _is(each, button)), None)
        assert pressed is not None, f"{self.page.address}: no button {button!r} among {form.buttons}"
        if pressed.get("name"):
            data[pressed["name"]] = [pressed.get("value", "")]
        target = urljoin(self.page.address, pressed.get("formaction") or form.action or self.page.address)
        if form.method == "get":
            self._arrive(self._get(f"{target}?{urlencode(data, doseq=True)}"), target)
            return
        self._arrive(self._post(target, data), target)

    def _get(self, address: str) -> HttpResponse:
        return cast(HttpResponse, self.client.get(address))

    def _post(self, address: str, data: Mapping[str, object]) -> HttpResponse:
        referer = urljoin(HOST, self.page.address)
        return cast(HttpResponse, self.client.post(address, data, HTTP_REFERER=referer))

    def _arrive(self, response: HttpResponse, address: str) -> Page:
        for _ in range(5):
            if response.status_code not in (301, 302, 303):
                break
            address = urljoin(address, response.headers["Location"])
            response = self._get(address)
        parts = urlsplit(urljoin(self.page.address, address))
        self.page = Page(response, parts.path + (f"?{parts.query}" if parts.query else ""))
        return self.page


def _is(button: Mapping[str, str], wanted: str) -> bool:
    """The plain button, or the one with this name or target."""
    if not wanted:
        return not button.get("name") and not button.get("formaction")
    return wanted in (button.get("name"), button.get("value")) or wanted in button.get("formaction", "")


def _filled(control: Control, value: Value) -> object:
    assert control.kind != "hidden", f"{control.name} is not for people to fill"
    assert not control.is_readonly, f"{control.name} cannot be written in"
    if control.kind == "file":
        return value
    values = [value] if isinstance(value, str) else list(value)
    if control.kind in ("checkbox", "radio", "select"):
        unknown = [each for each in values if each not in control.offers]
        assert not unknown, f"{control.name} does not offer {unknown}, only {control.offers}"
    return values


def signed_in(username: str, language: str) -> Visitor:
    """Somebody who has come in through the login page."""
    visitor = Visitor(language)
    visitor.open("/account/login/")
    visitor.send(login=username, password=PASSWORD)
    assert visitor.page.address == "/", f"{username} was not let in: {visitor.page.words}"
    return visitor


def both(name: str, ja: str, en: str) -> dict[str, str]:
    """A text in both languages, as its two fields."""
    return {f"{name}_ja": ja, f"{name}_en": en}
