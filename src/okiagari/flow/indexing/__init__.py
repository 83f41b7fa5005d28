"""What can be found: a projection of cases, reports, advisories, documents, products, releases and lessons.

Enters: ledger lines, inside the transaction that wrote them. Leaves: documents of `plumbing.search`, each
with the scopes and the verb it takes to read it. Who reported is never in them. `rebuild` makes the same from
the facts.
"""

from collections.abc import Callable, Iterable, Sequence

from okiagari.cases.models import Case
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.models import Advisory
from okiagari.flow.indexing import advisories, cases, catalog, reports
from okiagari.flow.indexing import documents as of_documents
from okiagari.flow.models import ForeignDocument
from okiagari.flow.streams import case_of
from okiagari.intake.models import Report
from okiagari.plumbing import jobs, ledger, search
from okiagari.plumbing.ledger import Entry
from okiagari.problems import Problem

ERASED = "intake.reporter_erased"
OF_DOCUMENTS = frozenset(
    {"flow.document_read", "flow.document_dropped", "flow.document_taken", "flow.document_joined"}
)


def hear(lines: Sequence[Entry]) -> None:
    """Something happened: make the documents of each thing anew, once."""
    for case_id in dict.fromkeys(case_of(entry) for entry in lines if entry.stream_kind in ("case", "part")):
        index_case(case_id)
    for kind, index in (("report", index_report), ("advisory", index_advisory)):
        for key in dict.fromkeys(entry.stream_key for entry in lines if entry.stream_kind == kind):
            index(key)
    for entry in lines:
        if entry.stream_kind == "catalog":
            catalog.index(entry.facts)
    papers = (str(entry.facts["document"]) for entry in lines if entry.verb in OF_DOCUMENTS)
    for document_id in dict.fromkeys(papers):
        index_document(document_id)
    if any(entry.verb == ERASED for entry in lines):
        # the index forgets the words at once, its pages only when it is merged
        jobs.enqueue("plumbing.merge_index", {}, key="plumbing.merge_index")


def index_case(case_id: str) -> int:
    try:
        row = find(SYSTEM, Case, case_id)
    except Problem:
        return search.put("case", case_id, ())
    lessons = search.put_many("lesson", cases.lessons(row), below=f"{case_id}/")
    return lessons + search.put("case", case_id, cases.documents(row))


def index_report(report_id: str) -> int:
    row = Report.objects.filter(public_id=report_id).first()
    return search.put("report", report_id, reports.documents(row) if row else ())


def index_advisory(advisory_id: str) -> int:
    row = Advisory.objects.filter(public_id=advisory_id).first()
    return search.put("advisory", advisory_id, advisories.documents(row) if row else ())


def index_document(document_id: str) -> int:
    row = ForeignDocument.objects.filter(public_id=document_id).first()
    return search.put("document", document_id, of_documents.documents(row) if row else ())


def rebuild() -> int:
    """Make every document anew from the facts. Returns how many had to be mended."""
    with ledger.action():
        cases_mended = _each("case", Case.objects.values_list("public_id", flat=True), index_case)
        reports_mended = _each("report", Report.objects.values_list("public_id", flat=True), index_report)
        rows = Advisory.objects.values_list("public_id", flat=True)
        mended = cases_mended + reports_mended + _each("advisory", rows, index_advisory)
        papers = ForeignDocument.objects.values_list("public_id", flat=True)
        return mended + _each("document", papers, index_document) + catalog.index_all()


def _each(kind: str, numbers: Iterable[str], index: Callable[[str], int]) -> int:
    keys = list(numbers)
    return search.forget_others(kind, keys) + sum(index(key) for key in keys)
