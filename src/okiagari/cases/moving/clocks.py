"""Clocks of two cases in one: all stay; where both have the same one, that which is due first counts."""

from django.utils.translation import gettext

from okiagari.cases.models import Case, Obligation
from okiagari.cases.moving.carrying import Record, carry
from okiagari.plumbing.wording import house_language
from okiagari.problems import gettext_noop

COUNTED = gettext_noop("Counted by the same clock of the joined case, which is due earlier.")
_APART = " / "


def absorb(source: Case, target: Case) -> Record:
    """Carry every clock over. Of two alike one goes on under its name, the other says that it is counted."""
    beaten = [_beat(mine, theirs) for mine, theirs in _alike(source, target)]
    return {"clocks": carry(Obligation.objects.filter(case=source), target), "beaten": beaten}


def _alike(source: Case, target: Case) -> list[tuple[Obligation, Obligation]]:
    theirs = {(each.rule, each.anchor_source): each for each in Obligation.objects.filter(case=target)}
    mine = Obligation.objects.filter(case=source).order_by("pk")
    found = [(each, theirs.get((each.rule, each.anchor_source))) for each in mine]
    return [(each, other) for each, other in found if other is not None]


def _beat(one: Obligation, other: Obligation) -> Record:
    """The one that counts keeps the name; a running one counts before one that is over."""
    loser = max((other, one), key=_order)
    was = {"clock": loser.pk, "source": loser.anchor_source, "waived": loser.waived_reason}
    loser.anchor_source = f"{loser.anchor_source[:170]}{_APART}{loser.public_id}"
    if _is_running(loser):
        with house_language():
            loser.waived_reason = gettext(COUNTED)
    loser.save()
    return was


def _order(row: Obligation) -> tuple[bool, bool, float]:
    due = row.extended_to or row.due_at
    return (not _is_running(row), due is None, due.timestamp() if due else 0.0)


def _is_running(row: Obligation) -> bool:
    return row.met_at is None and not row.waived_reason


def give_back(source: Case, target: Case, record: Record) -> None:
    """Each case has its own clocks again, and each counts for itself."""
    mine = Obligation.objects.filter(pk__in=record["clocks"], case=target)
    for was in reversed(record["beaten"]):
        Obligation.objects.filter(pk=was["clock"]).update(waived_reason=was["waived"])
    carry(mine, source)
    for was in record["beaten"]:
        row = Obligation.objects.get(pk=was["clock"])
        same = Obligation.objects.filter(case=row.case, rule=row.rule, anchor_source=was["source"])
        if not same.exists():
            row.anchor_source = was["source"]
            row.save()
