"""Tasks and evidence."""

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path
from ninja import File, Form, Router
from ninja.files import UploadedFile

from okiagari.api.base import answer, asking, idempotent, page
from okiagari.api.cases import shapes, words
from okiagari.api.shapes import ReasonIn
from okiagari.cases import actions, queries
from okiagari.standards.localtext import LocalText

router = Router()


@router.get("/tasks", operation_id="list_tasks")
def list_tasks(request: HttpRequest, open_only: bool = True) -> HttpResponse:
    """Tasks of every case the caller is in, by due time."""
    return answer(page(queries.tasks(asking(request), is_open=True if open_only else None)))


@router.get("/cases/{case_id}/tasks", operation_id="list_tasks_of_case")
def list_tasks_of_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Tasks of one case, finished ones included."""
    return answer(page(queries.tasks(asking(request), case_id)))


@router.post("/cases/{case_id}/tasks", operation_id="add_task")
@idempotent
def add_task(request: HttpRequest, case_id: str, given: shapes.TaskIn) -> HttpResponse:
    """Add a task. One with the key of an open task is that task."""
    fields = given.dict(exclude={"title"})
    number = actions.add_task(asking(request), case_id, title=LocalText.from_json(given.title), **fields)
    return answer(queries.task(asking(request), number), status=201)


@router.post("/tasks/{task_id}/change", operation_id="change_task")
def change_task(request: HttpRequest, task_id: str, given: shapes.TaskChangeIn) -> HttpResponse:
    """Hand a task over, or set when it is due. What is not given stays."""
    actions.change_task(asking(request), task_id, **given.dict())
    return answer(queries.task(asking(request), task_id))


@router.post("/tasks/{task_id}/finish", operation_id="finish_task")
def finish_task(request: HttpRequest, task_id: str, given: shapes.OutcomeIn) -> HttpResponse:
    """Say that a task is done, and what came of it. A decision has to be said."""
    actions.finish_task(asking(request), task_id, outcome=given.outcome)
    return answer(queries.task(asking(request), task_id))


@router.post("/tasks/{task_id}/drop", operation_id="drop_task")
def drop_task(request: HttpRequest, task_id: str, given: ReasonIn) -> HttpResponse:
    """Say that a task need not be done."""
    actions.drop_task(asking(request), task_id, reason=given.reason)
    return answer(queries.task(asking(request), task_id))


@router.get("/cases/{case_id}/evidence", operation_id="list_evidence")
def list_evidence(request: HttpRequest, case_id: str) -> HttpResponse:
    """Files and notes kept with the case, with their hashes."""
    return answer(page(queries.evidence(asking(request), case_id)))


@router.post("/cases/{case_id}/evidence", operation_id="add_evidence")
@idempotent
def add_evidence(
    request: HttpRequest,
    case_id: str,
    given: Form[words.EvidenceIn],
    file: File[UploadedFile | None] = None,
) -> HttpResponse:
    """Keep a file, a note or both. `name`: what to call it, where not as the file."""
    number = actions.add_evidence(
        asking(request),
        case_id,
        name=given.name.strip() or (file.name or "" if file else ""),
        content=file.read() if file else None,
        note=given.note,
        part=given.part,
    )
    return answer({"id": number, "case": case_id}, status=201)


@router.get("/evidence/{evidence_id}", operation_id="download_evidence")
def download_evidence(request: HttpRequest, evidence_id: str) -> HttpResponse:
    """The bytes, as a download."""
    file = queries.evidence_file(asking(request), evidence_id)
    response = HttpResponse(file.content, content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{escape_uri_path(file.name)}"
    return response
