"""Clocks: those of a case or of all, what meets them, and the rules they follow."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from okiagari.api.base import answer, asking, idempotent, if_match, page
from okiagari.api.cases import words
from okiagari.api.shapes import ReasonIn
from okiagari.cases import actions, queries
from okiagari.standards.localtext import LocalText

router = Router()
MOST = 1000


@router.get("/clocks", operation_id="list_clocks")
def list_clocks(request: HttpRequest, asked: Query[words.ClockFilters]) -> HttpResponse:
    """Running clocks of every case the caller is in, by due time; waiting ones come last."""
    running = None if asked.all else True
    found = queries.clocks(asking(request), is_running=running, rule=asked.rule, limit=MOST)
    return answer(page([words.clock_out(each) for each in found]))


@router.get("/cases/{case_id}/clocks", operation_id="list_clocks_of_case")
def list_clocks_of_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Clocks of one case, those that are met included."""
    found = queries.clocks(asking(request), case_id)
    return answer(page([words.clock_out(each) for each in found]))


@router.post("/cases/{case_id}/clocks", operation_id="start_clock")
@idempotent
def start_clock(request: HttpRequest, case_id: str, given: words.ClockIn) -> HttpResponse:
    """Start a clock, or set one up that waits for its start."""
    label = LocalText.from_json(given.label) if given.label else None
    number = actions.start_clock(asking(request), case_id, label=label, **given.dict(exclude={"label"}))
    return answer({"id": number, "case": case_id}, status=201)


@router.post("/cases/{case_id}/ruled-out", operation_id="rule_out")
def rule_out(request: HttpRequest, case_id: str, given: words.RuleOutIn) -> HttpResponse:
    """Record that an obligation does not apply to this case, as a row of its own."""
    number = actions.rule_out(asking(request), case_id, **given.dict())
    return answer({"id": number, "case": case_id}, status=201)


@router.post("/clocks/{clock_id}/run", operation_id="run_clock")
def run_clock(request: HttpRequest, clock_id: str, given: words.RunIn) -> HttpResponse:
    """What a waiting clock waits for has happened."""
    actions.run_clock(asking(request), clock_id, **given.dict())
    return answer({"id": clock_id})


@router.post("/clocks/{clock_id}/extend", operation_id="extend_clock")
def extend_clock(request: HttpRequest, clock_id: str, given: words.ExtendIn) -> HttpResponse:
    """Move the end by an agreement. If-Match is the version of the case."""
    actions.extend_clock(asking(request), clock_id, version=if_match(request), **given.dict())
    return answer({"id": clock_id})


@router.post("/clocks/{clock_id}/correct", operation_id="correct_anchor")
def correct_anchor(request: HttpRequest, clock_id: str, given: words.CorrectIn) -> HttpResponse:
    """Say that a clock runs from another instant. The earlier one stays in its history."""
    actions.correct_anchor(asking(request), clock_id, **given.dict())
    return answer({"id": clock_id})


@router.post("/clocks/{clock_id}/meet", operation_id="meet_clock")
def meet_clock(request: HttpRequest, clock_id: str, given: words.MeetIn) -> HttpResponse:
    """Say by what the deadline was met."""
    actions.meet_clock(asking(request), clock_id, **given.dict())
    return answer({"id": clock_id})


@router.post("/clocks/{clock_id}/submit", operation_id="submit_notice")
@idempotent
def submit_notice(request: HttpRequest, clock_id: str, given: words.NoticeIn) -> HttpResponse:
    """Record what was submitted for the obligation; it is met by it, and the text is frozen."""
    number = actions.submit_notice(asking(request), clock_id, **given.dict())
    return answer({"id": number, "clock": clock_id}, status=201)


@router.post("/clocks/{clock_id}/waive", operation_id="waive_clock")
def waive_clock(request: HttpRequest, clock_id: str, given: ReasonIn) -> HttpResponse:
    """Say why the deadline does not apply."""
    actions.waive_clock(asking(request), clock_id, reason=given.reason)
    return answer({"id": clock_id})


@router.get("/clock-rules", operation_id="list_own_rules")
def list_own_rules(request: HttpRequest) -> HttpResponse:
    """Clocks of our own: contracts, promises, targets."""
    return answer(page(queries.own_rules(asking(request))))


@router.put("/clock-rules/{key}", operation_id="put_rule")
def put_rule(request: HttpRequest, key: str, given: words.OwnRuleIn) -> HttpResponse:
    """Make a clock of our own, or change one."""
    fields = given.dict(exclude={"name"})
    rule = actions.put_rule(asking(request), key, name=LocalText.from_json(given.name), **fields)
    return answer({"key": key, "rule": rule})


@router.post("/clock-rules/{key}/retire", operation_id="retire_clock_rule")
def retire_rule(request: HttpRequest, key: str, given: ReasonIn) -> HttpResponse:
    """Start no more clocks by this rule; those that run go on."""
    actions.retire_rule(asking(request), key, reason=given.reason)
    return answer({"key": key, "is_retired": True})


@router.get("/union-seats", operation_id="list_seats")
def list_seats(request: HttpRequest) -> HttpResponse:
    """Through whom we are present in the EU, and which seat decides who receives reports."""
    subject = asking(request)
    receiving = queries.receiving_seat(subject)
    return answer(page(queries.seats(subject), receiving=receiving.country if receiving else None))


@router.put("/union-seats/{basis}", operation_id="put_seat")
def put_seat(request: HttpRequest, basis: str, given: words.SeatIn) -> HttpResponse:
    """Say in which country a seat is; an empty country takes it back."""
    actions.put_seat(asking(request), basis, **given.dict())
    return answer({"basis": basis, **given.dict()})
