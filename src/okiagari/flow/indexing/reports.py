"""A report as a document: what was said about the flaw. Never who said it, nor the case it led to."""

from okiagari.flow.indexing.words import joined
from okiagari.intake.models import Report
from okiagari.plumbing.search import Document
from okiagari.standards.localtext import LocalText


def documents(report: Report) -> tuple[Document, ...]:
    """The one of this report; messages and names of files are part of it."""
    messages = report.messages.filter(scope_id=report.scope_id).order_by("pk")
    files = report.attachments.filter(scope_id=report.scope_id).order_by("pk")
    words = joined(
        report.public_id,
        report.reference,
        report.product_text,
        report.version_text,
        report.text,
        report.effect,
        report.reason,
        report.answer,
        [each.text for each in messages],
        [each.name for each in files],
    )
    title = LocalText({report.language: report.title}, report.language)
    return (Document(title, words, "intake.read", report.received_at, (report.scope_id,)),)
