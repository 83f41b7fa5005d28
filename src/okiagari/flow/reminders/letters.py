"""What the letters say: numbers, links, how many. Nothing of a case stands in them, embargoed or not."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from okiagari.desk.models import Person
from okiagari.flow.reminders.rules import Sheet
from okiagari.plumbing.mail import Letter

PLACES = {"case": "cases", "report": "reports", "advisory": "advisories"}


def digest(person: Person, sheet: Sheet) -> Letter:
    """What waits for one person."""
    with override(person.language):
        late = ngettext("%(count)d late", "%(count)d late", sheet.late_count) % {"count": sheet.late_count}
        soon = ngettext("%(count)d due soon", "%(count)d due soon", sheet.soon_count) % {
            "count": sheet.soon_count
        }
        told = [words for words, count in ((late, sheet.late_count), (soon, sheet.soon_count)) if count]
        subject = gettext("Okiagari: %(told)s") % {"told": gettext(", ").join(told)}
        parts = [gettext("These wait for you or your team.")]
        parts += _listed(gettext("Late"), sheet.late)
        parts += _listed(gettext("Due soon"), sheet.soon)
        parts.append(_ending())
    return Letter(person.email, subject, "\n\n".join(parts) + "\n", is_notice=True)


def escalation(person: Person, overdue: Iterable[tuple[str, str, int]]) -> Letter:
    """What is overdue with others, for somebody who leads."""
    found = tuple(overdue)
    with override(person.language):
        count = sum(number for _, _, number in found)
        subject = ngettext(
            "Okiagari: %(count)d matter you lead is overdue",
            "Okiagari: %(count)d matters you lead are overdue",
            count,
        ) % {"count": count}
        parts = [gettext("These are overdue with those they wait for. You lead them.")]
        parts += _listed(gettext("Overdue"), found)
        parts.append(_ending())
    return Letter(person.email, subject, "\n\n".join(parts) + "\n", is_notice=True)


def _listed(heading: str, entries: Iterable[tuple[str, str, int]]) -> list[str]:
    lines = [
        f"  {key}{f' ({count})' if count > 1 else ''}  {link(kind, key)}" for kind, key, count in entries
    ]
    return ["\n".join([heading, *lines])] if lines else []


def link(kind: str, key: str) -> str:
    base = settings.ENVIRONMENT.base_url
    return f"{base}/{PLACES[kind]}/{key}/" if kind in PLACES else f"{base}/"


def _ending() -> str:
    how = gettext("What each is about stands behind its link; a letter says no more than numbers.")
    where = gettext("How you are reminded: %(address)s") % {"address": f"{settings.ENVIRONMENT.base_url}/me/"}
    return f"{how}\n{where}"
