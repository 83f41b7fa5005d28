"""The parts of a page as tags: ``{% load okiagari %}``. One example of each: docs/guide/design-system.md.

In: frozen values of `okiagari.web.frame.values` or plain ones. Out: markup with the classes of app.css.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from itertools import groupby

from django import template
from django.forms import BoundField, CheckboxInput
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from okiagari.desk import permits
from okiagari.plumbing import clock as wall
from okiagari.plumbing.wording import Told, told
from okiagari.problems import Problem
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.web.frame import icons, words
from okiagari.web.frame import rail as places
from okiagari.web.frame.values import SOON, Cell, Clock, Empty, Frame, LogLine, Pages, Step, Tab, Who

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> Frame:
    """``{% frame as frame %}``, only in the base pages: from ``request``, ``subject`` and ``counts``."""
    request, subject = context.get("request"), context.get("subject")
    theme = places.theme(request.COOKIES) if request else ""
    if not subject or not request:
        return Frame(theme=theme)
    return Frame(
        places.rail(request.path, context.get("counts") or {}, partial(permits.may, subject)),
        Who(subject.name.best(get_language() or "en")),
        theme,
    )


@register.filter
def inlanguages(text: LocalText) -> list[tuple[str, str]]:
    """``{% for language, words in answer|inlanguages %}``: every language of a text, the reader's first."""
    return sorted(text.texts.items(), key=lambda each: each[0] != get_language())


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """``{% icon "clip" %}``"""
    return icons.drawing(name, css=css)


@register.simple_tag
def mark() -> SafeString:
    """The doll."""
    return icons.drawing("doll", kind="mark", css="o-mark")


def _severity_words() -> Mapping[str, str]:
    return {
        "none": pgettext("severity", "not judged"),
        "low": pgettext("severity", "Low"),
        "medium": pgettext("severity", "Medium"),
        "high": pgettext("severity", "High"),
        "critical": pgettext("severity", "Critical"),
        "severe": pgettext("severity", "Severe"),
    }


@register.simple_tag
def severity(step: str | None, bare: bool = False) -> SafeString:
    """``{% severity "high" %}``: shape and word. Nothing or an empty step is "not judged".

    The maker's own fourth level is "severe", that of CVSS "critical"; they look the same.
    """
    step = step or "none"
    look = "critical" if step == "severe" else step
    return format_html(
        '<span class="o-sev is-{}{}">{}{}</span>',
        look,
        " is-bare" if bare else "",
        icons.drawing(look, kind="severity"),
        _severity_words()[step],
    )


@register.simple_tag
def state(word: str, tone: str = "") -> SafeString:
    """``{% state _("Accepted") "ok" %}``; tones: ok wait now bad off."""
    return format_html('<span class="o-state{}">{}</span>', f" is-{tone}" if tone else "", word)


@register.simple_tag
def key(name: str) -> SafeString:
    """``{% key "⌘K" %}``"""
    return format_html('<kbd class="o-key">{}</kbd>', name)


@register.simple_tag
def public_id(value: str, href: str = "") -> SafeString:
    """``{% public_id case.id href=case.href %}``"""
    if href:
        return format_html('<a class="o-id" href="{}">{}</a>', href, value)
    return format_html('<span class="o-id">{}</span>', value)


@register.simple_tag
def who(value: Who) -> SafeString:
    """``{% who case.owner %}``"""
    name = format_html('<a href="{}">{}</a>', value.href, value.name) if value.href else value.name
    note = format_html(' <span class="o-muted">{}</span>', value.note) if value.note else ""
    return format_html(
        '<span class="o-who{}"><abbr aria-hidden="true">{}</abbr><span>{}{}</span></span>',
        " is-team" if value.is_team else "",
        value.initials,
        name,
        note,
    )


def _time(value: datetime, tone: str, has_relative: bool) -> SafeString:
    local = timezone.localtime(value)
    beside = SafeString()
    if has_relative:
        # a clock that was set does not run, so the page must not let it run either
        live = SafeString("" if wall.is_set() else " data-relative")
        beside = format_html(" <span{}>{}</span>", live, words.relative(value, wall.now()))
    text = words.absolute(local)
    return format_html(
        '<time class="o-time{}" datetime="{}">{}{}</time>', tone, local.isoformat(), text, beside
    )


@register.simple_tag
def instant(value: datetime | None, relative: bool = True) -> SafeString | str:
    """``{% instant line.at %}``: 2015-08-18 10:00 JST, and how long ago."""
    return _time(value, "", relative) if value else ""


@register.simple_tag
def due(value: datetime | None) -> SafeString | str:
    """``{% due task.due %}``: like instant; soon and late are marked."""
    if value is None:
        return format_html('<span class="o-muted">{}</span>', gettext("no due time"))
    left = value - wall.now()
    tone = " is-late" if left.total_seconds() < 0 else " is-soon" if left <= SOON else ""
    return _time(value, tone, has_relative=True)


@register.simple_tag
def rightnow() -> str:
    """``{% rightnow %}``: when this page was made, for what asks later what happened since."""
    return wall.now().isoformat()


