"""The timeline: the case's stream of the ledger. Doors say each line in the reader's language."""

from okiagari.cases.reading import person_name, readable
from okiagari.cases.values import Name, TimelineLine
from okiagari.desk import permits
from okiagari.desk.models import Person
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ledger
from okiagari.standards.localtext import LocalText


def timeline(subject: Subject, case_id: str, limit: int = 500) -> tuple[TimelineLine, ...]:
    """The newest lines first, with those of the parts the subject is in. Raises NOTHING_HERE."""
    row = readable(subject, case_id, "cases.inside")
    parts = row.parts.filter(scope_id__in=permits.scopes(subject))
    streams = [("case", row.public_id), *(("part", part.public_id) for part in parts)]
    keys_of_parts = {part.public_id: part.key for part in parts}
    lines = ledger.entries(streams, limit=limit)
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
            part=keys_of_parts.get(line.stream_key, ""),
        )
        for line in lines
    )
