"""The command palette: what is typed leads to a place, a thing, or a deed of the page one stands on.

In: the words so far and the address of the page (`at`). Out: options for the list under the field, in groups.
A deed is offered only where the person may do it; the page of the deed asks again.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from okiagari.cases import queries as cases
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.engines import grams
from okiagari.flow import finding
from okiagari.problems import Problem
from okiagari.web.doors import asking
from okiagari.web.frame import rail
from okiagari.web.frame.words import language
from okiagari.web.search import links
from okiagari.web.search.views import shown

MOST_HITS = 8
_CASE = re.compile(r"/cases/(OKI-[0-9A-Z-]+)/")
DEEDS = (
    ("cases.work", gettext_lazy("Describe the case"), "cases:edit"),
    ("cases.work", gettext_lazy("Add a vulnerability"), "cases:vulnerability_new"),
    ("cases.note", gettext_lazy("Write down a message"), "cases:message_new"),
    ("cases.evidence", gettext_lazy("Keep a file or a note"), "cases:evidence_new"),
    ("cases.task", gettext_lazy("Add a task"), "cases:task_new"),
    ("cases.work", gettext_lazy("Start a clock"), "cases:clock_new"),
    ("cases.work", gettext_lazy("Name a party"), "cases:parties"),
    ("cases.embargo", gettext_lazy("Change the embargo"), "cases:embargo"),
    ("cases.party", gettext_lazy("Let somebody in"), "cases:people"),
    ("cases.close", gettext_lazy("Close the case"), "cases:close"),
)
MORE_PLACES = (
    ("cases.inside", gettext_lazy("Tasks"), "cases:tasks", "check"),
    ("cases.inside", gettext_lazy("Clocks"), "cases:clocks", "clock"),
    ("cases.inside", gettext_lazy("Messages"), "cases:message_list", "next"),
    ("flow.documents", gettext_lazy("Imported documents"), "documents:documents", "down"),
    ("catalog.read", gettext_lazy("Firmware lines"), "catalog:lines", "products"),
    ("desk.own_account", gettext_lazy("My account"), "desk:me", "person"),
)
MAKING = (
    ("intake.receive", gettext_lazy("Enter a report"), "intake:new"),
    ("cases.open", gettext_lazy("Open a case"), "cases:new"),
    ("disclose.draft", gettext_lazy("Draft an advisory"), "disclose:new"),
    ("flow.read_document", gettext_lazy("Import an advisory from a file"), "documents:new"),
    ("catalog.change", gettext_lazy("Add a product"), "catalog:product_new"),
)


@dataclass(frozen=True)
class Option:
    """One line of the list. `icon`: of `frame.icons`; `note`: what stands beside it."""

    name: object
    href: str
    icon: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    name: str
    options: tuple[Option, ...]


@require_safe
def options(request: HttpRequest) -> HttpResponse:
    """The list for the words so far."""
    subject = asking(request)
    text = request.GET.get("q", "").strip()[: finding.LONGEST]
    groups = (
        Group(gettext("In this case"), tuple(_fitting(text, _deeds(subject, request.GET.get("at", ""))))),
        Group(gettext("Found"), tuple(_hits(subject, text))),
        Group(gettext("Go to"), tuple(_fitting(text, _places(subject)))),
        Group(gettext("Begin"), tuple(_fitting(text, _making(subject)))),
    )
    context = {"groups": tuple(group for group in groups if group.options), "text": text}
    return render(request, "search/options.html", context)


def _fitting(text: str, offered: Iterable[Option]) -> Iterator[Option]:
    """Those whose names hold the words so far; all of them before anything is typed."""
    query = grams.parse(text, is_typing=True)
    for option in offered:
        if not text or grams.holds(grams.words(str(option.name)), query):
            yield option


def _hits(subject: Subject, text: str) -> Iterator[Option]:
    number = finding.number_of(text)
    if number:
        yield Option(number[1], links.address(*number), links.ICONS[number[0]], gettext("go to its page"))
    if text:
        for hit in finding.guess(subject, text, language=language(), limit=MOST_HITS).hits:
            found = shown(hit)
            yield Option(found.title, found.href, found.icon, found.number or found.word)


def _places(subject: Subject) -> Iterator[Option]:
    for item in rail.rail("", {}, partial(permits.may, subject)):
        yield Option(item.name, item.href, item.key)
    for verb, name, page, drawing in MORE_PLACES:
        if permits.may(subject, verb):
            yield Option(name, reverse(page), drawing)


def _making(subject: Subject) -> Iterator[Option]:
    for verb, name, page in MAKING:
        if permits.may(subject, verb):
            yield Option(name, reverse(page), "plus")


def _deeds(subject: Subject, at: str) -> Iterator[Option]:
    """What the person may do with the case whose page this is; nothing where there is none for them."""
    found = _CASE.match(at)
    if found is None:
        return
    try:
        case = cases.case(subject, found[1])
    except Problem:
        return
    if not case.is_open:
        if "cases.reopen" in case.may:
            yield Option(gettext("Reopen the case"), reverse("cases:reopen", args=[case.id]), "next", case.id)
        return
    for verb, name, page in DEEDS:
        if verb in case.may:
            yield Option(name, reverse(page, args=[case.id]), "next", case.id)
