"""The status line of a page: how far it has come, and when the next edition is planned.

In: an entry. Out: words of one language, "" where there is nothing to say beside the page itself.
"""

from datetime import datetime

from django.utils.translation import gettext, ngettext

from okiagari.disclose.rules import promises
from okiagari.disclose.rules.content import Content
from okiagari.disclose.rules.progress import Progress, Stage, progress
from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.problems import gettext_noop

PHASES = {
    "investigating": gettext_noop("We are investigating."),
    "identified": gettext_noop("The cause is known; we are working on it."),
    "contained": gettext_noop("It is contained; we are working on the rest."),
    "resolved": gettext_noop("It is over."),
}


def status(entry: Entry, language: str) -> str:
    """What the page says first."""
    if entry.is_withdrawn:
        return ""
    content = entry.content
    said = _of_products(progress(content), is_updated=len(entry.editions) > 1)
    phase = gettext(PHASES[content.phase]) if content.phase in PHASES else ""
    return said or phase if content.vulnerabilities else phase or said


def _of_products(course: Progress, *, is_updated: bool) -> str:
    if course.stage is Stage.INVESTIGATING:
        decided = ngettext(
            "Under investigation: %(decided)d product decided",
            "Under investigation: %(decided)d products decided",
            course.decided,
        ) % {"decided": course.decided}
        return gettext("%(decided)s, %(open)d still being checked.") % {
            "decided": decided,
            "open": len(course.checking),
        }
    if course.stage is Stage.WORKAROUND:
        return _fix_to_come(len(course.waiting))
    if course.stage is Stage.PARTIAL:
        fixed = ngettext(
            "%(count)d product is dealt with.", "%(count)d products are dealt with.", course.updated
        ) % {"count": course.updated}
        return f"{fixed} {_fix_to_come(len(course.waiting))}"
    if course.stage is Stage.DONE and is_updated:
        return gettext("Every affected product is dealt with.")
    return ""


def _fix_to_come(count: int) -> str:
    return ngettext(
        "A fix is being prepared for %(count)d product.",
        "Fixes are being prepared for %(count)d products.",
        count,
    ) % {"count": count}


def next_update(content: Content, site: Site, language: str) -> str:
    """The day or hour of the edition to come, as the page promises it."""
    if not content.next_update:
        return ""
    known: datetime | None = promises.instant_of(content.next_update)
    if known is not None:
        return f"{site.local(known):%Y-%m-%d %H:%M %Z}"
    return saying.date(content.next_update, language)
