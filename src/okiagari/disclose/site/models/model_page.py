"""The page of one model: its support dates, how to look at it, and every advisory that names it.

In: a model. Out: HTML at an address that stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string

from okiagari.disclose.rules.standing import Action
from okiagari.disclose.site import devices, looking, pictures, saying
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
        "life": lives.of_product(model.entries, product, site, language),
        "revisions": [saying.model(each.product) for each in model.targets],
        "looks": _looks(model, language),
        "notes": list(_notes(model, language)),
        "lines": lines,
        "is_quiet": all(
            line.is_withdrawn or all(state.look == "fine" for state in line.states) for line in lines
        ),
        "has_versions": any(target.order.releases for target in model.targets),
    }


def _looks(model: Model, language: str) -> list[looking.Look]:
    """How to look at it: once where it is the same for all its revisions."""
    folder = f"../../{pictures.FOLDER}/"
    products = [target.product for target in model.targets]
    lookups = [each for target in model.targets for each in target.lookups]
    return looking.looks(products, lookups, language, folder)


def _notes(model: Model, language: str) -> Iterator[tuple[str, str]]:
    """What is said of single versions, each once."""
    lines = {target.product.line for target in model.targets if target.product.line}
    found = (note for target in model.targets for note in target.notes if note.line in lines)
    for note in {(each.line, each.release): each for each in found}.values():
        text = saying.in_language(note.text, language)
        if text:
            yield note.release, text


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
