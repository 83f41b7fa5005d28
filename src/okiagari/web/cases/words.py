"""Codes of the case file as the words of the page."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext, gettext_lazy, pgettext, pgettext_lazy

from okiagari.cases import narration
from okiagari.cases.queries import MessageView
from okiagari.cases.values import Name
from okiagari.problems import gettext_noop
from okiagari.standards import deadlines
from okiagari.standards.localtext import LocalText
from okiagari.web.frame.values import Who
from okiagari.web.frame.words import language

_NUMBER = re.compile(r"^\[OKI-[0-9A-Z-]+\]")
LEVELS = {
    "severe": pgettext_lazy("judgement", "severe"),
    "high": pgettext_lazy("judgement", "high"),
    "medium": pgettext_lazy("judgement", "medium"),
    "low": pgettext_lazy("judgement", "low"),
}
CLOCK_STATES = {
    "met": pgettext_lazy("state of a clock", "met"),
    "met_late": pgettext_lazy("state of a clock", "met late"),
    "open": pgettext_lazy("state of a clock", "running"),
    "soon": pgettext_lazy("state of a clock", "due soon"),
    "overdue": pgettext_lazy("state of a clock", "overdue"),
    "waiting": pgettext_lazy("state of a clock", "waiting"),
    "not_applicable": pgettext_lazy("state of a clock", "does not apply"),
}
DOORS: Mapping[str, str] = {
    "web": gettext_noop("screen"),
    "api": gettext_noop("API"),
    "cli": gettext_noop("command line"),
    "device": gettext_noop("device"),
    "replay": gettext_noop("replay"),
    "mail": gettext_noop("mail"),
    "inside": gettext_noop("system"),
}
ANCHORS: Mapping[str, str] = {
    "embargo": gettext_noop("the agreed embargo"),
    "incident": gettext_noop("the incident"),
}
LANGUAGES = (("ja", gettext_lazy("Japanese")), ("en", gettext_lazy("English")))


def choices(words: Mapping[str, str], codes: Iterable[str] | None = None) -> list[tuple[str, object]]:
    """Codes with their words, for a field."""
    return [(code, gettext_lazy(words[code])) for code in (words if codes is None else codes)]


def kinds(codes: Iterable[str]) -> str:
    return gettext(", ").join(gettext(narration.KIND_WORDS[code]) for code in codes)


def best(text: LocalText) -> str:
    """The text in the reader's language, or in whichever there is."""
    return text.best(language())


def who(name: Name, *, note: str = "") -> Who:
    called = gettext("system") if name.key == "system" else best(name.name) or name.key
    return Who(called, is_team=name.kind != "person", note=note)


def full_stop(sentence: str) -> str:
    """Rooms write their lines with and without one; a log reads better when all have it."""
    stop = "。" if language() == "ja" else "."
    sentence = sentence.rstrip()
    ends = sentence.endswith((".", "。", "!", "?", "！", "？", "…")) or "://" in sentence.split(" ")[-1]
    return sentence if ends else sentence + stop


def door(code: str) -> str:
    return gettext(DOORS.get(code, code))


def anchor(source: str) -> str:
    """What a clock runs from: a number stays as it is."""
    return gettext(ANCHORS.get(source) or deadlines.ANCHOR_WORDS.get(source, source)) if source else ""


def headline(view: MessageView) -> str:
    """The subject of a letter without the number of its case; else how the text begins."""
    return _NUMBER.sub("", view.subject_line).strip() or view.text


def size(count: int) -> str:
    """``12 KB``."""
    if count < 1024:
        return pgettext("size of a file", "%(count)d bytes") % {"count": count}
    if count < 1024 * 1024:
        return f"{count / 1024:.0f} KB"
    return f"{count / 1024 / 1024:.1f} MB"
