"""The page of one product."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okiagari.catalog import queries
from okiagari.catalog.queries import LineView, ProductView
from okiagari.desk import permits
from okiagari.plumbing.clock import today
from okiagari.web.catalog import words
from okiagari.web.doors import asking
from okiagari.web.frame.values import Who

SHOWN_RELEASES = 8


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    subject = asking(request)
    view = queries.product_at(subject, slug)
    keys = dict.fromkeys(target.line for target in view.targets if target.line)
    found = queries.lines_named(subject, list(keys))
    context = {
        "view": view,
        "kind": words.KINDS[view.kind],
        "team": Who(words.best(view.team_name) or view.team, is_team=True) if view.team else None,
        "life": _life(view),
        "contradictions": [
            (words.SUPPORT[first], words.SUPPORT[then]) for first, then in view.contradictions
        ],
        "steps": words.steps(view.steps),
        "is_public": view.is_public(today(words.zone())),
        "listing": words.LISTINGS[view.listing],
        "lines": tuple(_line(found[key], view) for key in keys if key in found),
        "may_change": permits.may(subject, "catalog.change"),
        "may_see_fleet": permits.may(subject, "fleet.read"),
    }
    return render(request, "catalog/product.html", context)


def _life(view: ProductView) -> tuple[dict[str, object], ...]:
    now = today(words.zone())
    return tuple(
        {
            "word": words.SUPPORT[kind],
            "date": view.support.get(kind),
            "is_assumed": kind in view.assumed_support,
            "is_over": kind != "general_availability"
            and kind in view.support
            and view.support[kind].is_surely_before(now),
        }
        for kind in words.LIFE
    )


def _line(view: LineView, product: ProductView) -> dict[str, object]:
    """The newest releases of a line, newest first, and who else uses it."""
    newest_first = view.releases[::-1]
    return {
        "view": view,
        "releases": tuple(release_row(each) for each in newest_first[:SHOWN_RELEASES]),
        "more": max(0, len(newest_first) - SHOWN_RELEASES),
        "others": tuple(model for model in view.models if model != product.model),
    }


def release_row(release: queries.ReleaseView) -> dict[str, object]:
    return {
        "view": release,
        "state": words.STATES[release.state],
        "tone": words.TONES[release.state],
    }