@register.filter
def clocktime(value: datetime) -> str:
    """``{{ line.at|clocktime }}``: 10:00 JST, where the day stands above."""
    return timezone.localtime(value).strftime("%H:%M %Z")


@register.filter
def grouped(value: int) -> str:
    """``{{ row.units|grouped }}``: 22,800"""
    return f"{value:,}"


@register.filter
def listed(values: Iterable[object]) -> str:
    """``{{ view.targets|listed }}``: one, two / one、two, as the language parts them."""
    return gettext(", ").join(str(each) for each in values)


@register.simple_tag
def partialdate(value: PartialDate) -> SafeString:
    """``{% partialdate product.on_sale %}``: late October 2016 / 2016年10月下旬"""
    if not value.is_known:
        return format_html('<span class="o-muted">{}</span>', words.partial(value))
    machine = str(value).rsplit(" ", 1)[-1]
    return format_html('<time datetime="{}">{}</time>', machine, words.partial(value))


@register.simple_tag
def local(value: LocalText, mark: bool = True) -> SafeString | str:
    """``{% local product.name %}``: in the reader's language; marked when it is another or an older text."""
    here = words.language()
    text = value.best(here)
    shown = here if here in value else value.source
    body = format_html('<span lang="{}">{}</span>', shown, text) if shown != here else text
    if not mark or not text or value.is_fresh_in(here):
        return body
    languages = {"ja": gettext("Japanese"), "en": gettext("English")}
    note = gettext("%(language)s only") if shown != here else gettext("older than the %(language)s text")
    said = note % {"language": languages.get(value.source, value.source)}
    return format_html('{}<span class="o-text-mark">{}</span>', body, said)


@register.inclusion_tag("frame/parts/steps.html")
def steps(row: Iterable[Step]) -> dict[str, object]:
    """``{% steps case.steps %}``"""
    return {"steps": tuple(row)}


@register.inclusion_tag("frame/parts/clock.html")
def clock(value: Clock) -> dict[str, object]:
    """``{% clock deadline %}``: name and state, gauge, anchor and due."""
    now = wall.now()
    state_now = value.state(now)
    end = value.done or now
    tones = {"late": "now", "missed": "bad", "soon": "now", "met": "ok", "stopped": "off", "running": ""}
    notes = {
        "met": gettext("met"),
        "missed": gettext("missed"),
        "stopped": gettext("stopped"),
        "late": gettext("late"),
        "soon": words.relative(value.due, now),
        "running": words.relative(value.due, now),
    }
    return {
        "clock": value,
        "state": state_now,
        "note": notes[state_now],
        "tone": tones[state_now],
        "run": f"{value.share(end) * 100:.1f}%",
        "first": f"{value.share(value.first_due) * 100:.1f}%" if value.first_due else "",
        "more": f"{(1 - value.share(value.first_due)) * 100:.1f}%" if value.first_due else "",
    }


@register.inclusion_tag("frame/parts/tabs.html")
def tabs(row: Iterable[Tab], label: str = "") -> dict[str, object]:
    """``{% tabs case.tabs _("Case") %}``"""
    return {"tabs": tuple(row), "label": label}


@register.inclusion_tag("frame/parts/log.html")
def log(lines: Iterable[LogLine]) -> dict[str, object]:
    """``{% log case.timeline %}``: newest first as given, a heading for each day."""
    days = groupby(lines, key=lambda line: timezone.localtime(line.at).date())
    return {"days": [(day, tuple(of_day)) for day, of_day in days]}


@register.inclusion_tag("frame/parts/empty.html")
def empty(value: Empty) -> dict[str, object]:
    """``{% empty page.empty %}``"""
    return {"empty": value}


@register.inclusion_tag("frame/parts/pages.html")
def pages(value: Pages) -> dict[str, object]:
    """``{% pages list.pages %}``"""
    return {"pages": value}


@register.inclusion_tag("frame/parts/cell.html")
def cell(value: Cell) -> dict[str, object]:
    """``{% cell row.cell %}``: the inside of a grid cell; wrap it in a button where it can be set."""
    names = {
        "undecided": pgettext("cell", "undecided"),
        "investigating": pgettext("cell", "investigating"),
        "affected": pgettext("cell", "affected"),
        "not-affected": pgettext("cell", "not affected"),
        "fixed": pgettext("cell", "fixed"),
    }
    return {
        "cell": value,
        "word": value.word or names[value.state],
        "shape": icons.drawing(value.state, kind="cell"),
    }


@register.inclusion_tag("frame/parts/problem.html")
def problem(value: Problem | Told) -> dict[str, object]:
    """``{% problem problem %}``: what, why, what now, in the reader's language."""
    return {"told": told(value) if isinstance(value, Problem) else value}


@register.inclusion_tag("frame/parts/field.html")
def field(bound: BoundField, segmented: bool = False) -> dict[str, object]:
    """``{% field form.title %}``; ``segmented=True`` lays radio answers out as buttons."""
    return {
        "field": bound,
        "is_check": isinstance(bound.field.widget, CheckboxInput),
        "is_group": bound.field.widget.use_fieldset,
        "is_segmented": segmented,
    }
