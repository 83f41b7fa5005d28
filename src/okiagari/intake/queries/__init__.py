"""What people read of reports, as frozen values. Who may not see a report is told that nothing is there.

`listing`: many reports; `reading`: one, with its files, talk and timeline; `likely`: what may be the same;
`status`: what a reporter without an account reads; `waiting`: what the team owes, for flow.
"""

from okiagari.intake.queries.likely import candidates
from okiagari.intake.queries.listing import reports, reports_of_case
from okiagari.intake.queries.reading import attachment, identity, letter_to_copy, report, timeline
from okiagari.intake.queries.status import status
from okiagari.intake.queries.values import (
    AttachmentFile,
    AttachmentView,
    Candidate,
    CaseLink,
    IdentityView,
    LetterToCopy,
    MessageView,
    ReportPage,
    ReportRow,
    ReportView,
    StatusView,
    TimelineLine,
    WaitingReport,
)
from okiagari.intake.queries.waiting import reports_of_letter, unsettled, waiting_report, waiting_reports

__all__ = [
    "AttachmentFile",
    "AttachmentView",
    "Candidate",
    "CaseLink",
    "IdentityView",
    "LetterToCopy",
    "MessageView",
    "ReportPage",
    "ReportRow",
    "ReportView",
    "StatusView",
    "TimelineLine",
    "WaitingReport",
    "attachment",
    "candidates",
    "identity",
    "letter_to_copy",
    "report",
    "reports",
    "reports_of_case",
    "reports_of_letter",
    "status",
    "timeline",
    "unsettled",
    "waiting_report",
    "waiting_reports",
]
