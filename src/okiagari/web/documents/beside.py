"""What was not understood of the files a report or a draft came from, for the page of that one."""

from okiagari.desk.subjects import Subject
from okiagari.flow.importing import queries
from okiagari.flow.importing.queries import DocumentView, LeftLine
from okiagari.web.documents import words

Beside = tuple[DocumentView, list[tuple[LeftLine, str]]]


def beside(subject: Subject, *, report: str = "", advisory: str = "") -> list[Beside]:
    """Each document with its lines and why they are there."""
    found = queries.of(subject, report=report, advisory=advisory)
    return [(view, [(line, words.why(line)) for line in view.lines]) for view in found]
