"""Ends of support and promised updates as a calendar that programs subscribe to.

In: entries. Out: iCalendar. The same entries make the same bytes: the stamp is that of the newest edition or
date.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from django.utils.translation import gettext

from okiagari.disclose.rules import promises
from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.models import lives
from okiagari.disclose.site.naming import slug
from okiagari.standards import ical

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def calendar_bytes(
    entries: Sequence[Entry], known: Sequence[lives.Known], site: Site, language: str
) -> bytes:
    """`known`: the ends of support."""
    with saying.speaking(language):
        maker = saying.in_language(site.publisher.name, language)
        name = " ".join(part for part in (maker, gettext("Ends of support and planned updates")) if part)
        events = [*_ends(known, site, language), *_updates(entries, site, language)]
        stamp = max((*(entry.last_at for entry in entries), *_changes(site)), default=NEVER)
        return ical.calendar(name, events, stamp=stamp).encode()


def _changes(site: Site) -> Iterator[datetime]:
    """When dates of the catalogue were set."""
    return (datetime.fromisoformat(at) for at in site.catalogue.support_at.values())


def _ends(known: Sequence[lives.Known], site: Site, language: str) -> Iterator[ical.Event]:
    for life in lives.ending(known, language):
        name = slug(life.product.model)
        for kind, label, words in life.ends:
            day = lives.last_day(life.product.support[kind])
            if day:
                said = f"{life.product.model}: {label} ({words})"
                page = f"{site.url}/{language}/models/{name}.html"
                yield ical.Event(f"{name}-{kind}@{_host(site)}", day, said, page)


def _updates(entries: Sequence[Entry], site: Site, language: str) -> Iterator[ical.Event]:
    """The next edition of a page as it is promised, and the fixes that are planned."""
    for entry in entries:
        if entry.is_withdrawn:
            continue
        content = entry.content
        shown = language if language in content.languages else entry.primary
        page, title = f"{site.url}/{entry.page(shown)}", saying.in_language(content.words.title, shown)
        at = promises.instant_of(content.next_update) or lives.last_day(content.next_update)
        if at:
            said = gettext("Next update planned: %(title)s") % {"title": title}
            yield ical.Event(f"{entry.name}-update@{_host(site)}", at, said, page)
        planned: dict[date, list[str]] = {}
        for standing in entry.standings if any(each.planned for each in content.statuses) else ():
            for status in standing.planned:
                day = lives.last_day(status.planned)
                if day and standing.is_concerned:
                    planned.setdefault(day, []).append(saying.model(standing.product))
        for day, models in sorted(planned.items()):
            named = gettext(", ").join(dict.fromkeys(models))
            said = gettext("Fix planned for %(models)s: %(title)s") % {"models": named, "title": title}
            yield ical.Event(f"{entry.name}-fix-{day:%Y%m%d}@{_host(site)}", day, said, page)


def _host(site: Site) -> str:
    return site.url.split("://")[-1].split("/")[0]
