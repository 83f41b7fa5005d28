"""Cases joined and split, reports linked to them, duplicates, and what looks like what. First the preview."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from okiagari.api.base import answer, asking, idempotent, if_match
from okiagari.api.intake import shapes
from okiagari.api.intake.reports import whole
from okiagari.api.shapes import ReasonIn, Strict
from okiagari.flow import actions as flow
from okiagari.flow.merging import alike, queries
from okiagari.intake import actions as intake
from okiagari.intake import queries as reports
from okiagari.intake.wording import said
from okiagari.standards.localtext import LocalText

router = Router()


class PairIn(Strict):
    """A vulnerability of the merged case and the one of the other case that it is the same as."""

    merged: str
    into: str


class ClashIn(Strict):
    """What holds in one cell: merged, into or undecided. The vulnerability is that of the other case."""

    target: str
    vulnerability: str
    keep: str


class MergeAsked(Schema):
    """`same`: pairs of vulnerabilities as "VUL-…=VUL-…", with commas between."""

    into: str
    same: str = ""


class MergeIn(Strict):
    into: str
    reason: str
    same: Sequence[PairIn] = ()
    keep: str = ""
    decisions: Sequence[ClashIn] = ()
    let_in: Sequence[str] = ()
    decider: str = ""
    into_version: int | None = None


class SplitIn(Strict):
    title: dict[str, str]
    reason: str
    vulnerabilities: Sequence[str] = ()
    reports: Sequence[str] = ()
    shared_reports: Sequence[str] = ()
    targets: Sequence[str] = ()
    measures: Sequence[str] = ()
    tasks: Sequence[str] = ()
    parties: Sequence[str] = ()
    messages: Sequence[str] = ()
    evidence: Sequence[str] = ()
    clocks: Sequence[str] = ()


class LinkIn(Strict):
    case: str
    reason: str


class DuplicateIn(Strict):
    of: str
    reason: str
    answer: dict[str, str] | None = None


class NoDuplicateIn(Strict):
    reason: str
    answer: dict[str, str] | None = None


@router.get("/cases/{case_id}/alike", operation_id="list_alike_cases")
def alike_cases(request: HttpRequest, case_id: str) -> HttpResponse:
    """Other open cases that may be the same matter, and why."""
    return answer({"items": [_candidate(each) for each in alike.cases_like_case(asking(request), case_id)]})


@router.get("/reports/{report_id}/alike", operation_id="list_alike_of_report")
def alike_of_report(request: HttpRequest, report_id: str) -> HttpResponse:
    """Cases this report may belong to, and reports it may repeat, each with the reasons."""
    subject = asking(request)
    return answer(
        {
            "cases": [_candidate(each) for each in alike.cases_like_report(subject, report_id)],
            "reports": [_candidate(each) for each in reports.candidates(subject, report_id)],
        }
    )


def _candidate(each: "alike.CaseCandidate | reports.Candidate") -> dict[str, object]:
    return {"id": each.id, "title": each.title, "score": each.score, "reasons": said(each.reasons)}


@router.get("/cases/{case_id}/merge", operation_id="preview_merge")
def preview_merge(request: HttpRequest, case_id: str, asked: Query[MergeAsked]) -> HttpResponse:
    """What a merge would do. Nothing is written."""
    pairs = [each.split("=") for each in asked.same.split(",") if each]
    found = queries.merge_preview(asking(request), case_id, into=asked.into, same=pairs)
    return answer(
        {
            "counts": found.counts,
            "same": [{"merged": one, "into": other} for one, other in found.same],
            "contradictions": list(found.clashes),
            "undecided_cells": found.new_cells,
            "clocks_alike": found.clocks_alike,
            "embargo": found.embargo,
            "embargo_until": found.embargo_until,
            "judged_differently": found.judged_differently,
            "newly_seeing": [f"{each.kind}:{each.key}" for each in found.newly_seeing],
            "can_come_along": list(found.comers),
        }
    )


@router.post("/cases/{case_id}/merge", operation_id="merge_case")
@idempotent
def merge_case(request: HttpRequest, case_id: str, given: MergeIn) -> HttpResponse:
    """Take everything of this case into another one, which the caller leads as well."""
    number = flow.merge(
        asking(request),
        case_id,
        into=given.into,
        reason=given.reason,
        version=if_match(request),
        into_version=given.into_version,
        same=[[each.merged, each.into] for each in given.same],
        keep=given.keep,
        decisions=[[each.target, each.vulnerability, each.keep] for each in given.decisions],
        let_in=given.let_in,
        decider=given.decider,
    )
    return answer({"case": number}, status=201)


@router.post("/cases/{case_id}/merge/undo", operation_id="undo_merge")
def undo_merge(request: HttpRequest, case_id: str, given: ReasonIn) -> HttpResponse:
    """Take this merged case out of the joined one again."""
    return answer({"case": flow.undo_merge(asking(request), case_id, reason=given.reason)})


@router.post("/cases/{case_id}/split", operation_id="split_case")
@idempotent
def split_case(request: HttpRequest, case_id: str, given: SplitIn) -> HttpResponse:
    """Open a case of its own for what is chosen."""
    chosen = given.dict(exclude={"title", "reason"})
    number = flow.split(
        asking(request),
        case_id,
        title=LocalText.from_json(given.title),
        reason=given.reason,
        version=if_match(request),
        **chosen,
    )
    return answer({"case": number}, status=201)


@router.post("/reports/{report_id}/cases", operation_id="link_report")
def link_report(request: HttpRequest, report_id: str, given: LinkIn) -> HttpResponse:
    """Let the report lead to one more case."""
    subject = asking(request)
    intake.link(subject, report_id, case_id=given.case, reason=given.reason, version=if_match(request))
    return whole(subject, report_id, status=201)


@router.post("/reports/{report_id}/unlink", operation_id="unlink_report")
def unlink_report(request: HttpRequest, report_id: str, given: LinkIn) -> HttpResponse:
    """Part the report from a case."""
    subject = asking(request)
    intake.unlink(subject, report_id, case_id=given.case, reason=given.reason, version=if_match(request))
    return whole(subject, report_id)


@router.post("/reports/{report_id}/duplicate", operation_id="mark_duplicate")
def mark_duplicate(request: HttpRequest, report_id: str, given: DuplicateIn) -> HttpResponse:
    """The report repeats another: its reporter is told, and it joins the other's cases."""
    subject = asking(request)
    intake.mark_duplicate(
        subject,
        report_id,
        duplicate_of=given.of,
        reason=given.reason,
        answer=shapes.text(given.answer),
        version=if_match(request),
    )
    return whole(subject, report_id)


@router.post("/reports/{report_id}/duplicate/undo", operation_id="unmark_duplicate")
def unmark_duplicate(request: HttpRequest, report_id: str, given: NoDuplicateIn) -> HttpResponse:
    """The report repeats nothing after all."""
    subject = asking(request)
    intake.unmark_duplicate(
        subject,
        report_id,
        reason=given.reason,
        answer=shapes.text(given.answer),
        version=if_match(request),
    )
    return whole(subject, report_id)
