"""Does the newest edition still say what the facts say? Asked at every step of a case, so it must be cheap.

In: a published advisory. Out: its `Comparison`, a projection. The facts are drawn anew only when the ledger
has a line that may have changed them; every verb counts but those that are known to touch no fact.
"""

import hashlib

from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import sealing
from okiagari.disclose.models import Advisory, Comparison, Publication
from okiagari.disclose.rules import changes, content
from okiagari.disclose.rules.progress import progress
from okiagari.intake import queries as intake
from okiagari.plumbing import ledger

SILENT = (
    "cases.admitted",
    "cases.clock",
    "cases.dismissed",
    "cases.embargo",
    "cases.evidence",
    "cases.party",
    "cases.said",
    "cases.task",
    "disclose.",
    "flow.",
    "intake.acknowledged",
    "intake.answered",
    "learn.",
    "reach.",
    "triage.first",
    "desk.deputy",
    "desk.person",
    "desk.team",
    "desk.token",
)
"""Beginnings of verbs that change nothing an advisory says. What is not named here is looked at."""


def compare(advisory: Advisory) -> Comparison | None:
    """What the newest edition and the facts have in common; None where nothing is published."""
    last = sealing.last_published(advisory)
    if last is None:
        return None
    facts = fingerprint(advisory, last)
    known = Comparison.objects.filter(advisory=advisory).first()
    if known is not None and known.facts == facts:
        return known
    found = {"facts": facts, **_found(advisory, last)}
    row, _ = Comparison.objects.update_or_create(advisory=advisory, defaults=found)
    return row


def peek(advisory: Advisory) -> Comparison | None:
    """The same without keeping it: for readers, who never write."""
    last = sealing.last_published(advisory)
    if last is None:
        return None
    facts = fingerprint(advisory, last)
    known = Comparison.objects.filter(advisory=advisory, facts=facts).first()
    return known or Comparison(advisory=advisory, facts=facts, **_found(advisory, last))


def moved() -> tuple[int, ...]:
    """Cases whose published page was last compared with other facts: the catalogue changes without them."""
    rows = Advisory.objects.filter(state="published", withdrawn_at=None, cases__case__closed_at=None)
    found: list[int] = []
    for row in rows.distinct().order_by("pk"):
        last = sealing.last_published(row)
        known = Comparison.objects.filter(advisory=row).values_list("facts", flat=True).first()
        if last is not None and known != fingerprint(row, last):
            found += row.cases.values_list("case_id", flat=True)
    return tuple(dict.fromkeys(found))


def fingerprint(advisory: Advisory, last: Publication) -> str:
    """The same while nothing happened that could change what the advisory says."""
    cases = list(advisory.cases.order_by("pk").values_list("case__public_id", flat=True))
    reports = [each.id for case_id in cases for each in intake.reports_of_case(SYSTEM, case_id)]
    streams = [
        ("catalog", "all"),
        ("desk", "people"),
        *(("case", each) for each in cases),
        *((kind, each) for each in reports for kind in ("report", "reporter")),
    ]
    seen = ledger.newest(streams, ignoring=SILENT)
    parts = [advisory.pk, advisory.version, last.pk, *cases, *reports, seen]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _found(advisory: Advisory, last: Publication) -> dict[str, object]:
    """Draw the facts and compare: what costs something."""
    now = sealing.now(advisory)
    said = content.read(last.snapshot.content)
    before, after = content.told(said), content.told(now.content)
    is_same = content.sha256(before) == content.sha256(after)
    found = () if is_same else changes.notes(before, after)
    course = progress(said)
    return {
        "is_same": is_same,
        "changes": [{"text": each.text, "parameters": dict(each.parameters)} for each in found],
        "open_products": {"checking": list(course.checking), "waiting": list(course.waiting)},
    }
