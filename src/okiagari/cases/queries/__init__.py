"""What people read of a case, as frozen values. Somebody from outside reads only what is meant for them:
the case in outline and the messages of their own organisation (`cases.read`); all else needs `cases.inside`.
"""

from okiagari.cases.meeting_values import MeetingView, ResolutionView, UrgentActView
from okiagari.cases.values import (
    CaseView,
    ClockView,
    Correction,
    CountView,
    Directory,
    EmbargoView,
    EvidenceFile,
    EvidenceView,
    FactView,
    GrantView,
    IncidentView,
    MessageView,
    Name,
    OwnRuleView,
    PartView,
    PartyView,
    TaskView,
    TimelineLine,
    VulnerabilityView,
)

from .case import case, leads_on
from .clocks import clocks
from .evidence import evidence, evidence_file
from .incident import incident, may_describe
from .lists import ListPage, MessageRow, clock_list, message_list, task_list
from .meetings import (
    embargo_decisions,
    meeting,
    meetings,
    open_embargo_decisions,
    urgent_act,
    urgent_acts,
)
from .messages import communications
from .own_rules import own_rules, receiving_seat, seats
from .people import directory, parties, parts, people_in
from .tasks import task, tasks
from .timeline import timeline

__all__ = [
    "CaseView",
    "ClockView",
    "Correction",
    "CountView",
    "Directory",
    "EmbargoView",
    "EvidenceFile",
    "EvidenceView",
    "FactView",
    "GrantView",
    "IncidentView",
    "ListPage",
    "MeetingView",
    "MessageRow",
    "MessageView",
    "Name",
    "OwnRuleView",
    "PartView",
    "PartyView",
    "ResolutionView",
    "TaskView",
    "TimelineLine",
    "UrgentActView",
    "VulnerabilityView",
    "case",
    "clock_list",
    "clocks",
    "communications",
    "directory",
    "embargo_decisions",
    "evidence",
    "evidence_file",
    "incident",
    "leads_on",
    "may_describe",
    "meeting",
    "meetings",
    "message_list",
    "open_embargo_decisions",
    "own_rules",
    "parties",
    "parts",
    "people_in",
    "receiving_seat",
    "seats",
    "task",
    "task_list",
    "tasks",
    "timeline",
    "urgent_act",
    "urgent_acts",
]
