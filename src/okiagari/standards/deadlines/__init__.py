"""Clocks of a case: rule + anchor -> due, waiting for its anchor, or not applicable.

See `spans` for how time is counted, `clocks` for results and states, `catalogue` for the known rules.
"""

from .business import BusinessCalendar, next_working_day, plus_working_days, public_holidays
from .catalogue import (
    ACKNOWLEDGE_REPORT,
    EMBARGO_END,
    FIRST_JUDGEMENT,
    JPCERT_PUBLICATION,
    PROMISE,
    RULES,
)
from .clocks import (
    AGREEMENT_UNPROVEN,
    ANCHOR_WORDS,
    NO_ZONE,
    NOT_MOVABLE,
    Agreement,
    Anchor,
    Due,
    NotApplicable,
    Result,
    Rule,
    Situation,
    State,
    Waiting,
    by_urgency,
    compute,
    state,
)
from .spans import Calendar, Days, Hours, Itself, Moment, Months, Span, Weekdays, WorkingDays

__all__ = [
    "ACKNOWLEDGE_REPORT",
    "AGREEMENT_UNPROVEN",
    "ANCHOR_WORDS",
    "EMBARGO_END",
    "FIRST_JUDGEMENT",
    "JPCERT_PUBLICATION",
    "NOT_MOVABLE",
    "NO_ZONE",
    "PROMISE",
    "RULES",
    "Agreement",
    "Anchor",
    "BusinessCalendar",
    "Calendar",
    "Days",
    "Due",
    "Hours",
    "Itself",
    "Moment",
    "Months",
    "NotApplicable",
    "Result",
    "Rule",
    "Situation",
    "Span",
    "State",
    "Waiting",
    "Weekdays",
    "WorkingDays",
    "by_urgency",
    "compute",
    "next_working_day",
    "plus_working_days",
    "public_holidays",
    "state",
]
