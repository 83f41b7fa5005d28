"""What CVE Services say, as frozen values, and ids as parts of addresses."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_CVE = re.compile(r"CVE-\d{4}-\d{4,19}", re.ASCII)


def checked(cve: str) -> str:
    """An id that may stand in an address. Anything else is a mistake of the programmer's: ValueError."""
    if not _CVE.fullmatch(cve):
        raise ValueError(f"{cve!r} is not a CVE id")
    return cve


class State(StrEnum):
    """Of an id: RESERVED -> PUBLISHED -> REJECTED, or RESERVED -> REJECTED."""

    RESERVED = "RESERVED"
    PUBLISHED = "PUBLISHED"
    REJECTED = "REJECTED"


@dataclass(frozen=True)
class Held:
    """An id as the services hold it. Of ids of others `user` and `reserved_at` are not told."""

    cve: str
    state: str
    owner: str
    user: str = ""
    reserved_at: datetime | None = None


@dataclass(frozen=True)
class Quota:
    """How many ids may be reserved and not yet published at one time."""

    quota: int
    reserved: int
    available: int


@dataclass(frozen=True)
class Reserved:
    """Ids in their order; `remaining`: how many more may be reserved, None where it was not said."""

    held: tuple[Held, ...]
    remaining: int | None = None


@dataclass(frozen=True)
class Seen:
    """A record that anybody can read. `at`: since when, as the record says."""

    cve: str
    state: str
    at: datetime | None = None
