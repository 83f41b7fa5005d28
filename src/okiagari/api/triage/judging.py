"""Criteria, judgements and scores."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from okiagari.api.base import answer, asking, idempotent, if_match, page
from okiagari.api.shapes import MaybeReasonIn
from okiagari.api.triage import shapes
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions, queries

router = Router()


@router.get("/criteria", operation_id="read_criteria")
def read_criteria(request: HttpRequest, version: int | None = None) -> HttpResponse:
    """The criteria in force, or one version of them."""
    view = queries.criteria(asking(request), version=version)
    return answer(shapes.criteria(view), version=view.version)


@router.get("/criteria/versions", operation_id="list_criteria")
def list_criteria(request: HttpRequest) -> HttpResponse:
    """Every version adopted, newest first."""
    found = queries.criteria_versions(asking(request))
    return answer(page([shapes.criteria(view) for view in found]))


@router.post("/criteria", operation_id="adopt_criteria")
@idempotent
def adopt_criteria(request: HttpRequest, given: shapes.AdoptIn) -> HttpResponse:
    """Put criteria in force as the next version."""
    subject = asking(request)
    number = actions.adopt_criteria(subject, given.content, next_review=given.next_review)
    return answer(shapes.criteria(queries.criteria(subject, version=number)), status=201, version=number)


@router.get("/criteria/reviews", operation_id="list_criteria_reviews")
def list_reviews(request: HttpRequest) -> HttpResponse:
    """Reviews that kept the criteria as they were, newest first."""
    return answer(page(queries.criteria_reviews(asking(request))))


@router.post("/criteria/reviews", operation_id="review_criteria")
@idempotent
def review_criteria(request: HttpRequest, given: shapes.CriteriaReviewIn) -> HttpResponse:
    """Keep the criteria as they are, with a reason, and set the next date."""
    subject = asking(request)
    actions.review_criteria(subject, reason=given.reason, next_review=given.next_review)
    view = queries.criteria(subject)
    return answer(shapes.criteria(view), status=201, version=view.version)


@router.get("/cases/{case_id}/judgements", operation_id="list_judgements")
def list_judgements(request: HttpRequest, case_id: str) -> HttpResponse:
    """Every judgement asked for or given, oldest first; the level of the case beside them."""
    subject = asking(request)
    found = [shapes.judgement(view) for view in queries.judgements(subject, case_id)]
    return answer(page(found, level=queries.level(subject, case_id) or None))


@router.post("/cases/{case_id}/judgements/ask", operation_id="ask_first")
@idempotent
def ask_first(request: HttpRequest, case_id: str, given: shapes.AskIn) -> HttpResponse:
    """Ask development teams for a first judgement."""
    subject = asking(request)
    actions.ask_first(subject, case_id, version=if_match(request), **given.dict())
    return list_judgements(request, case_id)


@router.post("/cases/{case_id}/judgements", operation_id="judge")
@idempotent
def judge(request: HttpRequest, case_id: str, given: shapes.JudgeIn) -> HttpResponse:
    """Give a judgement. The score proposes; another level needs a reason."""
    subject = asking(request)
    fields = given.dict() | {"assumed_use": LocalText(given.assumed_use)}
    made = actions.judge(subject, case_id, version=if_match(request), **fields)
    view = next(each for each in queries.judgements(subject, case_id) if each.id == made)
    return answer(shapes.judgement(view), status=201)


@router.post("/judgements/{judgement_id}/reopen", operation_id="reopen_judgement")
def reopen_judgement(request: HttpRequest, judgement_id: str, given: MaybeReasonIn) -> HttpResponse:
    """Its assumption no longer holds: the judgement is kept and no longer counts."""
    actions.reopen_judgement(asking(request), judgement_id, reason=given.reason)
    return answer({"id": judgement_id})


@router.get("/cases/{case_id}/scores", operation_id="list_scores")
def list_scores(request: HttpRequest, case_id: str) -> HttpResponse:
    """The scores beside the judgements."""
    return answer(page(queries.scores(asking(request), case_id)))


@router.post("/vulnerabilities/{vulnerability_id}/scores", operation_id="add_score")
@idempotent
def add_score(request: HttpRequest, vulnerability_id: str, given: shapes.ScoreIn) -> HttpResponse:
    """Put a CVSS vector of any version beside the judgement."""
    made = actions.add_score(asking(request), vulnerability_id, **given.dict())
    return answer({"id": made, "vulnerability": vulnerability_id}, status=201)


@router.post("/vulnerabilities/{vulnerability_id}/ssvc", operation_id="add_ssvc")
@idempotent
def add_ssvc(request: HttpRequest, vulnerability_id: str, given: shapes.SsvcIn) -> HttpResponse:
    """Walk the supplier tree of SSVC."""
    made = actions.add_ssvc(asking(request), vulnerability_id, **given.dict())
    return answer({"id": made, "vulnerability": vulnerability_id}, status=201)


@router.delete("/scores/{score_id}", operation_id="drop_score")
def drop_score(request: HttpRequest, score_id: str, reason: str = "") -> HttpResponse:
    """Take a score away; the timeline keeps it."""
    actions.drop_score(asking(request), score_id, reason=reason)
    return answer({"id": score_id})
