"""Codes of intake as the words of the page."""

from collections.abc import Mapping

from django.utils.text import capfirst
from django.utils.translation import gettext

from okiagari.intake.queries import Candidate
from okiagari.intake.rules import words
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


def reasons(candidate: Candidate) -> str:
    """Why two reports may be the same, in one line."""
    return gettext(", ").join(gettext(text) % parameters for text, parameters in candidate.reasons)
