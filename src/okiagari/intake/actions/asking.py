"""An inquiry that says something new becomes a report; the inquiry remembers which."""

from okiagari.cases import actions as cases
from okiagari.cases import queries as case_queries
from okiagari.desk.subjects import Subject
from okiagari.intake.actions.receiving import receive
from okiagari.plumbing import ledger

SOURCES = {"press": "press", "customer": "user", "dealers": "user"}


def receive_inquiry(subject: Subject, inquiry_id: str, *, title: str = "", product_text: str = "") -> str:
    """Make a report of an inquiry. Returns its number. Raises ALREADY_SETTLED, and as `receive` does."""
    with ledger.action():
        asked = case_queries.inquiry(subject, inquiry_id)
        report = receive(
            subject,
            source=SOURCES[asked.audience],
            title=title,
            text=asked.note,
            product_text=product_text,
            received_at=asked.at,
        )
        cases.settle_inquiry(subject, inquiry_id, report=report)
    return report
