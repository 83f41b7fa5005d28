"""Says a problem, or any marked text with parameters, in the reader's language: the same at every door."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language, gettext

from okiagari.problems import Problem
from okiagari.standards.localtext import LANGUAGES, LocalText

LONG = 10_000
"""From here on the thousands of a number stand apart; years and ports of a sentence do not."""


@dataclass(frozen=True)
class Told:
    """A problem in words: why, what now, and the same for each field."""

    code: str
    message: str
    hint: str
    field: str | None = None
    parts: "tuple[Told, ...]" = ()


def told(problem: Problem) -> Told:
    """The problem in the language that is active now."""
    parameters = spoken(problem.parameters)
    return Told(
        code=problem.code,
        message=gettext(problem.definition.message) % parameters,
        hint=gettext(problem.definition.hint) % parameters,
        field=problem.field,
        parts=tuple(told(part) for part in problem.parts),
    )


def house_language() -> AbstractContextManager[None]:
    """Inside the block texts are said in the installation's language: for what the system itself writes
    down for good, whoever's deed made it do so."""
    return translation.override(settings.LANGUAGE_CODE)


class Grouped(int):
    """A number that says itself with its thousands apart: 22,800."""

    def __str__(self) -> str:
        return f"{int(self):,}"


def spoken(parameters: Mapping[str, object]) -> dict[str, object]:
    """Parameters with texts in several languages turned into the active one, long numbers readable, lists
    parted as the language parts them."""
    language = get_language() or "en"
    return {name: _said(value, language) for name, value in parameters.items()}


def _said(value: object, language: str) -> object:
    if isinstance(value, Mapping) and "texts" in value:
        value = LocalText.from_json(value)
    if isinstance(value, list | tuple):
        return gettext(", ").join(str(each) for each in value)
    if isinstance(value, int) and abs(value) >= LONG:
        return Grouped(value)
    return value.best(language) if isinstance(value, LocalText) else value


def in_every_language(text: str, **parameters: LocalText) -> LocalText:
    """A text that the system itself writes, in the words of every language."""
    texts = {}
    for language in LANGUAGES:
        with translation.override(language):
            said = {name: each.best(language) for name, each in parameters.items()}
            texts[language] = gettext(text) % said if said else gettext(text)
    return LocalText(texts, "en")
