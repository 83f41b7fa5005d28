"""Codes of the advisories as the words and tones of the page."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_lazy

from okiagari.disclose.narration import STATE_WORDS
from okiagari.disclose.queries import Name
from okiagari.problems import gettext_noop
from okiagari.web.frame.values import Who
from okiagari.web.frame.words import language

KIND_WORDS: Mapping[str, str] = {
    "vulnerability": gettext_noop("vulnerability"),
    "end_of_support": gettext_noop("end of support"),
    "notice": gettext_noop("notice"),
}
TONES = {"draft": "", "submitted": "wait", "approved": "wait", "published": "ok", "withdrawn": "off"}
LANGUAGE_WORDS = {"ja": gettext_lazy("Japanese"), "en": gettext_lazy("English")}
OUTCOME_TONES = {
    "published": "ok",
    "scheduled": "wait",
    "publishing": "wait",
    "failed": "bad",
    "cancelled": "off",
}


def state(code: str) -> str:
    return gettext(STATE_WORDS[code])


def languages(codes: tuple[str, ...]) -> str:
    return gettext(", ").join(str(LANGUAGE_WORDS[code]) for code in codes)


def who(name: Name | None) -> Who | None:
    return Who(name.name.best(language()) or name.key) if name else None
