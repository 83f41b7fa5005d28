"""The page of a list: what the address asks for, the rows, where each head and each view leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.desk import directory, permits, views
from okiagari.desk.subjects import Subject
from okiagari.desk.views import ViewView
from okiagari.standards.localtext import LocalText
from okiagari.web.doors import asking
from okiagari.web.frame.lists.sheet import PER_PAGE, Column, Deed, Filter, Sheet, Slice
from okiagari.web.frame.values import Pages

PLAIN = "view"
"""``?view=none`` opens the list plainly, whatever view it opens in by itself."""


@dataclass(frozen=True)
class Head:
    name: object
    href: str = ""
    sorted: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Line:
    """A row: its number for the box that marks it, what it is, and how the page shows it."""

    id: str
    view: Any
    shown: object


def chosen(sheet: Sheet, filters: tuple[Filter, ...], asked: QueryDict) -> dict[str, str]:
    """What the address asks for; filters that the list does not know are left out."""
    names = [each.name for each in filters]
    found = {name: str(asked[name]).strip()[:200] for name in (*names, "sort") if asked.get(name, "").strip()}
    defaults = {each.name: each.default for each in filters if each.default and each.name not in found}
    return {**defaults, **found}


def page(request: HttpRequest, sheet: Sheet, template: str, **more: object) -> HttpResponse:
    """The list as a page."""
    subject = asking(request)
    permits.require(subject, sheet.read)
    kept = views.views(subject, sheet.key)
    opens = next((each for each in kept if each.is_default), None)
    if opens and not request.GET and opens.query:
        return HttpResponseRedirect(f"?{opens.query}")
    filters = sheet.filters(subject)
    filtered = chosen(sheet, filters, request.GET)
    plain = {name: value for name, value in filtered.items() if value != _default(filters, name)}
    rows = sheet.fetch(subject, filtered, request.GET, PER_PAGE)
    deeds = sheet.deeds(subject)
    context = {
        "sheet": sheet,
        "lines": tuple(Line(sheet.identify(row), row, sheet.show(row)) for row in rows.rows),
        "heads": tuple(_head(each, plain, sheet.sort) for each in sheet.columns if each.head),
        "filters": tuple(_shown(each, plain, filtered) for each in filters),
        "filters_chosen": filtered,
        "is_filtered": bool(set(plain) - {"sort"}),
        "pages": _pages(sheet, rows, plain),
        "page_address": reverse(sheet.page),
        "query": urlencode(plain),
        "may_export": permits.may(subject, sheet.export or sheet.read),
        "deeds": deeds,
        "teams": _teams(subject, deeds),
        "own_teams": sorted(subject.teams),
        "kept": tuple((each, _is_here(each, plain)) for each in kept),
        "empty": sheet.empty(subject, bool(set(plain) - {"sort"})),
        **more,
    }
    return render(request, template, context)


def _teams(subject: Subject, deeds: tuple[Deed, ...]) -> tuple[tuple[str, LocalText], ...]:
    """Only where a deed asks for one."""
    asks = any(each.kind == "team" for deed in deeds for each in deed.fields)
    return directory.team_names(subject) if asks else ()


def _default(filters: tuple[Filter, ...], name: str) -> str:
    return next((each.default for each in filters if each.name == name), "")


def _address(plain: Mapping[str, str], **changes: str) -> str:
    kept = {name: value for name, value in {**plain, **changes}.items() if value}
    return "?" + (urlencode(kept) or f"{PLAIN}=none")


def _is_here(view: ViewView, plain: Mapping[str, str]) -> bool:
    return {name: value for name, value in QueryDict(view.query).items() if name != PLAIN} == dict(plain)


def _head(column: Column, plain: Mapping[str, str], default: str) -> Head:
    """A click sorts by the column, a second one the other way round."""
    if not column.sort:
        return Head(column.head, is_number=column.is_number)
    now = plain.get("sort") or default
    is_here = now.removeprefix("-") == column.sort
    sign = "-" if now.startswith("-") else ""
    following = ("" if sign else "-") if is_here else column.first
    ways = {"": "ascending", "-": "descending"}
    return Head(
        column.head,
        _address(plain, sort=following + column.sort),
        ways[sign] if is_here else "",
        column.is_number,
    )


def _shown(each: Filter, plain: Mapping[str, str], filtered: Mapping[str, str]) -> dict[str, object]:
    value = filtered.get(each.name, "")
    return {
        "name": each.name,
        "label": each.label,
        "kind": each.kind,
        "any": each.any_word,
        "value": value,
        "choices": tuple(
            (code, word, code == value, _address(plain, **{each.name: "" if code == each.default else code}))
            for code, word in each.choices
        ),
    }


def _pages(sheet: Sheet, rows: Slice, plain: Mapping[str, str]) -> Pages:
    sentence = sheet.count(rows.total)
    if rows.total > len(rows.rows) and rows.first:
        facts = {"first": rows.first, "last": rows.first + len(rows.rows) - 1, "all": sentence}
        sentence = gettext("%(first)d to %(last)d of %(all)s") % facts
    return Pages(
        sentence,
        previous=_address(plain, **rows.before) if rows.before is not None else "",
        next=_address(plain, **rows.after) if rows.after is not None else "",
    )
