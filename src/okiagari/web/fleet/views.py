"""What was seen in the field: everything, one product, its units, one unit; aliases and imports."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from okiagari.catalog import actions as catalog
from okiagari.desk import permits
from okiagari.desk.permits import NOTHING_HERE
from okiagari.desk.subjects import Subject
from okiagari.engines.fleet import Bucket
from okiagari.fleet import actions, naming, queries
from okiagari.fleet.actions import Imported
from okiagari.fleet.queries import Page, Seen
from okiagari.plumbing import wording
from okiagari.plumbing.clock import today
from okiagari.problems import HTTP_STATUS, Kind, Problem
from okiagari.web.catalog.deeds import Deed, perform
from okiagari.web.catalog.words import zone
from okiagari.web.doors import asking, say
from okiagari.web.fleet import figures, forms
from okiagari.web.frame.values import Empty, Pages

PER_PAGE = 100


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return _overview(request, asking(request))


def _overview(request: HttpRequest, subject: Subject, problem: Problem | None = None) -> HttpResponse:
    seen = queries.overview(subject)
    counts = seen.standing.counts
    known = naming.names(subject, (count.bucket.product for count in counts))
    rows = figures.product_rows(counts, known)
    context = {
        "rows": rows,
        "total": seen.standing.total,
        "silent": seen.standing.silent,
        "silent_share": figures.percent(seen.standing.silent, seen.standing.total),
        "last_heard": _last_heard(seen),
        "silence": seen.silence,
        "unknown": naming.unknown(known, counts),
        "products": known.products,
        "may_alias": permits.may(subject, "catalog.change"),
        "may_import": permits.may(subject, "fleet.import"),
        "problem": wording.told(problem) if problem else None,
        "empty": _empty(subject),
    }
    return render(
        request, "fleet/overview.html", context, status=HTTP_STATUS[problem.kind] if problem else 200
    )


def _last_heard(seen: Seen) -> date | None:
    return seen.heard[-1][0] if seen.heard else None


def _empty(subject: Subject) -> Empty:
    title = gettext("No unit was seen yet.")
    text = gettext(
        "Units check in by themselves, or the log of an update server is imported: one line per unit and day."
    )
    if permits.may(subject, "fleet.import"):
        return Empty(title, text, gettext("Import observations"), reverse("fleet:import"))
    return Empty(title, text)


def _asked(request: HttpRequest, name: str) -> str:
    """What the address asks for. Raises NOTHING_HERE without it."""
    text = request.GET.get(name, "")
    if not text:
        raise NOTHING_HERE()
    return text


@require_safe
def product(request: HttpRequest) -> HttpResponse:
    subject, name = asking(request), _asked(request, "product")
    seen = queries.seen(subject, name)
    known = naming.names(subject, [name])
    if not seen.standing.total and name not in known.products:
        raise NOTHING_HERE()
    until = min(_last_heard(seen) or today(zone()), today(zone()))
    curve = queries.curve(subject, [name], since=until - figures.CURVE_DAYS, until=until)
    context = {
        "name": name,
        "view": known.products.get(name),
        "rows": figures.version_rows(seen.standing, known),
        "total": seen.standing.total,
        "silent": seen.standing.silent,
        "silent_share": figures.percent(seen.standing.silent, seen.standing.total),
        "last_heard": _last_heard(seen),
        "silence": seen.silence,
        "newest": ", ".join(sorted(known.newest(name))),
        "chart": figures.newest_curve(name, curve, known) if seen.standing.total else None,
        "empty": _empty(subject),
    }
    return render(request, "fleet/product.html", context)


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    subject, name = asking(request), _asked(request, "product")
    version = request.GET.get("version") or None
    silent = {"yes": True, "no": False}.get(request.GET.get("silent", ""))
    page = Page(after=request.GET.get("after", ""), limit=PER_PAGE)
    found = queries.units(subject, name, version=version, silent=silent, page=page)
    known = naming.names(subject, [name])
    kept = {key: request.GET[key] for key in ("product", "version", "silent") if request.GET.get(key)}
    following = "?" + urlencode({**kept, "after": found.next.after}) if found.next else ""
    sentence = ngettext("%(count)d unit on this page", "%(count)d units on this page", len(found.units))
    context = {
        "name": name,
        "version": version or "",
        "rows": tuple((each, known.release(each.bucket)) for each in found.units),
        "pages": Pages(
            sentence % {"count": len(found.units)},
            previous="?" + urlencode(kept) if page.after else "",
            next=following,
        ),
        "silences": tuple(
            (word, "?" + urlencode({**kept, "silent": key}), key == request.GET.get("silent", ""))
            for key, word in (
                ("", gettext("All units")),
                ("no", gettext("Heard lately")),
                ("yes", gettext("Silent")),
            )
        ),
        "empty": Empty(gettext("No such unit."), gettext("Take a filter away.")),
    }
    return render(request, "fleet/units.html", context)


@require_safe
def unit(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    found = queries.unit_history(subject, _asked(request, "unit"))
    known = naming.names(subject, {each.bucket.product for each in found.observations})
    context = {
        "unit": found.unit,
        "release": known.release(found.unit.bucket),
        "rows": tuple((each, known.release(each.bucket)) for each in reversed(found.observations)),
        "view": known.products.get(found.unit.bucket.product),
    }
    return render(request, "fleet/unit.html", context)


@require_POST
def alias(request: HttpRequest) -> HttpResponse:
    """One step: this text means that release. ``release`` is "line key|text"."""
    subject = asking(request)
    permits.require(subject, "fleet.read")
    line, _, text = request.POST.get("release", "").partition("|")
    bucket = Bucket(request.POST.get("product", ""), "", request.POST.get("version", ""))
    try:
        catalog.put_alias(subject, line, text, alias=bucket.version, source="device")
    except Problem as problem:
        if problem.kind in (Kind.DENIED, Kind.UNAUTHENTICATED):
            raise
        return _overview(request, subject, problem)
    words = {"alias": bucket.version, "text": text, "product": bucket.product}
    say(request, gettext("“%(alias)s” of %(product)s now means release %(text)s, also in the past.") % words)
    return redirect("fleet:overview")


def bring(request: HttpRequest) -> HttpResponse:
    """Import of a file of observations: all of it or nothing, each problem at its line."""
    subject = asking(request)
    permits.require(subject, "fleet.import")
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    deed = Deed(
        title=gettext("Import observations"),
        button=gettext("Import them"),
        done=gettext("The observations are in."),
        back=reverse("fleet:overview"),
        intro=gettext("All of the file is taken or nothing. What is imported twice is counted once."),
    )

    def act() -> Imported:
        typed = form.cleaned_data
        done = actions.import_observations(
            subject, typed["file"], name=typed["file"].name, source=typed["source"], form=typed["form"]
        )
        words = gettext("%(lines)d lines: %(new)d new, %(repeated)d known, %(late)d older than a later sign.")
        say(request, words % {name: getattr(done, name) for name in ("lines", "new", "repeated", "late")})
        return done

    return perform(request, deed, form, act, template="fleet/import.html")
