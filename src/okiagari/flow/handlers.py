"""Periodic work of the flow: what moves by itself (the fleet, the hour) moves positions too."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from okiagari.disclose import comparing
from okiagari.disclose.jvn import due
from okiagari.fleet import actions as fleet
from okiagari.fleet.logs import actions as logs
from okiagari.flow import advance, indexing
from okiagari.flow.merging import traits
from okiagari.flow.models import Position
from okiagari.flow.reminders.escalating import escalate
from okiagari.flow.reminders.sending import remind as send
from okiagari.plumbing import clock, jobs, ledger, mail
from okiagari.plumbing.ledger import Entry

MOVES_REACH = frozenset(
    {"fleet.import", "fleet.log_read", "fleet.silence_set", "catalog.alias", "catalog.alias_dropped"}
)
SOON = timedelta(seconds=5)
"""So long after the fleet moved, everything that came in meanwhile moves positions once."""


def hear(entry: Entry) -> None:
    """What the fleet has learnt moves reach: look again in a moment, once for all that comes until then."""
    if entry.verb in MOVES_REACH:
        jobs.enqueue_once("flow.reach", run_at=clock.now() + SOON)


@jobs.handles("flow.reach")
def reach(payload: Mapping[str, Any]) -> None:
    """Look again at open cases whose reach the fleet's news may move."""
    fleet.note_failed()
    _look_again()


@jobs.handles("flow.refresh", every_seconds=3600)
def refresh(payload: Mapping[str, Any]) -> None:
    """The same every hour: units check in without a word in the ledger, and days pass."""
    fleet.note_failed()
    _look_again()


@jobs.handles("fleet.forget", every_seconds=86_400)
def forget(payload: Mapping[str, Any]) -> None:
    """Pseudonyms of addresses do not live for ever."""
    logs.forget()


def _look_again() -> None:
    watched = Position.objects.filter(is_open=True, step__in=("reach", "lessons"))
    growing = watched.values_list("case_id", flat=True)
    for case_id in dict.fromkeys([*growing, *comparing.moved(), *due.moved()]):
        with ledger.action():
            advance.recompute(case_id)


@jobs.handles("flow.index")
def index(payload: Mapping[str, Any]) -> None:
    """Index what was there before there was an index."""
    indexing.rebuild()
    with ledger.action():
        traits.rebuild()


@jobs.handles("flow.remind", every_seconds=900)
def remind(payload: Mapping[str, Any]) -> None:
    """Four times an hour: whose hour has come, and what has become overdue."""
    if mail.is_set_up():
        send()
    escalate()
