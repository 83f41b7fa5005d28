"""What waits because of meetings, stops and urgent acts. Read by `advance`, as the system."""

from collections.abc import Iterator

from okiagari.cases.gates import Missing
from okiagari.cases.models import Case, Meeting
from okiagari.desk.models import Grant, Team
from okiagari.desk.subjects import SYSTEM
from okiagari.problems import gettext_noop
from okiagari.remedy import queries as remedy
from okiagari.remedy.models import Measure
from okiagari.remedy.rules import ALIVE, Kind

MEETING = gettext_noop("Emergency meeting: %(place)s")
OPEN_AGENDA = gettext_noop("Open the agenda")
HOLD = gettext_noop("The meeting has open decisions: record them")
APPROVE_STOP = gettext_noop("Approve the shipping stop of %(products)s")
APPROVE_URGENT = gettext_noop("Shipping of %(products)s was stopped at once: approve it or let it go on")
APPROVE_RESUME = gettext_noop("Approve that shipping of %(products)s resumes")
DECIDE = gettext_noop("Decide")
Said = tuple[tuple[int, ...], Missing]


def inside(case: Case, team: tuple[int, ...]) -> Iterator[Said]:
    """(who, what) for meetings that are called or not yet written down, and stops that nobody approved."""
    yield from _meetings(case, team)
    yield from _approvals(case, team)


def _meetings(case: Case, team: tuple[int, ...]) -> Iterator[Said]:
    for meeting in Meeting.objects.filter(case=case).exclude(state="cancelled").order_by("pk"):
        tab = f"meetings/{meeting.public_id}"
        if meeting.state == "called":
            facts = {"place": meeting.place}
            said = Missing("meeting", MEETING, facts, due=meeting.at, tab=tab, action=OPEN_AGENDA)
            yield _called(case, meeting) or team, said
        elif meeting.resolutions.filter(answer="").exists() and case.closed_at is None:
            yield team, Missing("meeting.decide", HOLD, tab=tab, action=OPEN_AGENDA)


def _called(case: Case, meeting: Meeting) -> tuple[int, ...]:
    keys = {(each["kind"], each["key"]) for each in meeting.called or ()}
    grants = Grant.objects.filter(scope_id=case.scope_id).select_related("principal").order_by("pk")
    return tuple(each.principal_id for each in grants if (each.principal.kind, each.principal.key) in keys)


def _approvals(case: Case, team: tuple[int, ...]) -> Iterator[Said]:
    measures = remedy.measures(SYSTEM, case.public_id)  # the gates have read them already
    if not any(each.kind == Kind.SHIPPING_STOP and each.is_alive for each in measures):
        return
    stops = Measure.objects.filter(case=case, kind=Kind.SHIPPING_STOP, state__in=ALIVE).order_by("pk")
    for stop in stops.prefetch_related("targets"):
        text = _text(stop)
        if text:
            facts = {"products": sorted(target.key for target in stop.targets.all())}
            said = Missing("remedy.approval", text, facts, tab="measures", action=DECIDE)
            yield _approvers(case) or team, said


def _text(stop: Measure) -> str:
    if stop.approved_by_id is None:
        return APPROVE_URGENT if stop.is_urgent else APPROVE_STOP
    return APPROVE_RESUME if stop.end_asked_at else ""


def _approvers(case: Case) -> tuple[int, ...]:
    teams = Team.objects.filter(
        kind__in=("executives", "approvers"), principal__grants__scope_id=case.scope_id
    )
    return tuple(teams.order_by("pk").values_list("principal_id", flat=True))
