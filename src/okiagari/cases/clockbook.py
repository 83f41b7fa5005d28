"""Every rule a clock may follow: those everybody has, and the maker's own; and how one is reckoned here.

In: a key, an anchor. Out: the rule, and when it falls due in the maker's zone and by its business calendar.
It reads what the maker has set and writes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from okiagari.cases import rules
from okiagari.cases.models import OwnRule
from okiagari.desk import calendar
from okiagari.standards import deadlines
from okiagari.standards.deadlines import Agreement, Rule


@dataclass(frozen=True)
class Book:
    """The rules by key, read once for as many clocks as are looked at."""

    rules: Mapping[str, Rule]
    calendar: deadlines.BusinessCalendar = field(default_factory=deadlines.BusinessCalendar)

    def rule(self, key: str) -> Rule:
        """Raises RULE_UNKNOWN."""
        return rules.rule_named(key, self.rules)

    def shown(self, key: str) -> Rule:
        """The rule, or for one that is gone a promise: its clocks keep their due times and names."""
        return self.rules.get(key, deadlines.PROMISE)

    def due(self, key: str, anchor_at: datetime | None) -> datetime | None:
        """When it falls due; None while its anchor does not exist. Raises RULE_UNKNOWN, NO_ZONE."""
        return rules.due(self.rule(key), anchor_at, self._situation())

    def moved(self, key: str, anchor_at: datetime | None, agreement: Agreement) -> datetime:
        """When it falls due by an agreement. Raises CLOCK_WAITS, NOT_MOVABLE, AGREEMENT_UNPROVEN."""
        return rules.moved(self.rule(key), anchor_at, self._situation(), agreement)

    def _situation(self) -> deadlines.Situation:
        return deadlines.Situation(zone=ZoneInfo(settings.TIME_ZONE), calendar=self.calendar)


def book() -> Book:
    """The rules and the calendar as they stand."""
    own = {rule.key: rule for rule in map(own_rule, OwnRule.objects.order_by("pk"))}
    return Book({**deadlines.RULES, **own}, calendar.business())


def own_rule(row: OwnRule) -> Rule:
    return rules.own_rule(draft(row), is_movable=row.is_movable)


def draft(row: OwnRule) -> rules.Draft:
    return rules.Draft(row.key, row.name, row.anchor, rules.span_of(row.span), row.source, row.zone)
