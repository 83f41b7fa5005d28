"""Says a line of the ledger in the reader's language, whichever room wrote it: for timelines at every door.

Each room's ``narration`` holds `SENTENCES` (verb -> marked template over the facts) and, where facts are
codes, `WORDS` (name of a fact -> code -> marked word), and `TURNS` (verbs after which the case is another).
A verb without a sentence, or a fact that is not there, never breaks a page.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import module_has_submodule
from django.utils.translation import get_language, gettext

from okiagari.problems import gettext_noop
from okiagari.standards.localtext import LANGUAGES, LocalText

ERASED = gettext_noop("(erased on request)")
_ABSENT = "—"


@cache
def _rooms() -> tuple[ModuleType, ...]:
    """The narration of every room that has one."""
    configs = [config for config in apps.get_app_configs() if config.name.startswith("okiagari.")]
    return tuple(
        import_module(f"{config.name}.narration")
        for config in configs
        if config.module and module_has_submodule(config.module, "narration")
    )


@cache
def sentences() -> Mapping[str, str]:
    """Every verb's template."""
    return {verb: text for room in _rooms() for verb, text in room.SENTENCES.items()}


def is_turn(verb: str) -> bool:
    """After this the case is another one: the timeline says it louder."""
    return any(verb in getattr(room, "TURNS", ()) for room in _rooms())


def sentence(verb: str, facts: Mapping[str, Any], *, is_erased: bool = False) -> str:
    """What happened, without who and when."""
    template = sentences().get(verb)
    if template is None:
        return verb
    words = _words(verb)
    spoken: defaultdict[str, str] = defaultdict(lambda: gettext(ERASED) if is_erased else _ABSENT)
    spoken |= {name: _spoken(value, words.get(name, {})) for name, value in facts.items()}
    said = gettext(template) % spoken
    return said[:1].upper() + said[1:]


def reason(verb: str, facts: Mapping[str, Any]) -> str:
    """The reason given, where the sentence does not say it already."""
    is_said = "%(reason)s" in sentences().get(verb, "")
    return "" if is_said else str(facts.get("reason") or "")


def _words(verb: str) -> Mapping[str, Mapping[str, str]]:
    for room in _rooms():
        if verb in room.SENTENCES:
            words: Mapping[str, Mapping[str, str]] = getattr(room, "WORDS", {})
            return words
    return {}


def _spoken(value: object, words: Mapping[str, str]) -> str:
    if isinstance(value, Mapping):
        return _text(value)
    if isinstance(value, list | tuple):
        return gettext(", ").join(_spoken(each, words) for each in value)
    if isinstance(value, str):
        return gettext(words[value]) if value in words else _instant(value)
    return "" if value is None else str(value)


def _text(value: Mapping[str, Any]) -> str:
    language = (get_language() or "en")[:2]
    if "texts" in value or set(value) <= set(LANGUAGES):
        return LocalText.from_json(value).best(language)
    return gettext(", ").join(_pairs(value))


def _pairs(value: Mapping[str, Any]) -> Iterator[str]:
    for name, each in value.items():
        yield f"{name}: {_spoken(each, {})}"


def _instant(text: str) -> str:
    """An instant as people read it; any other text as it is."""
    if len(text) < len("2015-08-18T10:00Z") or text[10:11] != "T":
        return text
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return text
    return timezone.localtime(instant).strftime("%Y-%m-%d %H:%M %Z") if instant.tzinfo else text
