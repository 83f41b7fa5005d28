"""What people read of a case, as frozen values. Somebody from outside reads only what is meant for them:
the case in outline and the messages of their own organisation (`cases.read`); all else needs `cases.inside`.
"""

from okiagari.cases.values import (
    CaseView,
    ClockView,
    Directory,
    EmbargoView,
    EvidenceFile,
    EvidenceView,
    FactView,
    GrantView,
    MessageView,
    Name,
    PartyView,
    TaskView,
    TimelineLine,
    VulnerabilityView,
)

from .case import case, leads_on
from .clocks import clocks
from .evidence import evidence, evidence_file
from .messages import communications
from .people import directory, parties, people_in
from .tasks import task, tasks
from .timeline import timeline

__all__ = [
    "CaseView",
    "ClockView",
    "Directory",
    "EmbargoView",
    "EvidenceFile",
    "EvidenceView",
    "FactView",
    "GrantView",
    "MessageView",
    "Name",
    "PartyView",
    "TaskView",
    "TimelineLine",
    "VulnerabilityView",
    "case",
    "clocks",
    "communications",
    "directory",
    "evidence",
    "evidence_file",
    "leads_on",
    "parties",
    "people_in",
    "task",
    "tasks",
    "timeline",
]
