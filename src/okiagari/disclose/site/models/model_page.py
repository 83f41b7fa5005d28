"""The page of one model: its support dates, how to look at it, and every advisory that names it.

In: a model. Out: HTML at an address that stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext

from okiagari.disclose.rules.content import Product
from okiagari.disclose.rules.standing import Action
from okiagari.disclose.site import devices, saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.models import lives
from okiagari.disclose.site.models.grouping import Model


@dataclass(frozen=True)
class State:
    """What one advisory says of one target now. `look`: how urgent it is, for the eye."""

    name: str
    versions: tuple[str, ...]
    conditions: tuple[str, ...]
    todo: str
    look: str


@dataclass(frozen=True)
class Line:
    """One advisory that names the model."""

    href: str
    title: str
    language: str
    at: datetime
    severity: str
    severity_word: str
    is_withdrawn: bool
    states: tuple[State, ...]


def page_bytes(model: Model, site: Site, language: str) -> bytes:
    with saying.speaking(language):
        return render_to_string("disclose/site/model.html", context(model, site, language)).encode()


def context(model: Model, site: Site, language: str) -> dict[str, object]:
    product = model.product
    lines = [_line(entry, model, site, language) for entry in model.entries]
    return {
        "language": language,
        "root": "../",
        "here": f"models/{model.slug}.html",
        "publisher": saying.in_language(site.publisher.name, language),
        "model": model.name,
        "names": saying.other_names(product, language),
        "kind": product.kind,
        "page": saying.web(product.page),
        "life": lives.of_product(model.entries, product, language),
        "revisions": [saying.model(each.product) for each in model.targets],
        "find_model": saying.in_language(product.find_model, language),
        "find_version": list(_find_version(model, language)),
        "lines": lines,
        "is_quiet": all(
            line.is_withdrawn or all(state.look == "fine" for state in line.states) for line in lines
        ),
        "has_versions": any(target.order.releases for target in model.targets),
    }


def _find_version(model: Model, language: str) -> Iterator[tuple[str, str]]:
    """How to look up the version: once where it is the same for all of them."""
    said: dict[str, list[Product]] = {}
    for target in model.targets:
        text = saying.in_language(target.product.find_version, language)
        if text:
            said.setdefault(text, []).append(target.product)
    for text, products in said.items():
        yield ("" if len(said) == 1 else gettext(", ").join(saying.model(each) for each in products)), text


def _line(entry: Entry, model: Model, site: Site, language: str) -> Line:
    shown = language if language in entry.content.languages else entry.primary
    severity = saying.severity(entry.content)
    return Line(
        href=f"../../{entry.page(shown)}",
        title=saying.in_language(entry.content.words.title, shown),
        language=shown,
        at=site.local(entry.last_at),
        severity=severity,
        severity_word=saying.severity_word(severity) if severity else "",
        is_withdrawn=entry.is_withdrawn,
        states=tuple(_states(entry, model, language)),
    )


def _states(entry: Entry, model: Model, language: str) -> Iterator[State]:
    for target in model.targets:
        for told in target.told:
            if told.entry is not entry:
                continue
            standing = told.standing
            row = devices.row(standing, entry.content, language)
            yield State(
                name=saying.model(target.product) if len(model.targets) > 1 else "",
                versions=row.versions if standing.is_concerned else (),
                conditions=row.conditions if standing.is_concerned else (),
                todo=row.todo,
                look=_look(standing.action),
            )


def _look(action: Action) -> str:
    if action is Action.STOP_USE:
        return "stop"
    return {Action.NOTHING: "fine", Action.CHECKING: "open"}.get(action, "do")
