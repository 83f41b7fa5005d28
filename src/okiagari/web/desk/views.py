"""The first page: what is on fire, what waits for me, what is late, the clocks of the next days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, pgettext

from okiagari.desk import permits
from okiagari.desk.subjects import Role, Subject
from okiagari.disclose.queries import key_notes, site_notes
from okiagari.flow import queries as flow
from okiagari.flow.queries import PositionView, WaitView
from okiagari.plumbing import clock
from okiagari.web.cases.frame import deed_href
from okiagari.web.disclose.views.targets import late_targets
from okiagari.web.doors import asking
from okiagari.web.frame import charts
from okiagari.web.frame.charts import Mark, WeekChart
from okiagari.web.frame.values import Empty


@dataclass(frozen=True)
class Line:
    """One line of work: what, of which matter, until when, and the one thing to press."""

    level: str
    what: str
    matter: str
    key: str
    href: str
    verb: str
    due: datetime | None


@dataclass(frozen=True)
class Note:
    """Something about the public site that somebody should look at, and where."""

    text: str
    is_urgent: bool
    href: str
    place: str


def case_address(case_id: str, tab: str = "") -> str:
    """The page of a case, or where on it something is to be done."""
    return deed_href(case_id, tab or "overview")


def address(wait: WaitView) -> str:
    """Where one does what a line asks for."""
    if wait.kind == "report":
        return reverse("intake:report", args=[wait.key])
    if wait.kind == "criteria":
        return reverse("triage:review")
    return case_address(wait.key, wait.tab)


def _line(wait: WaitView) -> Line:
    return Line(
        wait.level, wait.text, wait.matter, wait.key, address(wait), wait.action or gettext("Open"), wait.due
    )


def _burning(position: PositionView) -> Line:
    missing = position.next
    language = get_language() or "en"
    what = missing.text if missing else position.step_label
    mine = missing.action if missing and missing.is_mine else ""
    return Line(
        level=position.level,
        what=what,
        matter=position.title.best(language),
        key=position.case_id,
        href=case_address(position.case_id, missing.tab if missing else ""),
        verb=mine or gettext("Open"),
        due=position.due,
    )


def _marks(view: flow.DeskView, waits: Iterable[Line], zone: ZoneInfo) -> tuple[Mark, ...]:
    """Clocks, and work that has a due time: on one time line, each once."""
    language = get_language() or "en"
    found: dict[tuple[str, datetime, str], Mark] = {}
    for each in view.clocks:
        name = each.label.best(language) or gettext(each.title)
        if each.due:
            state = "soon" if each.state == "soon" else "running"
            note, href = each.case_title.best(language), case_address(each.case_id)
            mark = Mark(each.due.astimezone(zone), name, note=note, state=state, href=href)
            found[each.case_id, each.due, name] = mark
    for line in waits:
        if line.due:
            mark = Mark(line.due.astimezone(zone), line.what, note=line.matter, href=line.href)
            found.setdefault((line.key, line.due, line.what), mark)
    return tuple(sorted(found.values(), key=lambda mark: mark.at))


def _week(marks: tuple[Mark, ...], zone: ZoneInfo) -> charts.Svg:
    now = clock.now().astimezone(zone)
    weekdays = (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )
    return charts.week(
        WeekChart(
            title=gettext("Due in the next 7 days"),
            now=now,
            marks=marks,
            weekdays=weekdays,
            now_word=gettext("now"),
        )
    )


def _whose() -> tuple[tuple[str, str], ...]:
    return (
        ("", gettext("Mine and my teams'")),
        ("mine", gettext("Only mine")),
        ("team", gettext("My teams'")),
    )


def _standing(fire: int | None, waits: int, late: int) -> str:
    """The page in a sentence or two. `fire` is None for who is not told what burns."""
    burning = gettext("Nothing is on fire.") if fire is not None else ""
    if fire:
        burning = ngettext("%(n)s case is on fire.", "%(n)s cases are on fire.", fire) % {"n": fire}
    if not waits and not late:
        return burning
    over = gettext("nothing is late.")
    if late:
        over = ngettext("%(n)s is late.", "%(n)s are late.", late) % {"n": late}
    text = ngettext("%(n)s thing waits for you, %(late)s", "%(n)s things wait for you, %(late)s", waits)
    waiting = text % {"n": waits, "late": over}
    if fire is None:
        return waiting
    return pgettext("two sentences", "%(one)s %(other)s") % {"one": burning, "other": waiting}


def _next_step(subject: Subject) -> tuple[str, str] | tuple[()]:
    """Where somebody for whom nothing waits finds what they are here for."""
    steps = (
        ("audit.read", gettext("Read the audit"), "audit:streams"),
        ("cases.inquiries", gettext("Answer an inquiry"), "inquiries:page"),
        ("cases.read", gettext("Look at the cases"), "cases:list"),
        ("desk.manage", gettext("Look after the accounts"), "desk:people"),
    )
    works_on_cases = permits.may(subject, "cases.work")
    for verb, words, place in steps:
        if permits.may(subject, verb) and not (works_on_cases and verb in ("audit.read", "cases.inquiries")):
            return words, reverse(place)
    return ()


def _notes(subject: Subject) -> Iterator[Note]:
    keys, site = reverse("disclose:keys"), reverse("disclose:site_check")
    for each in key_notes(subject):
        yield Note(gettext(each.text) % each.parameters, each.is_urgent, keys, gettext("Signing keys"))
    for note in site_notes(subject):
        said = gettext(note.text) % note.parameters
        yield Note(said, is_urgent=True, href=site, place=gettext("What is really out"))


def first_page(request: HttpRequest) -> HttpResponse:
    """Readable in five seconds; what is on fire is not said twice. Auditors and administrators have no cases:
    theirs leads elsewhere."""
    subject = asking(request)
    whose = request.GET.get("whose", "")
    whose = whose if whose in ("mine", "team") else ""
    view = flow.desk(subject, whose=whose)
    fire = tuple(_burning(each) for each in view.on_fire)
    said = {(line.key, line.what) for line in fire}
    waits = tuple(line for line in map(_line, view.waits) if (line.key, line.what) not in said)
    calm = Empty(
        gettext("Nothing waits for you.")
        if len(waits) == len(view.waits)
        else gettext("Nothing else waits for you."),
        gettext("What comes in or falls due shows here by itself."),
        *_next_step(subject),
    )
    late = tuple(_line(each) for each in view.late)
    zone = ZoneInfo(settings.TIME_ZONE)
    marks = _marks(view, waits, zone)
    context = {
        "standing": _standing(
            len(fire) if permits.may(subject, "cases.inside") else None, len(waits), len(late)
        ),
        "fire": fire,
        "waits": waits,
        "late": late,
        "is_divided": bool(whose or waits or late),
        "has_week": permits.may(subject, "cases.read"),
        "may_stop": permits.may(subject, "cases.inside"),
        "whose": tuple((name, f"?whose={key}" if key else "/", key == whose) for key, name in _whose()),
        "week": _week(marks, zone),
        "has_marks": any(mark.at < clock.now() + timedelta(days=7) for mark in marks),
        "calm": calm,
        "is_auditor": subject.has_role(Role.AUDITOR),
        "is_administrator": subject.has_role(Role.ADMINISTRATOR),
    }
    context["notes"] = tuple(_notes(subject))
    context["late_targets"] = late_targets(subject)
    if not whose:  # the rail of this page counts what stands on it, also what belongs to no case
        counted = flow.counts(subject)
        beside = sum(1 for each in (*view.waits, *view.late) if each.kind not in ("case", "report"))
        context["counts"] = {**counted, "beside": beside} if beside else counted
        context["number"] = sum(counted.values()) + beside
    return render(request, "desk/first_page.html", context)
