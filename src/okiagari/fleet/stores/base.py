"""What a store of check-ins promises, and the values that go in and out. No Django in here.

Clauses every store keeps (the same tests run on all of them):
- `apply` is all or nothing, durable on return, and exact whatever the order, the cut or the repeats
- an observation is one unit, day, product, hardware, version and source; it is never taken back
- the counts of a day equal a recount of the observations, at any moment
- a version text nobody knows is kept and counted like any other
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, Protocol

from okiagari.engines.fleet import Bucket, Rollup
from okiagari.problems import Kind, define, gettext_noop

DEFAULT_ZONE = "Asia/Tokyo"
DEFAULT_SILENCE = 30
BY_ADDRESS = "~log:"
"""Begins the name of a unit that is known by nothing but a pseudonym of the address it asked from."""

UNAVAILABLE = define(
    "fleet.store_unavailable",
    Kind.UNAVAILABLE,
    gettext_noop("The fleet's database does not answer or is busy."),
    gettext_noop("Try again in a minute. Nothing of this request was saved."),
)
ZONE_FIXED = define(
    "fleet.zone_fixed",
    Kind.CONFLICT,
    gettext_noop("The fleet counts its days in %(kept)s; they cannot be counted in %(asked)s any more."),
    gettext_noop("Set OKIAGARI_ZONE back to %(kept)s, or begin with an empty fleet."),
)
NEWER_STORE = define(
    "fleet.newer_store",
    Kind.UNAVAILABLE,
    gettext_noop(
        "The fleet's database is of version %(found)s; this program knows versions up to %(known)s."
    ),
    gettext_noop("Run the newest Okiagari that has used this database."),
)


READ_MEANWHILE = define(
    "fleet.read_meanwhile",
    Kind.CONFLICT,
    gettext_noop("Somebody else has read this log in the meantime."),
    gettext_noop("Read it again: what is counted already is left out."),
)


class CheckIn(NamedTuple):
    """One sign of life of a unit. Texts as reported; `at` has a zone; `health` is JSON text."""

    unit: str
    product: str
    hardware: str
    version: str
    at: datetime
    source: str
    health: str | None = None


class Claim(NamedTuple):
    """Somebody fetched the whole image of a release: a claim, for nobody says that it runs. `client` is a
    pseudonym; `line` stands where the rules know no product."""

    client: str
    product: str
    hardware: str
    line: str
    version: str
    source: str
    at: datetime
    rule: str = ""


class Downloads(NamedTuple):
    """Clients that fetched the whole image of one release, each counted once. `product` or `line` is said."""

    product: str
    hardware: str
    line: str
    version: str
    clients: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class LogFile:
    """How far a log was read: bytes and digest of all up to there, and the digest of its first line."""

    name: str
    head: str
    size: int
    digest: str
    lines: int = 0
    read_at: datetime | None = None


@dataclass(frozen=True)
class LogBlock:
    """What a stretch of a log comes to; kept as a whole or not at all. `before`: the digest of where the
    reader stood, "" at the beginning. `parts`: downloads begun and not ended, None where one has ended."""

    source: str
    rules: int
    before: str
    file: LogFile
    check_ins: Sequence[CheckIn] = ()
    claims: Sequence[Claim] = ()
    tally: Mapping[tuple[str, str], int] = field(default_factory=dict)
    parts: Mapping[tuple[str, str], tuple[int, int] | None] = field(default_factory=dict)


@dataclass(frozen=True)
class RulesVersion:
    """One version of the maker's log rules. `text` is what people wrote."""

    version: int
    text: str
    adopted_at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class Applied:
    """What became of check-ins: `new` observations and `repeated` ones. Of both, `late` ones are older than
    the latest sign of their unit."""

    new: int = 0
    repeated: int = 0
    late: int = 0

    def __add__(self, other: "Applied") -> "Applied":
        return Applied(self.new + other.new, self.repeated + other.repeated, self.late + other.late)


@dataclass(frozen=True)
class Settings:
    """What a store is told once. `floors` holds the lowest valid token generation per unit, "" for all."""

    zone: str = DEFAULT_ZONE
    silence: int = DEFAULT_SILENCE
    floors: Mapping[str, int] = field(default_factory=dict)

    def floor(self, unit: str) -> int:
        return max(self.floors.get("", 0), self.floors.get(unit, 0))


