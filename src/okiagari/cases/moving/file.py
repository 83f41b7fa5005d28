"""The case file itself: vulnerabilities, parties, messages, tasks, evidence, clocks, embargo."""

from typing import Any

from django.db.models import OuterRef, Q, Subquery

from okiagari.cases.actions.embargo import CLOCK_RULE, run_clock
from okiagari.cases.models import (
    Answer,
    Case,
    Communication,
    Evidence,
    Fact,
    Meeting,
    MessageFile,
    Obligation,
    Party,
    Resolution,
    Task,
    UrgentAct,
    Vulnerability,
)
from okiagari.cases.moving import clocks, embargoes, incidents
from okiagari.cases.moving.carrying import Chosen, Pairs, Record, carry, folded, rescope
from okiagari.desk import permits
from okiagari.desk.permits import NOTHING_HERE
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.problems import Kind, define, gettext_noop

EMBARGO_STAYS = define(
    "cases.embargo_stays",
    Kind.INVALID,
    gettext_noop("The end of the embargo holds for both cases."),
    gettext_noop("Leave its clock out: the new case gets one of its own."),
)
WHOLE = (Communication, Task, Evidence, Meeting, Resolution, UrgentAct, Answer)
"""Carried as they are. A further table of this room that hangs on a case is named here."""
_NUMBERS = ("cve", "jvn", "jvndb", "cwe")


def absorb(subject: Subject, source: Case, target: Case, same: Pairs, decider: int | None) -> Record:
    """Everything of the source goes to the target. `same`: its flaws that are one of the target's."""
    record: Record = {
        model._meta.label: carry(model._default_manager.filter(case=source), target) for model in WHOLE
    }
    record["incident"] = incidents.absorb(source, target)
    _rescope_files(target)
    record["parties"] = carry(_new_parties(source, target), target)
    record["embargo"] = embargoes.absorb(subject, source, target, decider)
    record |= clocks.absorb(source, target)
    record["vulnerabilities"] = _carry_flaws(Vulnerability.objects.filter(case=source), target)
    record["same"] = [_join(mine, theirs) for mine, theirs in sorted(same.items())]
    return record


def _rescope_files(case: Case) -> None:
    """What came with a message is read by whoever reads the message: in a part, by its team alone."""
    message = Communication.objects.filter(pk=OuterRef("message_id"))
    MessageFile.objects.filter(message__case=case).update(scope_id=Subquery(message.values("scope_id")[:1]))


def _new_parties(source: Case, target: Case) -> Any:
    """Parties the target does not have yet; the same one is not named twice."""
    known = {_who(each) for each in Party.objects.filter(case=target, left_at=None)}
    rows = Party.objects.filter(case=source)
    return rows.exclude(pk__in=[each.pk for each in rows.filter(left_at=None) if _who(each) in known])


def _who(row: Party) -> tuple[object, ...]:
    return (row.role, row.organisation_id, row.name, row.reference)


def _carry_flaws(rows: Any, target: Case) -> list[int]:
    """Behind those that are there, in their order; what is known of them goes along."""
    ordered = list(rows.order_by("position", "pk").values_list("pk", flat=True))
    last = target.vulnerabilities.count()
    carry(rows, target)
    for place, key in enumerate(ordered, start=last + 1):
        Vulnerability.objects.filter(pk=key).update(position=place)
    rescope(Fact.objects.filter(vulnerability__in=ordered), target)
    return ordered


def _join(mine: int, theirs: int) -> Record:
    """One flaw under two names: the other's stays, with the facts of both and the numbers it lacked."""
    one = Vulnerability.objects.get(pk=mine)
    other = Vulnerability.objects.get(pk=theirs)
    facts = list(Fact.objects.filter(vulnerability=one).order_by("pk").values_list("pk", flat=True))
    Fact.objects.filter(pk__in=facts).update(vulnerability=other)
    filled = [name for name in _NUMBERS if getattr(one, name) and not getattr(other, name)]
    for name in filled:
        setattr(other, name, getattr(one, name))
    other.save()
    one.same_as, one.withdrawn_at = other, one.withdrawn_at or clock.now()
    one.save()
    return {"mine": mine, "theirs": theirs, "facts": facts, "filled": filled}


