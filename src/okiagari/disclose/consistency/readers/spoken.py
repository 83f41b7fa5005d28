"""Facts that stand in sentences: what to install, by when a fix is planned, how severe it is.

In: text in one language. Out: the fact, "" where the text does not hold it. The sentences are those of the
translations; what stands in them is taken from the text.
"""

import re
from functools import cache

from django.utils.translation import gettext, override, pgettext

from okiagari.disclose.consistency import normal

_SEVERITIES = ("None", "Low", "Medium", "High", "Critical")


@cache
def _pattern(sentence: str, language: str) -> re.Pattern[str]:
    """A translated sentence with one gap as a pattern; the gap ends where the sentence goes on."""
    with override(language):
        text = gettext(sentence)
    before, _, after = re.sub(r"%\(\w+\)[sd]", "\0", text).partition("\0")
    return re.compile(f"{re.escape(before)}(.+?){re.escape(after)}" + ("" if after else "$"), re.MULTILINE)


def _first(sentence: str, text: str, language: str) -> str:
    found = _pattern(sentence, language).search(text)
    return normal.plain(found[1]) if found else ""


def update(text: str, language: str) -> str:
    """The version to install."""
    return _first("Update to version %(release)s or later.", text, language)


def updates(text: str, language: str) -> list[str]:
    """Every version that a text tells somebody to install."""
    found = _pattern("Update to version %(release)s or later.", language).findall(text)
    return [normal.plain(each) for each in found]


def short_update(text: str, language: str) -> str:
    """The same in a table, which says nothing else."""
    found = _pattern("Update to %(release)s", language).fullmatch(text)
    return normal.plain(found[1]) if found else ""


def fixed(text: str, language: str) -> str:
    """The releases that fix it, as they are joined."""
    found = _pattern("Fixed in %(release)s", language).fullmatch(text)
    return found[1] if found else ""


def promise(text: str, language: str) -> str:
    """When the next edition is planned."""
    found = _first("Next update planned: %(date)s", text, language)
    return normal.shown(found) if found else ""


_PLANNED_BY_CSAF = {
    "ja": re.compile(r"^修正の提供予定: (.+)$", re.MULTILINE),
    "en": re.compile(r"^A fix is planned for (.+?)\.$", re.MULTILINE),
}


def planned(text: str, language: str) -> str:
    """By when a fix is planned: the last line says it, after what people wrote."""
    found = _PLANNED_BY_CSAF[language].findall(text)
    return normal.plain(found[-1]) if found else ""


@cache
def _words(language: str) -> dict[str, str]:
    with override(language):
        return {pgettext("CVSS", word): word.lower() for word in _SEVERITIES}


def severity(word: str, language: str) -> str:
    """The code of a word of severity; an unknown word as it stands."""
    return _words(language).get(word.strip(), word.strip())


@cache
def actions(language: str) -> dict[str, str]:
    """What tables say that owners should do, to the code of it."""
    words = {
        "stop_use": "Please stop using it",
        "update": "Update it",
        "replace": "Have it replaced",
        "workaround": "Apply the workaround",
        "wait": "A fix is being prepared",
    }
    with override(language):
        return {gettext(text): code for code, text in words.items()}


def action(text: str, language: str) -> str:
    if short_update(text, language):
        return "update"
    return actions(language).get(text, text)


@cache
def word(text: str, language: str, context: str = "") -> str:
    """A word of the templates in one language."""
    with override(language):
        return pgettext(context, text) if context else gettext(text)
