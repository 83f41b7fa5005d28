"""Clocks of the maker's own (contracts, promises, targets), and its seats in the EU: checked here.

In: what a person typed. Out: the rule as `okiagari.standards.deadlines` reckons with it, or a problem at its
field.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards import deadlines
from okiagari.standards.deadlines import spans
from okiagari.standards.localtext import LocalText

OWN = "own."
"""Before the key of an own rule, so that no rule of a law is ever called the same."""
UNITS: Mapping[str, str] = {
    "hours": gettext_noop("hours"),
    "days": gettext_noop("days"),
    "working_days": gettext_noop("working days"),
    "months": gettext_noop("months"),
}
MOST = 1000
RULE_KEY = define(
    "cases.rule_key",
    Kind.INVALID,
    gettext_noop("“%(key)s” cannot name a clock of our own."),
    gettext_noop("Use small letters, digits and hyphens, 30 at most."),
)
RULE_NAMELESS = define(
    "cases.rule_nameless",
    Kind.INVALID,
    gettext_noop("A clock of our own needs a name, and where it is written."),
    gettext_noop("Name it, and say which contract, promise or decision it comes from."),
)
ANCHOR_UNKNOWN = define(
    "cases.anchor_unknown",
    Kind.INVALID,
    gettext_noop("“%(anchor)s” is not an event that clocks run from."),
    gettext_noop("The events are: %(known)s."),
)
SPAN_UNKNOWN = define(
    "cases.span_unknown",
    Kind.INVALID,
    gettext_noop("“%(count)s %(unit)s” is not a length of time."),
    gettext_noop("Give a whole number of hours, days, working_days or months."),
)
RULE_ZONE = define(
    "cases.rule_zone",
    Kind.INVALID,
    gettext_noop("“%(zone)s” is not a time zone."),
    gettext_noop("Write a name such as Asia/Tokyo, or leave it empty for our own zone."),
)
BASIS_UNKNOWN = define(
    "cases.basis_unknown",
    Kind.INVALID,
    gettext_noop("“%(basis)s” does not decide which CSIRT receives a report."),
    gettext_noop("Choose one of: %(known)s."),
)
NOT_A_MEMBER = define(
    "cases.not_a_member",
    Kind.INVALID,
    gettext_noop("“%(country)s” is not a Member State of the EU."),
    gettext_noop("Write its two letters, such as DE."),
)
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
_KINDS: Mapping[str, type[spans.Hours | spans.Days | spans.WorkingDays | spans.Months]] = {
    "hours": spans.Hours,
    "days": spans.Days,
    "working_days": spans.WorkingDays,
    "months": spans.Months,
}


@dataclass(frozen=True)
class Span:
    """A length of time as people write it: 3 working_days."""

    count: int
    unit: str

    def to_json(self) -> Mapping[str, object]:
        return spans.to_json(_KINDS[self.unit](self.count))


def span_of(value: Mapping[str, object]) -> Span:
    """What `Span.to_json` wrote."""
    span = spans.from_json(value)
    unit = next(unit for unit, kind in _KINDS.items() if kind.__name__ == type(span).__name__)
    return Span(int(getattr(span, "count", 0)), unit)


@dataclass(frozen=True)
class Draft:
    """An own rule as it was typed."""

    key: str
    name: LocalText
    anchor: str
    span: Span
    source: str
    zone: str = ""


def check_rule(draft: Draft) -> None:
    """Raises RULE_KEY, RULE_NAMELESS, ANCHOR_UNKNOWN, SPAN_UNKNOWN, RULE_ZONE."""
    if not _KEY.fullmatch(draft.key):
        raise RULE_KEY(key=draft.key).at("key")
    if not draft.name:
        raise RULE_NAMELESS().at("name")
    if not draft.source.strip():
        raise RULE_NAMELESS().at("source")
    if draft.anchor not in set(deadlines.Anchor):
        raise ANCHOR_UNKNOWN(anchor=draft.anchor, known=", ".join(deadlines.Anchor)).at("anchor")
    if draft.span.unit not in _KINDS or not 1 <= draft.span.count <= MOST:
        raise SPAN_UNKNOWN(count=draft.span.count, unit=draft.span.unit).at("count")
    if draft.zone and draft.zone not in available_timezones():
        raise RULE_ZONE(zone=draft.zone).at("zone")


def own_rule(draft: Draft, *, is_movable: bool) -> deadlines.Rule:
    """The rule as clocks reckon with it; its name is kept with each clock that it starts."""
    return deadlines.Rule(
        OWN + draft.key,
        deadlines.Anchor(draft.anchor),
        _KINDS[draft.span.unit](draft.span.count),
        draft.name.best("en"),
        draft.source,
        zone=ZoneInfo(draft.zone).key if draft.zone else "",
        is_movable=is_movable,
    )


def check_seat(basis: str, country: str) -> None:
    """Raises BASIS_UNKNOWN, NOT_A_MEMBER."""
    if basis not in deadlines.BASES:
        raise BASIS_UNKNOWN(basis=basis, known=", ".join(deadlines.BASES)).at("basis")
    if country.upper() not in deadlines.UNION_MEMBERS:
        raise NOT_A_MEMBER(country=country).at("country")
