"""What programs send, and how the values of the case file are written for them."""

from typing import Any

from ninja import Schema
from pydantic import AwareDatetime

from okiagari.cases.values import CaseView, TimelineLine
from okiagari.flow import telling
from okiagari.plumbing.plain import plain

Text = dict[str, str]


class CaseFilters(Schema):
    """`state`: open, closed. `sort`: due, opened, changed, step, level."""

    state: str = ""
    step: str = ""
    level: str = ""
    kind: str = ""
    text: str = ""
    late: str = ""
    sort: str = "due"


class CaseIn(Schema):
    title: Text
    kinds: list[str]
    summary: Text = {}
    playbook: str = ""


class CasePatch(Schema):
    title: Text | None = None
    summary: Text | None = None
    kinds: list[str] | None = None
    playbook: str | None = None
    reason: str = ""


class VulnerabilityIn(Schema):
    title: Text
    description: Text = {}
    impact: Text = {}
    cve: str = ""
    jvn: str = ""
    jvndb: str = ""
    cwe: str = ""


class VulnerabilityPatch(Schema):
    title: Text | None = None
    description: Text | None = None
    impact: Text | None = None
    cve: str | None = None
    jvn: str | None = None
    jvndb: str | None = None
    cwe: str | None = None
    reason: str = ""


class FactIn(Schema):
    """`known_at`: since when it is known, where that was before today."""

    kind: str
    at: AwareDatetime
    evidence: str
    source: str = ""
    known_at: AwareDatetime | None = None


class EmbargoIn(Schema):
    state: str
    until: AwareDatetime | None = None
    zone: str = ""
    agreed_with: str = ""
    reason: str = ""


class PartyIn(Schema):
    role: str
    organisation: str | None = None
    name: str = ""
    reference: str = ""


class DismissOptions(Schema):
    reason: str = ""
    part: str = ""


class GrantIn(Schema):
    kind: str
    key: str
    level: str
    reason: str
    part: str = ""


class CommunicationIn(Schema):
    audience: str
    text: str
    direction: str = "out"
    channel: str = "mail"
    subject_line: str = ""
    language: str = "ja"
    at: AwareDatetime | None = None
    organisation: str | None = None
    reply_to: str | None = None
    part: str = ""


class TaskChangeIn(Schema):
    team: str | None = None
    person: str | None = None
    due_at: AwareDatetime | None = None
    reason: str = ""


class TaskIn(Schema):
    title: Text
    team: str | None = None
    person: str | None = None
    due_at: AwareDatetime | None = None
    key: str = ""
    part: str = ""


class OutcomeIn(Schema):
    outcome: str = ""


def case_out(view: CaseView) -> dict[str, Any]:
    """A case; the key of its scope stays in the house."""
    written: dict[str, Any] = plain(view)
    del written["scope_id"]
    written["may"] = sorted(view.may)
    return written


def line_out(view: TimelineLine) -> dict[str, Any]:
    """A line of the timeline with its sentence."""
    written: dict[str, Any] = plain(view)
    written["sentence"] = telling.sentence(view.verb, view.facts, is_erased=view.is_erased)
    return written