@dataclass(frozen=True)
class Count:
    """Units standing in a bucket at the end of a day, and how many of them are silent."""

    bucket: Bucket
    present: int
    silent: int


@dataclass(frozen=True)
class Unit:
    """Where a unit stands."""

    unit: str
    bucket: Bucket
    source: str
    first_seen: datetime
    last_seen: datetime
    is_silent: bool
    health: str | None


@dataclass(frozen=True)
class Observation:
    """What a unit was seen with on one day by one source."""

    day: date
    bucket: Bucket
    source: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class UnitFilter:
    """Which units are asked for. `is_silent` None means both. Pages go on `after` a unit."""

    products: Sequence[str]
    version: str | None = None
    is_silent: bool | None = None
    after: str = ""
    limit: int = 100


class Writing(Protocol):
    """An open transaction: everything applied in it is kept together, or nothing."""

    def apply(self, check_ins: Sequence[CheckIn]) -> Applied: ...


class Store(Protocol):
    """A place for check-ins. Safe to use from several threads and processes. Raises UNAVAILABLE."""

    def apply(self, check_ins: Sequence[CheckIn]) -> Applied:
        """Keep these, durably, in one transaction."""

    def writing(self) -> AbstractContextManager[Writing]:
        """Several `apply` in one transaction."""

    def settings(self) -> Settings: ...

    def set_silence(self, days: int) -> None:
        """Call units silent after this many days without a sign; counts the whole past anew."""

    def set_floor(self, generation: int, *, unit: str = "") -> None:
        """Refuse tokens of lower generations, of one unit or of all."""

    def buckets(self) -> Sequence[Bucket]:
        """Every text ever reported."""

    def curve(self, products: Sequence[str], since: date, until: date) -> Mapping[date, Sequence[Count]]:
        """The end of each day from `since` to `until`, both included."""

    def heard(self, products: Sequence[str]) -> Mapping[date, int]:
        """How many units gave their latest sign on which day."""

    def units(self, wanted: UnitFilter, *, today: date) -> Sequence[Unit]:
        """Units in the order of their ids."""

    def unit(self, unit: str, *, today: date) -> Unit | None: ...

    def history(self, unit: str) -> Sequence[Observation]:
        """Every observation of a unit, oldest first."""

    @property
    def logs(self) -> "LogBook":
        """What was read from update servers' logs."""

    def note_failed(self, today: date) -> None:
        """Write down how many units say now that their update failed (`"update":"failed"` of health)."""

    def failed(self, products: Sequence[str]) -> Mapping[date, Mapping[Bucket, int]]:
        """What was written down, by day. A day without a note stands like the one before it."""

    def rollup_of(self, products: Sequence[str], source: str) -> Rollup:
        """The counters as if only this source had ever spoken; counted anew from the observations."""

    def sources(self, products: Sequence[str]) -> Mapping[str, int]:
        """Who spoke of these products' units last, with how many units."""

    def rollup(self) -> Rollup:
        """The kept counters, as they are."""

    def recount(self) -> Rollup:
        """The same counters from the observations alone."""

    def close(self) -> None: ...


class LogBook(Protocol):
    """The rules, what was read by them, and what was claimed. Same promises as the store's."""

    def rules(self) -> Sequence[RulesVersion]:
        """Every version, newest first."""

    def adopt(self, text: str, *, by: str, reason: str) -> int:
        """Put rules in force as the next version; returns its number."""

    def files(self, source: str, rules: int, *, head: str = "", limit: int = 50) -> Sequence[LogFile]:
        """Files read, the last one first; with `head`, those that begin with this line."""

    def parts(self, source: str, rules: int) -> Mapping[tuple[str, str], tuple[int, int]]:
        """Downloads begun and not ended."""

    def take(self, block: LogBlock) -> tuple[Applied, Mapping[tuple[str, str], int]]:
        """Keep a block; its tally, with repeated downloads told from new ones. Raises READ_MEANWHILE."""

    def tally(self, source: str, rules: int) -> Mapping[tuple[str, str], int]:
        """Lines by rule and outcome."""

    def downloads(self) -> Sequence[Downloads]:
        """Whole images fetched, by release."""

    def forget(self, before: datetime) -> int:
        """Replace pseudonyms last heard of before this by names that nobody can derive. Counts stay."""
