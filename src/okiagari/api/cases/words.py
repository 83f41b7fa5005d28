"""What programs send about clocks, incidents and parts, and how a clock is answered."""

from typing import Any

from django.utils.translation import gettext
from ninja import Schema
from pydantic import AwareDatetime

from okiagari.cases.values import ClockView
from okiagari.plumbing.plain import plain
from okiagari.standards.deadlines import RECEIVER_WORDS

Text = dict[str, str]


class ClockFilters(Schema):
    """`all`: also those that are met or do not apply. `rule`: of this rule only."""

    all: bool = False
    rule: str = ""


class ClockIn(Schema):
    rule: str
    anchor_at: AwareDatetime | None = None
    anchor_source: str
    label: Text | None = None
    evidence: str = ""
    part: str = ""


class RuleOutIn(Schema):
    rule: str
    reason: str
    anchor_source: str = ""
    part: str = ""


class RunIn(Schema):
    at: AwareDatetime
    evidence: str


class ExtendIn(Schema):
    until: AwareDatetime
    agreed_with: str
    reason: str


class CorrectIn(Schema):
    at: AwareDatetime
    reason: str
    evidence: str = ""


class MeetIn(Schema):
    by: str
    at: AwareDatetime | None = None
    proof_kind: str = ""
    proof: str = ""


class NoticeIn(Schema):
    text: str
    at: AwareDatetime | None = None
    channel: str = "portal"
    to: str = ""
    reference: str = ""
    language: str = "ja"


class EvidenceIn(Schema):
    note: str = ""
    part: str = ""
    name: str = ""


class OwnRuleIn(Schema):
    name: Text
    anchor: str
    count: int
    unit: str
    source: str
    zone: str = ""
    is_movable: bool = True
    is_automatic: bool = False
    kinds: list[str] = []


class SeatIn(Schema):
    country: str
    name: str = ""


class IncidentPatch(Schema):
    occurred_at: AwareDatetime | None = None
    detected_at: AwareDatetime | None = None
    aware_at: AwareDatetime | None = None
    detected_how: str | None = None
    unlawful: str | None = None
    personal_data: str | None = None
    data_aware_at: AwareDatetime | None = None
    categories: list[str] | None = None
    countries: list[str] | None = None
    consequences: Text | None = None


class ContainIn(Schema):
    how: Text
    by: str
    at: AwareDatetime | None = None
    still_open: Text = {}


class RestoreIn(Schema):
    at: AwareDatetime | None = None
    note: str = ""


class AffectedCountIn(Schema):
    of: str
    number: int
    certainty: str = "known"
    country: str = ""
    source: str = ""


class SystemsIn(Schema):
    systems: list[str]
    state: str
    note: str = ""


class SevereIn(Schema):
    severe: bool
    reason: str
    aware_at: AwareDatetime | None = None


class VerdictIn(Schema):
    reliable: bool
    reason: str
    aware_at: AwareDatetime | None = None


def clock_out(view: ClockView) -> dict[str, Any]:
    """A clock, its marked texts in the caller's language."""
    said = {
        name: gettext(getattr(view, name)) for name in ("title", "source", "waits_for") if getattr(view, name)
    }
    if view.to:
        said["to_whom"] = gettext(RECEIVER_WORDS[view.to])
    written: dict[str, Any] = plain(view)
    return {**written, **said}