def give_back(source: Case, target: Case, record: Record) -> None:
    """Bring back what came from the source and is still in the target."""
    for was in record["same"]:
        Vulnerability.objects.filter(pk=was["mine"]).update(same_as=None, withdrawn_at=None)
        Fact.objects.filter(pk__in=was["facts"]).update(vulnerability=was["mine"])
        other = Vulnerability.objects.get(pk=was["theirs"])
        mine = Vulnerability.objects.get(pk=was["mine"])
        for name in was["filled"]:
            if getattr(other, name) == getattr(mine, name):
                setattr(other, name, "")
        other.save()
    _carry_flaws(Vulnerability.objects.filter(pk__in=record["vulnerabilities"], case=target), source)
    for model in WHOLE:
        carry(model._default_manager.filter(pk__in=record.get(model._meta.label, ()), case=target), source)
    _rescope_files(source)
    carry(Party.objects.filter(pk__in=record["parties"], case=target), source)
    clocks.give_back(source, target, record)
    incidents.give_back(source, target, record["incident"])


def part(subject: Subject, source: Case, target: Case, chosen: Chosen) -> Record:
    """What was chosen goes; parties who stay and the embargo hold for both.

    Raises NOTHING_HERE, EMBARGO_STAYS.
    """
    flaws = _of(Vulnerability.objects.filter(case=source), chosen.vulnerabilities)
    twins = Vulnerability.objects.filter(case=source, same_as__in=flaws)
    keys = [*flaws.values_list("pk", flat=True), *twins.values_list("pk", flat=True)]
    gone = _anchors(keys, chosen)

    def seen(model: Any) -> Any:
        """What lies in a part the subject is not in cannot be chosen."""
        return model._default_manager.filter(case=source, scope_id__in=permits.scopes(subject))

    record: Record = {
        "cases.Task": carry(_of(seen(Task), chosen.tasks), target),
        "cases.Communication": carry(_of(seen(Communication), chosen.messages), target),
        "cases.Evidence": carry(_of(seen(Evidence), chosen.evidence), target),
        "parties": carry(_of(Party.objects.filter(case=source), chosen.parties), target),
    }
    _rescope_files(target)
    _copy_parties(source, target)
    if seen(Obligation).filter(public_id__in=folded(chosen.clocks), rule=CLOCK_RULE).exists():
        raise EMBARGO_STAYS().at("clocks")
    named = _of(seen(Obligation), chosen.clocks).values("pk")
    going = Q(pk__in=named) | Q(anchor_source__in=gone)
    record["clocks"] = carry(Obligation.objects.filter(going, case=source), target)
    record["vulnerabilities"] = _carry_flaws(Vulnerability.objects.filter(pk__in=keys), target)
    binding = embargoes.holding(source)
    if binding is not None:
        row = embargoes.copy(subject, binding, target)
        run_clock(target, row, clock.now())
    return record


def _anchors(flaws: list[int], chosen: Chosen) -> set[str]:
    """By what the clocks that go along are anchored: reports, vulnerabilities and their facts."""
    facts = Fact.objects.filter(vulnerability__in=flaws).values_list("public_id", flat=True)
    ids = Vulnerability.objects.filter(pk__in=flaws).values_list("public_id", flat=True)
    return {*folded(chosen.reports), *facts, *ids}


def _copy_parties(source: Case, target: Case) -> None:
    for each in Party.objects.filter(case=source, left_at=None).order_by("pk"):
        Party.objects.create(
            case=target,
            scope_id=target.scope_id,
            role=each.role,
            organisation=each.organisation,
            name=each.name,
            reference=each.reference,
            joined_at=each.joined_at,
        )


def _of(rows: Any, public_ids: tuple[str, ...]) -> Any:
    """The rows of these numbers, all of which must be there. Raises NOTHING_HERE."""
    wanted = folded(public_ids)
    found = rows.filter(public_id__in=wanted)
    if found.count() != len(wanted):
        raise NOTHING_HERE()
    return found
