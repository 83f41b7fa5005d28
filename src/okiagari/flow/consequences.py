"""What one deed settles elsewhere, so that nobody types it twice: a publication meets clocks, ends embargoes;
a release takes decisions over.

Only the maker's own publication ends an embargo, which people approved and scheduled. What others publish
never does; it raises a decision (see `cases`). What is owed to the coordinator is met by JVN, where JVN is
planned; else by the own page.
"""

from datetime import timedelta

from django.utils.translation import gettext

from okiagari.cases import actions as cases
from okiagari.cases import queries
from okiagari.cases.actions.frame import in_every_language
from okiagari.cases.models import Case, Task
from okiagari.cases.values import CaseView
from okiagari.desk.models import Team
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import queries as disclose
from okiagari.flow import telling
from okiagari.flow.map import MET_BY
from okiagari.plumbing import clock
from okiagari.plumbing.ledger import Entry
from okiagari.plumbing.wording import house_language
from okiagari.problems import gettext_noop
from okiagari.triage import actions as triage

ATTACK_TASK = "attack"
"""The key of the task that asks whether the evidence of an attack is reliable; the fact's number follows."""
RELIABLE = gettext_noop("Decide whether the evidence of the attack on our product is reliable")
DECIDE_WITHIN = timedelta(hours=4)
PUBLISHED, CONFIRMED = "disclose.published", "disclose.channel_confirmed"


def hear(entry: Entry) -> None:
    """Ask for the decisions a fact needs; meet the clocks the table names; carry decisions over."""
    if entry.stream_kind == "catalog":
        _carry(entry)
        return
    if entry.verb == "cases.fact_noted" and entry.facts.get("kind") == "our_product_attacked":
        _ask_about_attack(entry)
    if entry.verb in ("cases.exploitation_confirmed", "cases.fact_withdrawn"):
        _attack_decided(entry)
    _meet(entry)


def _ask_about_attack(entry: Entry) -> None:
    """A fact starts no clock of the law by itself: a person says first whether it is reliable."""
    if Case.objects.filter(public_id=entry.stream_key, closed_at=None).exists():
        cases.add_task(
            SYSTEM,
            entry.stream_key,
            title=in_every_language(RELIABLE),
            team=_security_team(entry.stream_key),
            due_at=clock.now() + DECIDE_WITHIN,
            key=f"{ATTACK_TASK}:{entry.facts['fact']}",
        )


def _security_team(case_id: str) -> str | None:
    inside = Team.objects.filter(
        principal__grants__scope__in=Case.objects.filter(public_id=case_id).values("scope")
    )
    return inside.filter(kind="psirt").values_list("key", flat=True).first()


def _attack_decided(entry: Entry) -> None:
    key = f"{ATTACK_TASK}:{entry.facts.get('fact')}"
    asked = Task.objects.filter(case__public_id=entry.stream_key, key=key, done_at=None, dropped_at=None)
    for number in asked.values_list("public_id", flat=True):
        with house_language():
            outcome = telling.sentence(entry.verb, entry.facts)
        cases.finish_task(SYSTEM, number, outcome=outcome)


def _meet(entry: Entry) -> None:
    if entry.stream_kind != "case" or entry.verb not in MET_BY:
        return
    said = str(entry.facts.get("tracking_id") or entry.verb)
    case = queries.case(SYSTEM, entry.stream_key)
    if entry.verb == PUBLISHED:
        _end_embargo(case, said)
    since = disclose.out_with_coordinator(SYSTEM, str(entry.facts["advisory"]))
    if since is None:
        return
    for running in queries.clocks(SYSTEM, case.id, is_running=True):
        if running.rule in MET_BY[entry.verb]:
            cases.meet_clock(
                SYSTEM,
                running.id,
                at=since if entry.verb == CONFIRMED else None,
                by=said,
                proof_kind="publication",
                proof=str(entry.facts.get("advisory") or said),
            )


def _end_embargo(case: CaseView, said: str) -> None:
    """One whose agreed end has come ends with our own publication."""
    embargo = case.embargo
    over = embargo and embargo.state != "ended" and embargo.until and embargo.until <= clock.now()
    if embargo and over and case.is_open:
        with house_language():
            reason = gettext("Published: %(advisory)s") % {"advisory": said}
        cases.set_embargo(
            SYSTEM,
            case.id,
            state="ended",
            until=embargo.until,
            zone=embargo.zone,
            agreed_with=embargo.agreed_with,
            reason=reason,
        )


def _carry(entry: Entry) -> None:
    """What joined a firmware line: every case that decided something on it is looked at."""
    releases = [(str(line), str(text)) for line, text in entry.facts.get("new_releases", ())]
    if releases:
        triage.carry_releases(releases)
    targets = [str(key) for key in entry.facts.get("new_targets", ())]
    if targets:
        triage.carry_targets(targets)
