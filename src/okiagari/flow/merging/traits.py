"""By what a case is found alike: a projection of its words, made anew when they change.

In: a case. Out: its text as `intake.rules.likeness` compares texts, and its traits. A case that was merged
has none: what it said is in the other.
"""

from collections.abc import Iterable

from okiagari.cases.models import Case, Vulnerability
from okiagari.flow.models import CaseTrait
from okiagari.flow.streams import case_of
from okiagari.intake.rules import likeness
from okiagari.plumbing.ledger import Entry
from okiagari.standards.localtext import LocalText
from okiagari.triage.models import Row

MOST_MODELS = 40
WORDS_CHANGE = (
    "cases.opened",
    "cases.described",
    "cases.vulnerability_",
    "triage.row",
    "flow.",
)
"""Verbs after which a case says something else."""


def hear(lines: Iterable[Entry]) -> None:
    numbers = {case_of(entry) for entry in lines if entry.verb.startswith(WORDS_CHANGE)}
    if numbers:
        for case in Case.objects.filter(public_id__in=numbers).order_by("pk"):
            index(case)


def index(case: Case) -> None:
    """Write the traits of one case anew."""
    wanted = set() if case.merged_into_id else set(likeness.traits(text_of(case)))
    known = CaseTrait.objects.filter(case=case)
    known.exclude(value__in=wanted, scope_id=case.scope_id).delete()
    kept = set(known.values_list("value", flat=True))
    CaseTrait.objects.bulk_create(
        CaseTrait(case=case, scope_id=case.scope_id, value=value) for value in sorted(wanted - kept)
    )


def text_of(case: Case) -> likeness.Text:
    """Everything it is about: its own words, its flaws with their numbers, the models it asks about."""
    flaws = case.vulnerabilities.filter(withdrawn_at=None).order_by("position", "pk")
    texts = [case.title, case.summary, *(text for flaw in flaws for text in _texts(flaw))]
    numbers = [number for flaw in flaws for number in (flaw.cve, flaw.jvn, flaw.jvndb, flaw.cwe)]
    rows = Row.objects.filter(case=case, removed_at=None).order_by("pk")
    models = rows.values_list("target__key", flat=True)[:MOST_MODELS]
    words = [word for text in texts for word in text.texts.values()]
    return likeness.Text("\n".join([*words, *numbers, *models]))


def _texts(flaw: Vulnerability) -> tuple[LocalText, ...]:
    return (flaw.title, flaw.description, flaw.impact)


def rebuild() -> None:
    """Make the traits of every case anew."""
    for case in Case.objects.order_by("pk").iterator():
        index(case)
