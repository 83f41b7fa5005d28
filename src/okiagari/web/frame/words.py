"""Instants and dates in words, in the language that is active now.

In: aware instants, `PartialDate`. Out: text. It never reads the clock itself; the caller passes now.
"""

from datetime import datetime, timedelta

from django.utils.dates import MONTHS
from django.utils.translation import get_language, gettext, ngettext

from okiagari.problems import gettext_noop
from okiagari.standards.partialdate import PartialDate

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_MONTH = 30 * _DAY
_YEAR = 365 * _DAY
_PARTS_JA = {
    ("early", True): "上旬",
    ("mid", True): "中旬",
    ("late", True): "下旬",
    ("early", False): "初め",
    ("mid", False): "半ば",
    ("late", False): "終わり",
}

OTHERWISE = (gettext_noop("This field is required."),)
"""What Django says itself and we say in other words: our catalogue goes before its own."""


def language() -> str:
    """``ja`` or ``en``, whatever the region."""
    return "ja" if (get_language() or "").startswith("ja") else "en"


def absolute(instant: datetime) -> str:
    """``2015-08-18 10:00 JST``, in the zone the instant is given in."""
    return instant.strftime("%Y-%m-%d %H:%M %Z")


def relative(instant: datetime, now: datetime) -> str:
    """``in 3 hours``, ``2 days ago``; app.js writes the same words when time passes."""
    seconds = (instant - now).total_seconds()
    size = abs(seconds)
    if size < _MINUTE:
        return gettext("now")
    for limit, unit in ((_HOUR, _MINUTE), (2 * _DAY, _HOUR), (2 * _MONTH, _DAY), (2 * _YEAR, _MONTH)):
        if size < limit:
            return _counted(int(size // unit), unit, seconds > 0)
    return _counted(int(size // _YEAR), _YEAR, seconds > 0)


def _counted(count: int, unit: int, is_ahead: bool) -> str:
    if unit == _MINUTE:
        ahead = ngettext("in %(count)d minute", "in %(count)d minutes", count)
        past = ngettext("%(count)d minute ago", "%(count)d minutes ago", count)
    elif unit == _HOUR:
        ahead = ngettext("in %(count)d hour", "in %(count)d hours", count)
        past = ngettext("%(count)d hour ago", "%(count)d hours ago", count)
    elif unit == _DAY:
        ahead = ngettext("in %(count)d day", "in %(count)d days", count)
        past = ngettext("%(count)d day ago", "%(count)d days ago", count)
    elif unit == _MONTH:
        ahead = ngettext("in %(count)d month", "in %(count)d months", count)
        past = ngettext("%(count)d month ago", "%(count)d months ago", count)
    else:
        ahead = ngettext("in %(count)d year", "in %(count)d years", count)
        past = ngettext("%(count)d year ago", "%(count)d years ago", count)
    return (ahead if is_ahead else past) % {"count": count}


def length(span: timedelta) -> str:
    """``45 days``, ``6 hours``: how long a deadline is."""
    seconds = int(abs(span).total_seconds())
    if seconds >= 2 * _DAY:
        count = seconds // _DAY
        return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
    count = max(1, seconds // _HOUR)
    return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}


def partial(value: PartialDate) -> str:
    """``late October 2016`` or ``2016年10月下旬``; an unknown date is said to be unknown."""
    if value.year is None:
        return gettext("date not known")
    return _partial_ja(value) if language() == "ja" else _partial_en(value)


def _partial_ja(value: PartialDate) -> str:
    text = f"{value.year}年"
    if value.month:
        text += f"{value.month}月"
    if value.day:
        return f"{text}{value.day}日"
    return text + (_PARTS_JA[value.part, value.month is not None] if value.part else "")


def _partial_en(value: PartialDate) -> str:
    text = str(value.year)
    if value.month:
        text = f"{MONTHS[value.month]} {text}"
    if value.day:
        return f"{value.day} {text}"
    return f"{value.part} {text}" if value.part else text
