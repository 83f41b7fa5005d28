"""The values that leave this room. Ids are public ids; texts in several languages are `LocalText`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class Name:
    """Somebody or something with a key and a name: a person, a team, an organisation."""

    kind: str
    key: str
    name: LocalText


@dataclass(frozen=True)
class FactView:
    id: str
    kind: str
    at: datetime
    evidence: str
    source: str
    noted_at: datetime
    noted_by: Name | None
    is_withdrawn: bool
    verdict: str = ""
    verdict_reason: str = ""
    verdict_at: datetime | None = None
    verdict_by: Name | None = None
    aware_at: datetime | None = None


@dataclass(frozen=True)
class VulnerabilityView:
    """`facts` is empty for somebody from outside."""

    id: str
    title: LocalText
    description: LocalText
    impact: LocalText
    cve: str
    jvn: str
    jvndb: str
    cwe: str
    facts: tuple[FactView, ...]
    is_withdrawn: bool


@dataclass(frozen=True)
class EmbargoView:
    """What was said last. `holds`: does it bind us now; `next_states`: what can be said next."""

    state: str
    until: datetime | None
    zone: str
    agreed_with: str
    reason: str
    said_at: datetime
    holds: bool
    next_states: tuple[str, ...]


@dataclass(frozen=True)
class PartyView:
    id: str
    role: str
    name: LocalText
    organisation: str
    reference: str
    joined_at: datetime
    left_at: datetime | None


@dataclass(frozen=True)
class CaseView:
    """A case. `may`: the verbs of this room that the reader may use on it; the version is its ETag.

    `is_merged`: everything was taken into another case; `merged_into` names that one to whom may see it.
    `parts`: the keys of those parts of it that the reader is in.
    """

    id: str
    version: int
    title: LocalText
    summary: LocalText
    kinds: tuple[str, ...]
    playbook: str
    opened_at: datetime
    closed_at: datetime | None
    close_reason: str
    is_embargoed: bool
    embargo: EmbargoView | None
    parts: tuple[str, ...]
    vulnerabilities: tuple[VulnerabilityView, ...]
    parties: tuple[PartyView, ...]
    scope_id: int
    may: frozenset[str]
    is_merged: bool = False
    merged_into: str = ""
    merged_here: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_seen_from_outside(self) -> bool:
        return "cases.inside" not in self.may


@dataclass(frozen=True)
class TaskView:
    """`state`: open, late, done, dropped."""

    id: str
    case_id: str
    case_title: LocalText
    key: str
    title: LocalText
    team: Name | None
    person: Name | None
    due: datetime | None
    made_at: datetime
    done_at: datetime | None
    done_by: Name | None
    outcome: str
    state: str
    is_decision: bool
    is_mine: bool
    part: str = ""


@dataclass(frozen=True)
class Correction:
    """An anchor that was wrong: what it was, who put it right when, and why."""

    before: datetime
    due_before: datetime | None
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class ClockView:
    """`title`, `source`, `waits_for` are marked texts; `due` is the time that counts, extended or not.

    `state`: met, met_late, open, soon, overdue, waiting, not_applicable. `zone`: in which its days end. `to`:
    of `deadlines.RECEIVER_WORDS`. `proof`: the number of what shows that it was met.
    """

    id: str
    case_id: str
    case_title: LocalText
    rule: str
    label: LocalText
    title: str
    source: str
    anchor_at: datetime | None
    anchor_source: str
    due: datetime | None
    first_due: datetime | None
    agreed_with: str
    extension_reason: str
    met_at: datetime | None
    met_by: str
    waived_reason: str
    state: str
    waits_for: str
    is_movable: bool
    zone: str
    to: str
    stage: str
    is_guide: bool
    anchor: str
    anchor_evidence: str
    corrections: tuple["Correction", ...]
    proof_kind: str
    proof: str
    waived_at: datetime | None
    is_case_open: bool
    part: str = ""


@dataclass(frozen=True)
class EvidenceView:
    id: str
    name: str
    note: str
    at: datetime
    by: Name | None
    sha256: str
    size: int
    part: str = ""


@dataclass(frozen=True)
class EvidenceFile:
    """The bytes, for a download; never shown in a page."""

    name: str
    content: bytes


@dataclass(frozen=True)
class GrantView:
    who: Name
    level: str
    reason: str
    since: datetime


@dataclass(frozen=True)
class TimelineLine:
    """One line of the case's stream, or of a part's (`part`). Doors say it in the reader's language."""

    seq: int
    at: datetime
    who: Name
    verb: str
    door: str
    facts: Mapping[str, Any]
    is_erased: bool
    case_id: str = ""
    """The case it happened to: another one where that was merged into this."""
    part: str = ""


@dataclass(frozen=True)
class PartView:
    """A part the reader is in, and who else is. `key`: csirt or psirt."""

    id: str
    key: str
    people: tuple[GrantView, ...]


@dataclass(frozen=True)
class Directory:
    """Whom one can name in a case: for the choices of forms."""

    teams: tuple[Name, ...]
    people: tuple[Name, ...]
    organisations: tuple[Name, ...]
