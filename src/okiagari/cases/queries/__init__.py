"""What people read of a case, as frozen values. Somebody from outside reads only what is meant for them:
the case in outline and the messages of their own organisation (`cases.read`); all else needs `cases.inside`.
"""

from okiagari.cases.incidents import CountView, IncidentView, OwnRuleView
from okiagari.cases.meeting_values import MeetingView, ResolutionView, UrgentActView
from okiagari.cases.talks import (
    AnswerInUse,
    AnswerView,
    Contact,
    ConversationView,
    DeliveryView,
    HourCount,
    InquiryFigures,
    InquiryView,
    MessageFileView,
    MessageView,
)
from okiagari.cases.values import (
    CaseView,
    ClockView,
    Correction,
    Directory,
    EmbargoView,
    EvidenceFile,
    EvidenceView,
    FactView,
    GrantView,
    Name,
    PartView,
    PartyView,
    TaskView,
    TimelineLine,
    VulnerabilityView,
)

from .case import case, leads_on
from .clocks import clocks
from .evidence import evidence, evidence_file
from .feed import FeedEntry, feed
from .incident import incident, may_describe, may_read_incident
from .inquiries import answers, answers_in_use, figures, inquiry, new_inquiries
from .lists import ListPage, MessageRow, clock_list, message_list, task_list
from .meetings import (
    embargo_decisions,
    meeting,
    meetings,
    open_embargo_decisions,
    urgent_act,
    urgent_acts,
)
from .messages import communications, contacts, conversations, letter_text, message_file
from .own_rules import own_rules, receiving_seat, seats
from .people import directory, parties, parts, people_in
from .tasks import task, tasks
from .timeline import timeline

__all__ = [
    "AnswerInUse",
    "AnswerView",
    "CaseView",
    "ClockView",
    "Contact",
    "ConversationView",
    "Correction",
    "CountView",
    "DeliveryView",
    "Directory",
    "EmbargoView",
    "EvidenceFile",
    "EvidenceView",
    "FactView",
    "FeedEntry",
    "GrantView",
    "HourCount",
    "IncidentView",
    "InquiryFigures",
    "InquiryView",
    "ListPage",
    "MeetingView",
    "MessageFileView",
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
    "answers",
    "answers_in_use",
    "case",
    "clock_list",
    "clocks",
    "communications",
    "contacts",
    "conversations",
    "directory",
    "embargo_decisions",
    "evidence",
    "evidence_file",
    "feed",
    "figures",
    "incident",
    "inquiry",
    "leads_on",
    "letter_text",
    "may_describe",
    "may_read_incident",
    "meeting",
    "meetings",
    "message_file",
    "message_list",
    "new_inquiries",
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
