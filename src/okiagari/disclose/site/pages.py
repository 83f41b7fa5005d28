"""The public page of one advisory in one language.

In: an entry. Out: HTML that stands alone: no script, relative links, prints on one or two sheets. The
first screen answers three questions: is my device concerned, what to do now, since when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string

from okiagari.disclose.rules.content import Content, Release
from okiagari.disclose.rules.standing import Action, Standing, standings
from okiagari.disclose.site import devices, flaws, headline, life_rows, looking, pictures, saying, steps
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.links import Link, format_links, identifier_links, reference_links
from okiagari.disclose.site.made import Made


@dataclass(frozen=True)
class Addresses:
    """Where the page finds what it links to; relative in a tree, elsewhere in a preview.

    `formats`: the address of a further format, with ``{format}`` or ``{path}`` in it. `models`: the folder
    of the pages of models, `pictures`: that of pictures; "" where there is none.
    """

    style: str
    index: str
    feed: str
    document: str
    others: tuple[tuple[str, str], ...]
    formats: str = "../{path}"
    models: str = ""
    pictures: str = ""


@dataclass(frozen=True)
class Download:
    """A release to install."""

    models: tuple[str, ...]
    release: Release
    href: str
    date: str
    through: str
    how: str
    note: str


@dataclass(frozen=True)
class Revision:
    number: str
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
        models="models/",
        pictures=f"../{pictures.FOLDER}/",
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
        "looks": looking.of_concerned(found, content, language, addresses.pictures),
        "language": language,
        "addresses": addresses,
        **life_rows.values(content, found, language),
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
        "steps": steps.steps(found, language),
        "downloads": _downloads(content, found, language),
        "workarounds": _worded(found, "workaround", language),
        "flaws": [
            flaws.shown(each, number, found if len(content.vulnerabilities) > 1 else (), entry, language)
            for number, each in enumerate(content.vulnerabilities, 1)
        ],
        "references": [*identifier_links(content, language), *reference_links(content, language)],
        "credits": content.credits,
        "revisions": [
            Revision(each.called, site.local(each.at), saying.in_language(each.summary, language))
            for each in reversed(entry.editions)
        ],
    }


def _superseded(entry: Entry, language: str) -> Link | None:
    """The advisory that says it now, as a link within the tree."""
    last = entry.editions[-1]
    pages = dict(last.superseded_pages)
    path = pages.get(language) or next(iter(pages.values()), "")
    return Link(f"../{path}", last.superseded_by) if last.superseded_by and path else None


def _downloads(content: Content, found: tuple[Standing, ...], language: str) -> list[Download]:
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
                note=saying.version_note(content, release.line, release.text, language),
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
