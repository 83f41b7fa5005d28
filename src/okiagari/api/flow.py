"""Where cases stand and what waits for the caller."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from okiagari.api.base import answer, asking
from okiagari.flow import finding, playbook, queries
from okiagari.flow.reminders.choosing import choose_reminders, reminders

router = Router()


class PlaybookIn(Schema):
    playbook: str


class RemindersIn(Schema):
    """A letter at this hour of working days, about what is late or due within so many days."""

    is_on: bool = True
    hour: int = 8
    days_ahead: int = 2


@router.get("/me/reminders", operation_id="read_reminders")
def read_reminders(request: HttpRequest) -> HttpResponse:
    """How the caller is reminded."""
    return answer(reminders(asking(request)))


@router.put("/me/reminders", operation_id="choose_reminders")
def put_reminders(request: HttpRequest, given: RemindersIn) -> HttpResponse:
    """Say whether, when and how far ahead the caller is reminded."""
    subject = asking(request)
    choose_reminders(subject, **given.dict())
    return answer(reminders(subject))


@router.get("/desk", operation_id="read_desk")
def desk(request: HttpRequest) -> HttpResponse:
    """The first page: on fire, waiting for me, late, clocks of the next 7 days."""
    return answer(queries.desk(asking(request)))


@router.get("/cases/{case_id}/position", operation_id="read_position")
def position(request: HttpRequest, case_id: str) -> HttpResponse:
    """The step of a case, what is missing, who is asked for it."""
    return answer(queries.position(asking(request), case_id))


@router.get("/playbooks", operation_id="list_playbooks")
def playbooks(request: HttpRequest) -> HttpResponse:
    """The playbooks that can be given to a case."""
    asking(request)
    return answer({"items": list(playbook.playbooks().values())})


@router.post("/cases/{case_id}/playbook", operation_id="apply_playbook")
def apply_playbook(request: HttpRequest, case_id: str, given: PlaybookIn) -> HttpResponse:
    """Give a case the tasks of a playbook, once each."""
    made = playbook.apply(asking(request), case_id, given.playbook)
    return answer({"tasks_made": made}, status=201)


@router.get("/search", operation_id="search")
def search(
    request: HttpRequest, q: str, kind: str = "", language: str = "ja", limit: int = 30
) -> HttpResponse:
    """What holds every word, as far as the caller may see it, and how many of each kind.

    `kind`: case, report, advisory, document, product, release or lesson; several with commas between.
    """
    kinds = [each for each in kind.split(",") if each]
    found = finding.find(asking(request), q, kinds=kinds, language=language, limit=max(1, limit))
    items = [
        {
            "kind": hit.kind,
            "id": hit.key,
            "title": hit.title,
            "at": hit.at,
            "text": "".join(text for text, _ in hit.snippet),
        }
        for hit in found.hits
    ]
    return answer({"items": items, "counts": found.counts, "has_more": found.has_more})
