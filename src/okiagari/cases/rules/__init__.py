"""Decisions of the case file as pure functions: values and the clock in, decision or problem out.

`kinds` and who comes in with them, `numbers` of the field, `embargo` and its order, `facts` and what they
ask of the team, `messages` and what a subject line may say, `tasks`, `clocks`, `access`.
"""

from .access import LEVELS, NO_SUCH_LEVEL, NO_SUCH_PRINCIPAL, NOBODY_LEADS, PRINCIPALS, level_named
from .clocks import (
    ALREADY_MET,
    CLOCK_RUNS,
    CLOCK_WAITS,
    check_meet,
    check_open,
    check_reason,
    due,
    moved,
    rule_named,
    standing,
)
from .embargo import STATES as EMBARGO_STATES
from .embargo import Said, check_embargo, holds, next_states
from .facts import DECISION, DECISIONS, check_fact, decision_due, decision_key
from .facts import KINDS as FACT_KINDS
from .kinds import (
    CLOSED,
    KINDS,
    MERGED,
    NOT_CLOSED,
    REASON_NEEDED,
    TITLE_NEEDED,
    check_kinds,
    check_title,
    team_kinds,
)
from .messages import AUDIENCES, CHANNELS, DIRECTIONS, Line, check_message, neutral_line, subject_line
from .numbers import cve, cwe, jvn, jvndb
from .parties import PARTY_ROLES, check_party
from .tasks import TASK_OVER, check_finish, check_task, is_decision

__all__ = [
    "ALREADY_MET",
    "AUDIENCES",
    "CHANNELS",
    "CLOCK_RUNS",
    "CLOCK_WAITS",
    "CLOSED",
    "DECISION",
    "DECISIONS",
    "DIRECTIONS",
    "EMBARGO_STATES",
    "FACT_KINDS",
    "KINDS",
    "LEVELS",
    "MERGED",
    "NOBODY_LEADS",
    "NOT_CLOSED",
    "NO_SUCH_LEVEL",
    "NO_SUCH_PRINCIPAL",
    "PARTY_ROLES",
    "PRINCIPALS",
    "REASON_NEEDED",
    "TASK_OVER",
    "TITLE_NEEDED",
    "Line",
    "Said",
    "check_embargo",
    "check_fact",
    "check_finish",
    "check_kinds",
    "check_meet",
    "check_message",
    "check_open",
    "check_party",
    "check_reason",
    "check_task",
    "check_title",
    "cve",
    "cwe",
    "decision_due",
    "decision_key",
    "due",
    "holds",
    "is_decision",
    "jvn",
    "jvndb",
    "level_named",
    "moved",
    "neutral_line",
    "next_states",
    "rule_named",
    "standing",
    "subject_line",
    "team_kinds",
]
