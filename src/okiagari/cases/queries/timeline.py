"""The timeline: the case's stream of the ledger. Doors say each line in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from okiagari.cases.models import Case, Part
from okiagari.cases.reading import merged_here, person_name, readable
from okiagari.cases.values import Name, TimelineLine
from okiagari.desk import permits
from okiagari.desk.models import Person
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ledger
from okiagari.standards.localtext import LocalText

OTHER = "other_case"
"""The fact of a line that names another case: one that was merged, split off or split from."""


def timeline(subject: Subject, case_id: str, limit: int = 500) -> tuple[TimelineLine, ...]:
    """The newest lines first, with those of the subject's parts and of every case merged into this one.

    Raises NOTHING_HERE.
    """
    row = readable(subject, case_id, "cases.inside")
    numbers = [row.public_id, *merged_here(row)]
    parts = Part.objects.filter(case__public_id__in=numbers, scope_id__in=permits.scopes(subject))
    of_parts = {part.public_id: part for part in parts.select_related("case")}
    streams = [*(("case", each) for each in numbers), *(("part", each) for each in of_parts)]
    places = {each: (each, "") for each in numbers}
    places |= {each: (part.case.public_id, part.key) for each, part in of_parts.items()}
    lines = ledger.entries(streams, limit=limit)
    seen = _seen(subject, lines, numbers)
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
            facts=_told(line.facts, seen),
            is_erased=line.is_erased,
            case_id=places[line.stream_key][0],
            part=places[line.stream_key][1],
        )
        for line in lines
    )


def _seen(subject: Subject, lines: Iterable[ledger.Entry], here: Iterable[str]) -> frozenset[str]:
    """The other cases named in these lines of which the reader may know: their own, and what joined them."""
    named = {str(each.facts[OTHER]) for each in lines if OTHER in each.facts}
    if not named:
        return frozenset(here)
    known = Case.objects.filter(public_id__in=named, scope_id__in=permits.scopes(subject))
    return frozenset({*here, *known.values_list("public_id", flat=True)})


def _told(facts: Mapping[str, Any], seen: frozenset[str]) -> Mapping[str, Any]:
    """Where the other case is none of the reader's, neither its number nor the reason that may name it."""
    if OTHER not in facts or facts[OTHER] in seen:
        return facts
    return {**{name: value for name, value in facts.items() if name != "reason"}, OTHER: ""}
