"""The timeline: the case's stream of the ledger. Doors say each line in the reader's language."""

from okiagari.cases.reading import person_name, readable
from okiagari.cases.values import Name, TimelineLine
from okiagari.desk.models import Person
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ledger
from okiagari.standards.localtext import LocalText


def timeline(subject: Subject, case_id: str, limit: int = 500) -> tuple[TimelineLine, ...]:
    """The newest lines first. Raises NOTHING_HERE."""
    row = readable(subject, case_id, "cases.inside")
    lines = ledger.entries([("case", row.public_id)], limit=limit)
    keys = {line.subject_key for line in lines}
    names = {person.username: person_name(person) for person in Person.objects.filter(username__in=keys)}
    return tuple(
        TimelineLine(
            seq=line.seq,
            at=line.at,
            who=names.get(line.subject_key)
            or Name(line.subject_kind, line.subject_key, LocalText.of(en=line.subject_key)),
            verb=line.verb,
            door=line.door,
            facts=line.facts,
            is_erased=line.is_erased,
        )
        for line in lines
    )
