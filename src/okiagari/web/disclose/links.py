"""What download links answered, in words for both pages that show them."""

from collections.abc import Iterable

from django.utils.translation import gettext

from okiagari.disclose.consistency.downloads import STATES, Asked

TONES = {"right": "ok", "unnamed": "off", "differs": "bad", "gone": "bad", "": "wait"}
SHOWN = 8


def rows(found: Iterable[Asked]) -> list[dict[str, object]]:
    """Each link with what it answered, in words."""
    return [
        {
            "view": each,
            "state": gettext(STATES[each.state]) if each.state else gettext("not asked yet"),
            "tone": TONES[each.state],
            "models": ", ".join(each.link.models[:SHOWN]),
        }
        for each in found
    ]
