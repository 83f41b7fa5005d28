"""What download links answered, in words for both pages that show them."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext, ngettext

from okiagari.disclose.consistency.downloads import STATES, Asked

TONES = {"right": "ok", "unnamed": "off", "differs": "bad", "gone": "bad", "": "wait"}
SHOWN = 8


def standing(found: Sequence[Asked]) -> tuple[str, str]:
    """All of them in one sentence, and its tone: for who approves."""
    wrong = sum(each.is_wrong for each in found)
    waiting = sum(not each.state for each in found)
    if wrong:
        text = ngettext(
            "%(count)s download link does not answer with the file we name",
            "%(count)s download links do not answer with the file we name",
            wrong,
        )
        return text % {"count": wrong}, "bad"
    if waiting:
        text = ngettext(
            "%(count)s download link not asked yet", "%(count)s download links not asked yet", waiting
        )
        return text % {"count": waiting}, "wait"
    text = ngettext(
        "the download link answers with the file we name",
        "all %(count)s download links answer with the files we name",
        len(found),
    )
    return text % {"count": len(found)}, "ok"


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
