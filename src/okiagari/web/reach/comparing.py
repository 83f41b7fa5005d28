"""All published advisories side by side: a table, small curves on the same days, and files of both."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.desk.permits import NOTHING_HERE
from okiagari.disclose.rules.channels import NAMES
from okiagari.plumbing.plain import plain
from okiagari.reach import queries
from okiagari.reach.queries import Compared
from okiagari.reach.rules import MILESTONES, Denominator
from okiagari.triage.rules.levels import LEVEL_WORDS
from okiagari.web.cases.words import best
from okiagari.web.doors import asking
from okiagari.web.frame import charts
from okiagari.web.frame.charts import SmallCurve
from okiagari.web.frame.values import Empty
from okiagari.web.reach.page import DENOMINATORS, percent

FILTERS = ("of", "family", "level", "sort")
COLUMNS = (
    "advisory",
    "published",
    "level",
    "products",
    "units",
    "fixed",
    "share",
    *(f"day_{day}" for day in MILESTONES),
    "days_to_50",
    "days_to_90",
    "silent",
    "failed",
    "claimed",
    "revisions",
    "channels",
)
LAST = 10**6


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    everything = queries.compare(asking(request), of=_of(request))
    chosen = _chosen(request)
    rows = _sorted(_wanted(everything, chosen), chosen.get("sort", ""))
    context = {
        "rows": tuple(_row(each, number) for number, each in enumerate(rows)),
        "milestones": MILESTONES,
        "of": _of(request).value,
        "denominators": tuple(
            (gettext(label), _address(chosen, of=key.value), key is _of(request))
            for key, label in DENOMINATORS.items()
        ),
        "families": sorted({family for each in everything for family in each.families}),
        "levels": tuple((str(level), gettext(word)) for level, word in LEVEL_WORDS.items()),
        "chosen": chosen,
        "sorts": {name: _address(chosen, sort=name) for name in ("published", "share", "half", "most")},
        "csv": reverse("reach:compare_file", args=["csv"]) + _address(chosen),
        "json": reverse("reach:compare_file", args=["json"]) + _address(chosen),
        "empty": Empty(
            gettext("There is nothing to compare yet."),
            gettext("An advisory stands here once it is published and units of its products were seen."),
        ),
    }
    return render(request, "reach/compare.html", context)


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same rows; the JSON holds the curves too."""
    chosen = _chosen(request)
    found = queries.compare(asking(request), of=_of(request))
    rows = _sorted(_wanted(found, chosen), chosen.get("sort", ""))
    if form == "json":
        response = HttpResponse(json.dumps(plain(rows), ensure_ascii=False), content_type="application/json")
    elif form == "csv":
        text = io.StringIO()
        csv.writer(text).writerows([COLUMNS, *_file_rows(rows)])
        response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    else:
        raise NOTHING_HERE()
    response["Content-Disposition"] = f'attachment; filename="reach-compared.{form}"'
    return response


def _of(request: HttpRequest) -> Denominator:
    asked = request.GET.get("of", "")
    return Denominator(asked) if asked in set(Denominator) else Denominator.SHIPPED


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in FILTERS if request.GET.get(name)}


def _address(chosen: dict[str, str], **more: str) -> str:
    return "?" + urlencode({**chosen, **more})


def _wanted(found: Sequence[Compared], chosen: dict[str, str]) -> list[Compared]:
    family, level = chosen.get("family", ""), chosen.get("level", "")
    return [each for each in found if family in ("", *each.families) and level in ("", each.level)]


def _sorted(rows: list[Compared], by: str) -> list[Compared]:
    keys = {
        "share": lambda each: -each.speed.share,
        "half": lambda each: LAST if each.speed.half is None else each.speed.half,
        "most": lambda each: LAST if each.speed.most is None else each.speed.most,
    }
    return sorted(rows, key=keys[by]) if by in keys else rows


def _row(each: Compared, number: int) -> dict[str, object]:
    return {
        "view": each,
        "share": percent(each.speed.share),
        "after": tuple(
            (day, "" if share is None else percent(share))
            for day, share in zip(MILESTONES, each.speed.after, strict=True)
        ),
        "channels": gettext(", ").join(gettext(NAMES[channel]) for channel in each.channels),
        "chart": _chart(each, number),
    }


def _chart(each: Compared, number: int) -> charts.Svg:
    """Days since the publication run to 90 in every picture, so that the curves can be compared."""
    last = len(each.points) - 1
    return charts.multiple(
        SmallCurve(
            title=best(each.title),
            values=each.points,
            figure=percent(each.points[-1]),
            first_label=gettext("day 0"),
            last_label=gettext("day %(day)d") % {"day": last},
            key=f"compared-{number}",
            room=max(1, queries.WINDOW) / max(1, last),
        )
    )


def _file_rows(rows: Sequence[Compared]) -> Iterator[tuple[object, ...]]:
    for each in rows:
        speed = each.speed
        yield (
            each.tracking_id or each.advisory_id,
            each.published.isoformat(),
            each.level,
            " ".join(each.products),
            speed.units,
            speed.fixed,
            round(speed.share, 4),
            *("" if share is None else round(share, 4) for share in speed.after),
            "" if speed.half is None else speed.half,
            "" if speed.most is None else speed.most,
            each.silent,
            each.failed,
            each.claimed,
            each.revisions,
            " ".join(each.channels),
        )
