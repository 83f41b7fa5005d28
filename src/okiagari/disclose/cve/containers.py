"""What the record of an id says: made from an edition that is out, and from nothing else.

In: the edition. Out: the body of a request, checked by the rules of the programme and by its schema before
anything is sent.
"""

from dataclasses import replace
from typing import Any

from okiagari.disclose import published, publisher
from okiagari.disclose.models import Publication
from okiagari.disclose.rules.standing import standings
from okiagari.disclose.site.formats import cve_records
from okiagari.plumbing import clock
from okiagari.problems import Problem, several
from okiagari.standards import cve
from okiagari.standards.documents import Json

from .problems import HELD_BACK

_NOT_OURS = frozenset({"providerMetadata", "x_generator"})
"""What CVE Services and tools write into a container themselves."""


def container(edition: Publication, number: str) -> Json:
    """``{"cnaContainer": ...}``. Raises what holds it back."""
    entry = published.entries(("published",), advisory=edition.advisory_id)[0]
    flaw = next(each for each in entry.content.vulnerabilities if each.cve == number)
    site = publisher.site()
    known = cve_records.record(entry, site, flaw, standings(entry.content))
    known = replace(known, assigner=None, updated_at=clock.now())
    problems = cve.problems(known)
    if problems:
        raise several(list(problems))
    return checked(cve.build(known, cve.Format(site.cve_format)).document, number)


def checked(body: Json, number: str) -> Json:
    """The same, if its form is valid. Raises HELD_BACK."""
    faults = cve.validate(body)
    if faults:
        why = "; ".join(f"{each.location} {each.message}" for each in faults[:3])
        raise HELD_BACK(cve=number, why=why[:300])
    return body


def is_same(there: dict[str, Any], mine: Json) -> bool:
    """Does the record say this already?"""
    said = {name: value for name, value in there.items() if name not in _NOT_OURS}
    return said == mine["cnaContainer"]


def lacks(problem: Problem) -> list[dict[str, object]]:
    """A problem, or each of several, as a deed keeps it."""
    parts = problem.parts or (problem,)
    return [
        {"code": each.code, "parameters": {name: str(said) for name, said in each.parameters.items()}}
        for each in parts
    ]
