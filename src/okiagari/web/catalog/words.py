"""Codes of the catalogue as the words of the page."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy, pgettext_lazy

from okiagari.catalog.narration import KIND_WORDS, LISTING_WORDS, SUPPORT_WORDS
from okiagari.catalog.queries import StepView
from okiagari.catalog.rules import SUPPORT_KINDS
from okiagari.standards.localtext import LANGUAGES, LocalText
from okiagari.web.frame.words import language

KINDS = {code: gettext_lazy(word) for code, word in KIND_WORDS.items()}
SUPPORT = {code: gettext_lazy(word) for code, word in SUPPORT_WORDS.items()}
STATES = {
    "planned": pgettext_lazy("release", "planned"),
    "in_test": pgettext_lazy("release", "in test"),
    "public": pgettext_lazy("release", "public"),
    "withdrawn": pgettext_lazy("release", "withdrawn"),
}
LISTINGS = {code: gettext_lazy(word) for code, word in LISTING_WORDS.items()}
TONES = {"planned": "", "in_test": "wait", "public": "ok", "withdrawn": "off"}
LIFE = SUPPORT_KINDS
"""The dates of a product's life in their order."""


def zone() -> ZoneInfo:
    """The maker's own."""
    return ZoneInfo(settings.TIME_ZONE)


def best(text: LocalText) -> str:
    """The text in the reader's language, or in whichever there is."""
    return text.best(language())


def listed(text: str) -> list[str]:
    """Words between commas, of either kind of comma."""
    return [word.strip() for word in text.replace("、", ",").split(",") if word.strip()]


def texts(typed: Mapping[str, str], name: str) -> dict[str, str]:
    """The fields ``name_ja`` and ``name_en`` as an entry of a catalogue has them."""
    found = {code: typed.get(f"{name}_{code}", "").strip().replace("\r\n", "\n") for code in LANGUAGES}
    return {code: text for code, text in found.items() if text}


def written(text: LocalText) -> dict[str, str]:
    """A text as an entry of a catalogue has it, the language it was written in first."""
    return dict(sorted(text.texts.items(), key=lambda each: each[0] != text.source))


def initial(**named: LocalText) -> dict[str, str]:
    """Initial values of such fields."""
    return {f"{name}_{code}": text.exact(code) for name, text in named.items() for code in LANGUAGES}


def steps(views: Iterable[StepView]) -> tuple[dict[str, object], ...]:
    """Steps as the page shows them."""
    return tuple({"view": view, "alt": best(view.alt)} for view in views)


def choices(words: Mapping[str, object], codes: Iterable[str] | None = None) -> list[tuple[str, object]]:
    return [(code, words[code]) for code in (words if codes is None else codes)]
