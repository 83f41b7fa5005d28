"""The public page of one advisory in one language.

In: an entry. Out: HTML that stands alone: no script, relative links, prints on one or two sheets. The
first screen answers three questions: is my device concerned, what to do now, since when.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext

from okiagari.disclose.rules.content import Release, Status
from okiagari.disclose.rules.standing import Action, Standing, standings
from okiagari.disclose.site import csaf_flaws, devices, flaws, headline, saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.links import Link, format_links, identifier_links, reference_links
from okiagari.disclose.site.made import Made

MOST_UPDATES = 6
"""So many different updates are offered one by one in the first screen; more are one step with a table."""


@dataclass(frozen=True)
class Addresses:
    """Where the page finds what it links to; relative in a tree, elsewhere in a preview.

    `formats`: the address of a further format, with ``{format}`` or ``{path}`` in it.
    """

    style: str
    index: str
    feed: str
    document: str
    others: tuple[tuple[str, str], ...]
    formats: str = "../{path}"


@dataclass(frozen=True)
class Step:
    """One thing to do now, for the products named. `href` is the one link."""

    kind: str
    models: tuple[str, ...]
    text: str
    href: str = ""
    label: str = ""
    successor: str = ""
    successor_href: str = ""
    dates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Download:
    """A release to install."""

    models: tuple[str, ...]
    release: Release
    href: str
    date: str
    through: str
    how: str


@dataclass(frozen=True)
class Revision:
    number: int
    at: datetime
    text: str


def page_bytes(entry: Entry, site: Site, language: str, made: Sequence[Made] = ()) -> bytes:
    """The page as it lies in the tree, with links to the formats that lie beside it."""
    others = tuple(
        (other, f"../{entry.page(other)}") for other in entry.content.languages if other != language
    )
    addresses = Addresses(
        style="../public.css",
        index="index.html",
        feed="feed.xml",
        document=f"../{entry.document(language)}",
        others=others,
    )
    return page(entry, site, language, addresses, made).encode()


def page(entry: Entry, site: Site, language: str, addresses: Addresses, made: Sequence[Made] = ()) -> str:
    """The same page with other addresses: for the preview."""
    with saying.speaking(language):
        values = context(entry, site, language, addresses)
        values["formats"] = format_links(made, addresses.formats, language)
        return render_to_string("disclose/site/advisory.html", values)


def context(entry: Entry, site: Site, language: str, addresses: Addresses) -> dict[str, object]:
    content = entry.content
    found = standings(content)
    words = {name: saying.exact(getattr(content.words, name), language) for name in ("advice", "contact")}
    severity = saying.severity(content)
    concerned = devices.rows(found, content, language)
    is_about = not content.vulnerabilities and not any(each.is_concerned for each in found)
    idle = [each for each in found if each.action is Action.NOTHING]
    return {
        **words,
        "status": headline.status(entry, language),
        "next_update": "" if entry.is_withdrawn else headline.next_update(content, site, language),
        "superseded": _superseded(entry, language),
        "exploited": any(each.exploit == "attacked" for each in content.vulnerabilities),
        "about": devices.families(idle) if is_about else [],
        "lookups": devices.lookups(concerned),
        "language": language,
        "addresses": addresses,
        "publisher": saying.in_language(site.publisher.name, language),
        "publisher_href": saying.web(site.publisher.website),
        "title": saying.in_language(content.words.title, language),
        "summary": saying.in_language(content.words.summary, language),
        "description": saying.exact(content.words.description, language),
        "impact": saying.exact(content.words.impact, language),
        "tracking_id": content.tracking_id,
        "is_withdrawn": entry.is_withdrawn,
        "is_older": language in content.words.stale,
        "severity": severity,
        "severity_word": saying.severity_word(severity) if severity else "",
        "first_at": site.local(entry.first_at),
        "last_at": site.local(entry.last_at),
        "is_updated": len(entry.editions) > 1,
        "concerned": concerned,
        "checking": devices.families(each for each in found if each.action is Action.CHECKING),
        "fine": [] if is_about else devices.families(idle),
        "steps": _steps(found, language),
        "downloads": _downloads(found, language),
        "workarounds": _worded(found, "workaround", language),
        "flaws": [
            flaws.shown(each, number, found if len(content.vulnerabilities) > 1 else (), language)
            for number, each in enumerate(content.vulnerabilities, 1)
        ],
        "references": [*identifier_links(content, language), *reference_links(content, language)],
        "credits": content.credits,
        "revisions": [
            Revision(each.number, site.local(each.at), saying.in_language(each.summary, language))
            for each in reversed(entry.editions)
        ],
    }


def _superseded(entry: Entry, language: str) -> Link | None:
    """The advisory that says it now, as a link within the tree."""
    last = entry.editions[-1]
    pages = dict(last.superseded_pages)
    path = pages.get(language) or next(iter(pages.values()), "")
    return Link(f"../{path}", last.superseded_by) if last.superseded_by and path else None


def _steps(found: tuple[Standing, ...], language: str) -> list[Step]:
    """One per different thing to do; products that are told the same stand together."""
    steps: dict[Step, list[str]] = {}
    for standing in found:
        if standing.is_concerned:
            steps.setdefault(_step(standing, language), []).append(saying.model(standing.product))
    made = [replace(step, models=tuple(dict.fromkeys(models))) for step, models in steps.items()]
    updates = [step for step in made if step.kind == "update"]
    if len(updates) <= MOST_UPDATES:
        return made
    told = gettext("Find your model above and update it to the version named there.")
    first = Step("update", (), told, "#update", gettext("Downloads and how to update"))
    return [first, *(step for step in made if step.kind != "update")]


def _step(standing: Standing, language: str) -> Step:
    if standing.action is Action.STOP_USE:
        return _stop(standing, language)
    if standing.action is Action.UPDATE and standing.release:
        release = standing.release
        href = saying.web(release.url) or saying.web(standing.product.page)
        label = gettext("Get version %(release)s") % {"release": release.text}
        text = gettext("Update to version %(release)s or later.") % {"release": release.text}
        return Step("update", (), text, href, label)
    for kind in ("replace", "workaround"):
        texts = [saying.in_language(each.text, language) for each in standing.of_kind(kind)]
        if texts:
            coming = _coming(standing.statuses, language) if kind == "workaround" else ""
            return Step(kind, (), "\n\n".join(filter(None, (texts[0], coming))))
    return Step("wait", (), _waiting(standing.statuses, language))


def _waiting(statuses: tuple[Status, ...], language: str) -> str:
    """What is said while there is nothing to install: never why not, where only "not yet" is known."""
    for status in statuses:
        if status.cannot_fix:
            return saying.in_language(status.cannot_fix, language)
    said = _coming(statuses, language)
    return said or gettext("A fix is being prepared. This page says when there is one.")


def _coming(statuses: tuple[Status, ...], language: str) -> str:
    """When there will be something to install, as far as that is said."""
    for status in statuses:
        wording = saying.in_language(status.planned_wording, language)
        if wording:
            return wording
        if status.planned:
            return gettext("A fix is planned for %(date)s.") % {"date": saying.date(status.planned, language)}
    return ""


def _stop(standing: Standing, language: str) -> Step:
    text = saying.in_language(standing.of_kind("stop_use")[0].text, language)
    labels = (
        ("end_of_sales", gettext("End of sales")),
        ("end_of_security_support", gettext("End of security support")),
        ("end_of_life", gettext("End of all support")),
    )
    support = standing.product.support
    successor = standing.successor
    return Step(
        kind="stop_use",
        models=(),
        text=text,
        successor=csaf_flaws.successor_words(standing, language),
        successor_href=saying.web(successor.page) if successor else "",
        dates=tuple(
            (label, saying.date(support[kind], language)) for kind, label in labels if support.get(kind)
        ),
    )


def _downloads(found: tuple[Standing, ...], language: str) -> list[Download]:
    models: dict[tuple[str, str], list[Standing]] = {}
    for standing in found:
        if standing.action is Action.UPDATE and standing.release:
            models.setdefault((standing.release.line, standing.release.text), []).append(standing)
    downloads = []
    for told in models.values():
        release = told[0].release
        assert release is not None
        downloads.append(
            Download(
                models=tuple(dict.fromkeys(saying.model(each.product) for each in told)),
                release=release,
                href=saying.web(release.url) or saying.web(told[0].product.page),
                date=saying.date(release.date, language),
                through=release.requires,
                how=saying.in_language(release.how_to_apply, language),
            )
        )
    return downloads


def _worded(found: tuple[Standing, ...], kind: str, language: str) -> list[tuple[tuple[str, ...], str]]:
    """The same words for several products stand once."""
    texts: dict[str, list[str]] = {}
    for standing in found:
        if not standing.is_concerned:
            continue
        for measure in standing.of_kind(kind):
            text = saying.in_language(measure.text, language)
            texts.setdefault(text, []).append(saying.model(standing.product))
    return [(tuple(dict.fromkeys(models)), text) for text, models in texts.items() if text]
