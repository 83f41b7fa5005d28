"""Lessons of all cases: promises by area, owner and state, as a page and as a file; the years behind."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.desk.permits import NOTHING_HERE
from okiagari.learn import queries
from okiagari.learn.queries import LookBack, PromiseView
from okiagari.learn.rules import AREA_LABELS, STATE_WORDS, STATES, Series
from okiagari.plumbing.plain import plain
from okiagari.web.cases.words import best
from okiagari.web.doors import asking
from okiagari.web.frame.values import Empty
from okiagari.web.learn.views import owner

FILTERS = ("area", "state", "owner", "mine", "sort")
SORTS = ("due", "area", "owner", "state")
COLUMNS = (
    "promise",
    "state",
    "area",
    "lesson",
    "case",
    "text",
    "owner",
    "due",
    "kept",
    "outcome",
    "evidence",
)
TONES = {"open": "wait", "late": "now", "kept": "ok"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in FILTERS if request.GET.get(name)}


def _found(request: HttpRequest, chosen: dict[str, str]) -> tuple[PromiseView, ...]:
    return queries.promises(
        asking(request),
        area=chosen.get("area", ""),
        state=chosen.get("state", ""),
        owner=chosen.get("owner", ""),
        mine=chosen.get("mine") == "1",
        sort=chosen.get("sort", "due"),
    )


def _address(chosen: dict[str, str], **more: str) -> str:
    kept = {name: value for name, value in {**chosen, **more}.items() if value}
    return "?" + urlencode(kept)


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """What is still open, unless the address asks for more."""
    chosen = _chosen(request)
    everything = queries.promises(asking(request))
    wanted = _found(request, chosen)
    rows = wanted if "state" in request.GET else tuple(each for each in wanted if each.state != "kept")
    context = {
        "rows": tuple(
            (
                each,
                owner(each),
                gettext(AREA_LABELS[each.area]),
                gettext(STATE_WORDS[each.state]),
                TONES[each.state],
            )
            for each in rows
        ),
        "open": sum(each.state != "kept" for each in everything),
        "late": sum(each.state == "late" for each in everything),
        "kept": sum(each.state == "kept" for each in everything),
        "has_any": bool(everything),
        "chosen": chosen,
        "areas": tuple((key, gettext(label)) for key, label in AREA_LABELS.items()),
        "states": tuple((key, gettext(STATE_WORDS[key])) for key in STATES),
        "owners": _owners(everything),
        "sorts": {name: _address(chosen, sort=name) for name in SORTS},
        "csv": reverse("learn:export", args=["csv"]) + _address(chosen),
        "json": reverse("learn:export", args=["json"]) + _address(chosen),
        "empty": _empty(everything, is_filtered=bool(set(chosen) - {"sort"})),
    }
    return render(request, "learn/promises.html", context)


def _owners(found: Sequence[PromiseView]) -> tuple[tuple[str, str], ...]:
    names = {}
    for each in found:
        if each.person_key:
            names[each.person_key] = best(each.person) or each.person_key
        elif each.team_key:
            names[each.team_key] = best(each.team) or each.team_key
    return tuple(sorted(names.items(), key=lambda pair: pair[1]))


def _empty(found: Sequence[PromiseView], *, is_filtered: bool) -> Empty:
    if found and not is_filtered:
        return Empty(
            gettext("Every promise was kept."),
            gettext("What was promised in past cases stands among the kept ones, with what came of it."),
            gettext("Look at the kept ones"),
            f"{reverse('learn:promises')}?state=kept",
        )
    if found:
        return Empty(gettext("No promise fits."), gettext("Take a filter away."))
    return Empty(
        gettext("No promise is open."),
        gettext("What a case taught becomes a promise with an owner; it stays here until it is kept."),
    )


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same rows as a file, kept ones too."""
    found = _found(request, _chosen(request))
    if form == "json":
        rows = [{**plain(each), "state": each.state} for each in found]
        response = HttpResponse(json.dumps(rows, ensure_ascii=False), content_type="application/json")
    elif form == "csv":
        text = io.StringIO()
        csv.writer(text).writerows([COLUMNS, *_rows(found)])
        response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    else:
        raise NOTHING_HERE()
    response["Content-Disposition"] = f'attachment; filename="promises.{form}"'
    return response


def _rows(found: Sequence[PromiseView]) -> Iterator[list[str]]:
    for each in found:
        row = [each.id, each.state, each.area, best(each.lesson), each.case_id, best(each.text)]
        row += [each.person_key or each.team_key]
        row += [timezone.localtime(at).isoformat() if at else "" for at in (each.due, each.done_at)]
        row += [each.outcome, each.evidence]
        yield [f"'{value}" if value.startswith(_FORMULA) else value for value in row]


def _with_cases(back: LookBack) -> LookBack:
    """Only the years in which a case was opened: a column of noughts says nothing."""
    kept = [index for index, count in enumerate(back.cases.counts) if count]

    def narrow(row: Series) -> Series:
        return Series(row.name, tuple(row.counts[index] for index in kept))

    return LookBack(
        years=tuple(back.years[index] for index in kept),
        cases=narrow(back.cases),
        causes=tuple(narrow(row) for row in back.causes),
        areas=tuple(narrow(row) for row in back.areas),
    )


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """How many cases a year, of what cause, and what they taught."""
    back = _with_cases(queries.look_back(asking(request)))
    most = max((count for row in back.causes for count in row.counts), default=0)
    context = {
        "back": back,
        "causes": tuple(
            (row.name or gettext("no cause stated"), row, _shares(row, most)) for row in back.causes
        ),
        "areas": tuple((gettext(AREA_LABELS[row.name]), row) for row in back.areas),
        "empty": Empty(
            gettext("There is nothing to look back on yet."),
            gettext(
                "Cases, their causes (CWE) and their lessons are counted here by the year they were opened."
            ),
        ),
    }
    return render(request, "learn/years.html", context)


def _shares(row: Series, most: int) -> tuple[tuple[int, int], ...]:
    """Each count with its share of the largest one, in percent: how dark its cell is."""
    return tuple((count, round(count * 100 / most) if most else 0) for count in row.counts)
