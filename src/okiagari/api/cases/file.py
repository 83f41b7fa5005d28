"""Cases, their vulnerabilities and facts, the embargo, the timeline."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from okiagari.api import base
from okiagari.api.base import answer, asking, idempotent, if_match, page
from okiagari.api.cases import shapes
from okiagari.api.shapes import ReasonIn
from okiagari.cases import actions, queries
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.flow import queries as flow
from okiagari.plumbing.plain import plain
from okiagari.standards.localtext import LocalText

router = Router()
PER_PAGE, MOST = 50, 200


@router.get("/cases", operation_id="list_cases")
def list_cases(
    request: HttpRequest, asked: Query[shapes.CaseFilters], limit: int = PER_PAGE, cursor: str = ""
) -> HttpResponse:
    """Cases with the step each is in, what is missing, and what is due next."""
    subject = asking(request)
    permits.require(subject, "cases.read")
    offset = int(base.after(cursor) or 0)
    found = flow.positions(subject, offset=offset, limit=min(max(limit, 1), MOST), **asked.dict())
    last = offset + len(found.items)
    items = [_outline(subject, each) for each in found.items]
    return answer(page(items, next_after=last if last < found.total else None, total=found.total))


def _outline(subject: Subject, position: flow.PositionView) -> dict[str, Any]:
    """From outside: where it stands, not what we still lack."""
    written: dict[str, Any] = plain(position)
    if not permits.may(subject, "cases.inside"):
        written |= {"missing": [], "due": None}
    return written


@router.post("/cases", operation_id="open_case")
@idempotent
def open_case(request: HttpRequest, given: shapes.CaseIn) -> HttpResponse:
    """Open a case. The teams of its kinds are let in."""
    number = actions.open_case(
        asking(request),
        title=LocalText.from_json(given.title),
        kinds=given.kinds,
        summary=LocalText.from_json(given.summary),
        playbook=given.playbook,
    )
    return _case(asking(request), number, status=201)


@router.get("/cases/{case_id}", operation_id="read_case")
def read_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """One case, with its version as ETag."""
    return _case(asking(request), case_id)


@router.patch("/cases/{case_id}", operation_id="describe_case")
def describe_case(request: HttpRequest, case_id: str, given: shapes.CasePatch) -> HttpResponse:
    """Change title, summary, kinds or playbook. Another kind needs a reason."""
    actions.describe(
        asking(request),
        case_id,
        version=if_match(request),
        title=_text(given.title),
        summary=_text(given.summary),
        kinds=given.kinds,
        playbook=given.playbook,
        reason=given.reason,
    )
    return _case(asking(request), case_id)


@router.post("/cases/{case_id}/close", operation_id="close_case")
def close_case(request: HttpRequest, case_id: str, given: ReasonIn) -> HttpResponse:
    """Close a case, with a reason."""
    actions.close_case(asking(request), case_id, version=if_match(request), reason=given.reason)
    return _case(asking(request), case_id)


@router.post("/cases/{case_id}/reopen", operation_id="reopen_case")
def reopen_case(request: HttpRequest, case_id: str, given: ReasonIn) -> HttpResponse:
    """Open a closed case again, with a reason."""
    actions.reopen_case(asking(request), case_id, reason=given.reason)
    return _case(asking(request), case_id)


@router.put("/cases/{case_id}/embargo", operation_id="set_embargo")
def set_embargo(request: HttpRequest, case_id: str, given: shapes.EmbargoIn) -> HttpResponse:
    """Say how the embargo stands: proposed, agreed, revised, ended."""
    actions.set_embargo(asking(request), case_id, version=if_match(request), **given.dict())
    return _case(asking(request), case_id)


@router.post("/cases/{case_id}/vulnerabilities", operation_id="add_vulnerability")
@idempotent
def add_vulnerability(request: HttpRequest, case_id: str, given: shapes.VulnerabilityIn) -> HttpResponse:
    """Add a vulnerability to a case."""
    number = actions.add_vulnerability(
        asking(request),
        case_id,
        version=if_match(request),
        title=LocalText.from_json(given.title),
        description=LocalText.from_json(given.description),
        impact=LocalText.from_json(given.impact),
        **given.dict(include={"cve", "jvn", "jvndb", "cwe"}),
    )
    return answer({"id": number, "case": case_id}, status=201)


@router.patch("/vulnerabilities/{vulnerability_id}", operation_id="change_vulnerability")
def change_vulnerability(
    request: HttpRequest, vulnerability_id: str, given: shapes.VulnerabilityPatch
) -> HttpResponse:
    """Change the fields that are sent. If-Match is the version of the case."""
    fields = {name: value for name, value in given.dict(exclude={"reason"}).items() if value is not None}
    actions.change_vulnerability(
        asking(request), vulnerability_id, version=if_match(request), reason=given.reason, **fields
    )
    return answer({"id": vulnerability_id})


@router.post("/vulnerabilities/{vulnerability_id}/withdraw", operation_id="withdraw_vulnerability")
def withdraw_vulnerability(request: HttpRequest, vulnerability_id: str, given: ReasonIn) -> HttpResponse:
    """Say that it was no vulnerability. It stays readable."""
    actions.withdraw_vulnerability(
        asking(request), vulnerability_id, version=if_match(request), reason=given.reason
    )
    return answer({"id": vulnerability_id, "is_withdrawn": True})


@router.post("/vulnerabilities/{vulnerability_id}/facts", operation_id="note_fact")
@idempotent
def note_fact(request: HttpRequest, vulnerability_id: str, given: shapes.FactIn) -> HttpResponse:
    """Note a fact of publication or attack, with evidence. It never ends an embargo."""
    number = actions.note_fact(asking(request), vulnerability_id, **given.dict())
    return answer({"id": number, "vulnerability": vulnerability_id}, status=201)


@router.post("/facts/{fact_id}/withdraw", operation_id="withdraw_fact")
def withdraw_fact(request: HttpRequest, fact_id: str, given: ReasonIn) -> HttpResponse:
    """Say that it was not so."""
    actions.withdraw_fact(asking(request), fact_id, reason=given.reason)
    return answer({"id": fact_id, "is_withdrawn": True})


@router.get("/cases/{case_id}/timeline", operation_id="read_timeline")
def timeline(request: HttpRequest, case_id: str, limit: int = 500) -> HttpResponse:
    """The newest lines first: who, when, what, from which door."""
    lines = queries.timeline(asking(request), case_id, limit=min(max(limit, 1), 10_000))
    return answer(page([shapes.line_out(line) for line in lines]))


def _case(subject: Subject, case_id: str, *, status: int = 200) -> HttpResponse:
    view = queries.case(subject, case_id)
    return answer(shapes.case_out(view), status=status, version=view.version)


def _text(given: dict[str, str] | None) -> LocalText | None:
    return None if given is None else LocalText.from_json(given)
