"""Why two things may be the same, in the reader's language: the same words at every door."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

Reasons = Iterable[tuple[str, Mapping[str, Any]]]


def said(reasons: Reasons) -> list[str]:
    """One text for each reason, strongest first."""
    return [
        gettext(text) % {name: _spoken(value) for name, value in parameters.items()}
        for text, parameters in reasons
    ]


def _spoken(value: object) -> object:
    if isinstance(value, tuple):
        return gettext(", ").join(gettext(each) for each in value)
    return value
