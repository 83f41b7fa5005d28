"""Codes of intake as the words of the page."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.text import capfirst
from django.utils.translation import gettext

from okiagari.intake.rules import words
from okiagari.intake.wording import said
from okiagari.web.frame.values import Tone

STATE_TONES: Mapping[str, Tone] = {
    "received": Tone.WAIT,
    "valid": Tone.WAIT,
    "accepted": Tone.OK,
    "invalid": Tone.OFF,
    "deferred": Tone.PLAIN,
    "closed": Tone.OFF,
}


def state(code: str) -> tuple[str, str]:
    """The word of a state and how it looks."""
    return capfirst(gettext(words.STATES[code])), STATE_TONES[code]


class Reasoned(Protocol):
    """A candidate, whether a report or a case."""

    @property
    def reasons(self) -> tuple[tuple[str, Mapping[str, Any]], ...]: ...


def reasons(candidate: Reasoned) -> str:
    """Why two things may be the same, in one line."""
    return gettext(", ").join(said(candidate.reasons))
