"""A case and its lessons as documents.

One document holds what anybody in the case may read, also from outside; one what those inside read. What has
a narrower scope of its own is a document of its own, open only to those who are in both.
"""

from collections import defaultdict
from collections.abc import Iterator

from okiagari.cases.models import Case, Communication, Evidence, Incident
from okiagari.cases.queries.timeline import OTHER
from okiagari.cases.reading import facts_of, flaws_of, merged_here, parties_of, tasks_of
from okiagari.flow.indexing.words import joined, said
from okiagari.learn.reading import lessons_of
from okiagari.plumbing import ledger
from okiagari.plumbing.search import Document

MOST_LINES = 400
INSIDE = "cases.inside"


def documents(case: Case) -> tuple[Document, ...]:
    """Those of one case."""
    face = joined(case.public_id, case.summary, list(_flaws(case)))
    own, narrower = _inside(case)
    inside = joined(face, merged_here(case), own, case.close_reason, list(_timeline(case)))
    made = [
        Document(case.title, face, "cases.read", case.opened_at, (case.scope_id,), "face"),
        Document(case.title, inside, INSIDE, case.opened_at, (case.scope_id,), "inside"),
    ]
    for scope_id, words in sorted(narrower.items()):
        scopes = (case.scope_id, scope_id)
        made.append(Document(case.title, joined(words), INSIDE, case.opened_at, scopes, f"scope:{scope_id}"))
    return tuple(made)


def _flaws(case: Case) -> Iterator[str]:
    for row in flaws_of(case):
        yield joined(row.title, row.description, row.impact, row.cve, row.jvn, row.jvndb, row.cwe)


def _inside(case: Case) -> tuple[list[str], dict[int, list[str]]]:
    """What is read inside the case itself, and what only within a scope of its own."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for scope_id, words in _parts(case):
        found[scope_id].append(words)
    return found.pop(case.scope_id, []), dict(found)


def _parts(case: Case) -> Iterator[tuple[int, str]]:
    for fact in sorted(facts_of(case), key=lambda each: each.pk):
        yield case.scope_id, joined(fact.evidence, fact.source)
    for party in sorted(parties_of(case), key=lambda each: each.pk):
        called = party.organisation.name if party.organisation else ""
        yield party.scope_id, joined(party.name, called, party.reference)
    for task in tasks_of(case):
        yield task.scope_id, joined(task.title, task.outcome)
    for message in Communication.objects.filter(case=case).order_by("pk"):
        yield message.scope_id, joined(message.subject_line, message.text)
    for kept in Evidence.objects.filter(case=case).order_by("pk"):
        yield kept.scope_id, joined(kept.name, kept.note)
    for row in Incident.objects.filter(case=case):
        yield row.scope_id, joined(row.detected_how, row.consequences, row.contained_how, row.still_open)
    for part in case.parts.order_by("pk"):
        for line in ledger.entries([("part", part.public_id)], limit=MOST_LINES):
            yield part.scope_id, joined(list(said(line.facts)))


def _timeline(case: Case) -> Iterator[str]:
    """What people wrote when they did something; what was erased from the ledger is not there any more.

    Not what was done with advisories: a draft may be of other cases too, and is found by itself. Not why
    cases were joined or split: the reason may name a case that not everybody may know of.
    """
    for line in ledger.entries([("case", case.public_id)], limit=MOST_LINES):
        if not line.verb.startswith("disclose.") and OTHER not in line.facts:
            yield from said(line.facts)


def lessons(case: Case) -> dict[str, tuple[Document, ...]]:
    """Those of its lessons, each with what was promised because of it."""
    return {
        f"{case.public_id}/{row.public_id}": (
            Document(
                row.text,
                joined(case.title, [[each.text, each.outcome] for each in row.actions.all()]),
                INSIDE,
                row.at,
                tuple(dict.fromkeys((case.scope_id, row.scope_id))),
            ),
        )
        for row in lessons_of(case.pk)
    }
