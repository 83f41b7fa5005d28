"""The advisory as headings, paragraphs and lists, for every form without a layout of its own.

In: an entry. Out: sections in the order of the page; one that would be empty is left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, pgettext

from okiagari.disclose.site import pages
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.pages import Addresses


@dataclass(frozen=True)
class Item:
    """A line of a list, with what stands under it."""

    text: str
    more: tuple[str, ...] = ()


Block = str | tuple[Item, ...]
"""A paragraph, or a list."""


@dataclass(frozen=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Prose:
    """`address`: of the page, which is what holds."""

    title: str
    head: tuple[str, ...]
    address: str
    sections: tuple[Section, ...] = field(default=())


def prose(entry: Entry, site: Site, language: str) -> Prose:
    """Ready in the language that is active; `saying.speaking` it first."""
    context = pages.context(entry, site, language, Addresses("", "", "", "", ()))
    sections = [Section(title, tuple(blocks)) for title, blocks in _sections(context)]
    return Prose(
        title=str(context["title"]),
        head=tuple(_head(context)),
        address=f"{site.url}/{entry.page(language)}",
        sections=tuple(each for each in sections if any(each.blocks)),
    )


def _head(context: dict[str, Any]) -> Iterator[str]:
    yield " / ".join(filter(None, [context["publisher"], context["tracking_id"]]))
    severity = context["severity_word"]
    if severity:
        yield f"{pgettext('CVSS', 'Severity')} {severity}"
    yield f"{gettext('Published')} {context['first_at']:%Y-%m-%d %H:%M %Z}"
    if context["is_updated"]:
        yield f"{gettext('Updated')} {context['last_at']:%Y-%m-%d %H:%M %Z}"
    if context["superseded"]:
        yield gettext("This advisory was superseded by %(number)s.") % {"number": context["superseded"].text}
    elif context["is_withdrawn"]:
        yield gettext("This advisory was withdrawn.")
    if context["exploited"]:
        yield gettext("Attacks that use this have been seen. Please act at once.")
    yield from filter(None, [context["status"]])
    if context["next_update"]:
        yield gettext("Next update planned: %(date)s") % {"date": context["next_update"]}


def _sections(context: dict[str, Any]) -> Iterator[tuple[str, list[Block]]]:
    yield "", [context["summary"]]
    yield gettext("What this notice is about"), [_models(each.models) for each in context["about"]]
    yield gettext("Is my device concerned?"), list(_concerned(context))
    yield gettext("What to do now"), list(_steps(context["steps"]))
    yield gettext("How to look up model and version"), [tuple(_look(each) for each in context["looks"])]
    yield gettext("How to update"), [tuple(_download(each) for each in context["downloads"])]
    yield (
        gettext("Workaround"),
        [tuple(Item(_models(models), (text,)) for models, text in context["workarounds"])],
    )
    yield gettext("Advice"), [context["advice"]]
    is_about_flaws = bool(context["flaws"])
    yield (
        gettext("What the problem is") if is_about_flaws else pgettext("advisory", "Details"),
        [context["description"], *(part for flaw in context["flaws"] for part in _flaw(flaw, context))],
    )
    yield gettext("What can happen"), [context["impact"]]
    yield pgettext("life of a product", "Support"), [tuple(_lives(context["lives"]))]
    yield gettext("References"), [tuple(Item(each.text, (each.url,)) for each in context["references"])]
    yield gettext("Thanks"), [tuple(Item(name) for name in context["credits"])]
    yield gettext("Contact"), [context["contact"]]
    yield gettext("Revision history"), [tuple(_revisions(context["revisions"]))]


def _models(models: Iterable[str]) -> str:
    return gettext(", ").join(models)


def _concerned(context: dict[str, Any]) -> Iterator[Block]:
    yield tuple(
        Item(
            " / ".join([_models(device.models), *map(str, device.names)]),
            (
                f"{gettext('Affected versions')}{gettext(': ')}{_models(device.versions)}",
                *device.conditions,
                *device.about,
                f"{gettext('What to do')}{gettext(': ')}{device.todo}",
                *device.notes,
            ),
        )
        for device in context["concerned"]
    )
    for label, families in (
        (gettext("We are investigating:"), context["checking"]),
        (gettext("Not affected:"), context["fine"]),
    ):
        models = [_models(each.models) for each in families]
        if models:
            yield f"{label} {_models(models)}"
    if not context["concerned"] and not context["checking"] and context["fine"]:
        yield gettext("No product is affected.")


def _steps(steps: Iterable[Any]) -> Iterator[Block]:
    for step in steps:
        if step.kind == "stop_use":
            ask = gettext(": please stop using it and disconnect it from the network.")
            yield _models(step.models) + ask
        elif step.models:
            yield _models(step.models)
        yield step.text
        dates = [f"{label}{gettext(': ')}{date}" for label, date in step.dates]
        yield tuple(Item(each) for each in [step.successor, step.successor_href, *dates] if each)
        if step.href.startswith("http"):
            yield (Item(step.label, (step.href,)),)


def _look(look: Any) -> Item:
    label = gettext("Serial numbers")
    numbers = tuple(
        f"{label}{gettext(': ')}{_models(patterns)}" + (f" ({model})" if len(look.models) > 1 else "")
        for model, patterns in look.numbers
    )
    seen = gettext("[Picture: %(alt)s]")
    steps = (
        f"{number}. {step.text} {seen % {'alt': step.alt} if step.alt else ''}".rstrip()
        for number, step in enumerate(look.steps, 1)
    )
    return Item(_models(look.models), tuple(filter(None, (look.of_model, *numbers, look.of_version, *steps))))


def _download(download: Any) -> Item:
    facts = (
        (gettext("Fixed version"), " ".join(filter(None, [download.release.text, download.date]))),
        (gettext("Download"), download.href),
        ("SHA-256", download.release.sha256),
        (gettext("Install first"), download.through),
    )
    told = [f"{label}{gettext(': ')}{value}" for label, value in facts if value]
    return Item(_models(download.models), (*told, *filter(None, [download.note, download.how])))


def _flaw(flaw: Any, context: dict[str, Any]) -> Iterator[Block]:
    several = len(context["flaws"]) > 1
    if several or flaw.title != context["title"]:
        yield flaw.title
    yield from filter(None, [flaw.description, flaw.public, flaw.exploit])
    if flaw.impact:
        yield f"{gettext('What can happen')}{gettext(': ')}{flaw.impact}"
    ids = [Item(each.text, (each.url,)) for each in flaw.ids]
    kind = [Item(flaw.cwe)] if flaw.cwe else []
    scores = [
        Item(" ".join(filter(None, [name, value, word, vector, f"({source})"])))
        for name, value, word, vector, source in flaw.scores
    ]
    products = [
        Item(f"{label}{gettext(': ')}{_models(_models(each.models) for each in families)}")
        for label, families in flaw.products
    ]
    yield (*ids, *kind, *scores, *products)


def _lives(lives: Iterable[Any]) -> Iterator[Item]:
    for life, cells in lives:
        dates = [f"{label}{gettext(': ')}{date}" for label, date in cells if date]
        follows = [f"{gettext('Successor')}{gettext(': ')}{life.successor.model}"] if life.successor else []
        yield Item(_models(life.models), (*dates, *follows))


def _revisions(revisions: Iterable[Any]) -> Iterator[Item]:
    for each in revisions:
        yield Item(f"{each.number} ({each.at:%Y-%m-%d %H:%M %Z}) {each.text}".rstrip())
