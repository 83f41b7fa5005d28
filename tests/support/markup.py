"""Reads a page as a browser without script does: its words, its links, its forms and what they offer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
UNSEEN = frozenset(("script", "style", "title", "textarea", "option"))


@dataclass
class Control:
    """A field: what it holds now, and what it offers where it offers a choice."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    is_readonly: bool = False


@dataclass
class Form:
    """A form with its fields in the order of the page, and the buttons that send it."""

    key: str
    action: str
    method: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Link:
    href: str
    text: str


class Markup(HTMLParser):
    """The parsed page: `words`, `links`, `forms`, and `texts`: what stands in a code element, by its id."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[Link] = []
        self.texts: dict[str, str] = {}
        self._inside: list[str] = []
        self._form: Form | None = None
        self._away: list[tuple[str, Control | dict[str, str]]] = []
        self._select = Control("", "select")
        self._seen: list[str] = []
        self._text: list[str] = []
        self._waiting: dict[str, dict[str, str]] = {}
        self.feed(text)
        self.close()
        self._settle()

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self._seen)).strip()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._inside.append(tag)
        if tag == "form":
            self._form = Form(
                given.get("id", ""), given.get("action", ""), given.get("method", "get").lower()
            )
            self.forms.append(self._form)
        elif tag in ("a", "textarea", "option", "code"):
            self._waiting[tag] = given
            self._text = []
        elif tag == "select":
            self._select = Control(given.get("name", ""), tag)
            self._belongs(given, self._select)
        elif tag == "input":
            self._input(given)
        elif tag == "button" and given.get("type", "submit") == "submit":
            self._belongs(given, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass
        if tag == "form":
            self._form = None
        given = self._waiting.pop(tag, None)
        if given is not None:
            self._finish(tag, given, "".join(self._text))

    def handle_data(self, data: str) -> None:
        self._text.append(data)
        if not UNSEEN.intersection(self._inside):
            self._seen.append(data)

    def _finish(self, tag: str, given: dict[str, str], text: str) -> None:
        if tag == "code":
            self.texts[given.get("id", "")] = text.strip()
        elif tag == "a":
            self.links.append(Link(given.get("href", ""), re.sub(r"\s+", " ", text).strip()))
        elif tag == "textarea":
            value = text.removeprefix("\n")
            self._belongs(given, Control(given["name"], tag, [value], is_readonly="readonly" in given))
        else:
            value = given.get("value", text.strip())
            self._select.offers.append(value)
            if "selected" in given:
                self._select.values.append(value)

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if "name" not in given or "disabled" in given or kind == "submit":
            return
        is_choice = kind in ("checkbox", "radio")
        value = given.get("value", "on" if is_choice else "")
        is_on = not is_choice or "checked" in given
        offers = [value] if is_choice else []
        held = [value] if is_on and kind != "file" else []
        self._belongs(given, Control(given["name"], kind, held, offers, "readonly" in given))

    def _belongs(self, given: dict[str, str], part: Control | dict[str, str]) -> None:
        """To the form around it, or to the one it names, which may come later on the page."""
        if "form" in given:
            self._away.append((given["form"], part))
        elif self._form is not None:
            _put(self._form, part)

    def _settle(self) -> None:
        for key, part in self._away:
            for form in self.forms:
                if form.key == key:
                    _put(form, part)
        for control in [each for form in self.forms for each in form.controls.values()]:
            if control.kind == "select" and not control.values:
                control.values = control.offers[:1]


def _put(form: Form, part: Control | dict[str, str]) -> None:
    """Radios and checkboxes of one name are one field with several offers."""
    if isinstance(part, dict):
        form.buttons.append(part)
    elif part.name not in form.controls:
        form.controls[part.name] = part
    else:
        there = form.controls[part.name]
        there.offers += part.offers
        there.values += part.values


def numbers(text: str, prefix: str) -> Iterator[str]:
    """The public numbers with this prefix, in the order of the text, each once."""
    yield from dict.fromkeys(re.findall(rf"\b{prefix}-\d\d-[0-9A-Z]+\b", text))
