"""People as the values of this room name them."""

from dataclasses import dataclass

from okiagari.desk.models import Person
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class Name:
    key: str
    name: LocalText


def name_of(person: Person | None) -> Name | None:
    return Name(person.username, person.name) if person else None
