"""The plan of an advisory: what goes where and when, in order; how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.disclose import access, comparing, sealing
from okiagari.disclose.actions.channels import first_out
from okiagari.disclose.actions.ending import ground_of
from okiagari.disclose.jvn import queries as jvn
from okiagari.disclose.models import Advisory, Channel, QuietEnd
from okiagari.disclose.naming import Name, name_of
from okiagari.disclose.rules import channels as rules
from okiagari.disclose.rules import ending
from okiagari.disclose.rules.progress import Progress, progress
from okiagari.disclose.site.jvn import vendor_status
from okiagari.disclose.targets import reach
from okiagari.disclose.targets.reach import Reach
from okiagari.plumbing import clock


@dataclass(frozen=True)
class ChannelView:
    """One line of the plan. `state`: planned, due, out, dropped, open (no time agreed); of the own site
    sending, while it is out of our hands and not yet at the public targets that `not_yet_at` names.

    `is_before_us`: planned for a time at which the own page is not out. `is_early`: it was out before it.
    """

    id: str
    channel: str
    name: str
    state: str
    planned_at: datetime | None
    confirmed_at: datetime | None
    noted_at: datetime | None
    confirmed_by: Name | None
    owner: Name | None
    agreed_with: str
    address: str
    evidence: str
    note: str
    is_early: bool
    is_before_us: bool
    is_reference: bool
    not_yet_at: tuple[str, ...] = ()

    @property
    def at(self) -> datetime | None:
        return self.confirmed_at or self.planned_at


@dataclass(frozen=True)
class VendorStatusView:
    """The vendor's status by VULDEF 3.2: now, and as JPCERT/CC was told it last of any case of the
    advisory.
    """

    now: str
    told: str

    @property
    def is_changed(self) -> bool:
        return self.now != self.told


@dataclass(frozen=True)
class PlanView:
    """`differs`: what the page does not say yet, as marked texts. `progress` is of what would go out now."""

    advisory_id: str
    channels: tuple[ChannelView, ...]
    progress: Progress
    vendor_status: VendorStatusView
    is_true: bool
    differs: tuple[tuple[str, Mapping[str, str]], ...]
    next_update: str
    zone: str


@dataclass(frozen=True)
class EndView:
    """Whether a case may end without a word, and whether somebody chose so."""

    ground: str
    may_be_quiet: bool
    reason: str
    at: datetime | None
    by: Name | None

    @property
    def is_quiet(self) -> bool:
        return self.at is not None


def plan(subject: Subject, advisory_id: str) -> PlanView:
    """Everything about where the advisory goes. Raises NOTHING_HERE."""
    permits.require(subject, "cases.inside")
    row = access.seen(subject, advisory_id)
    own = _own(row)
    switched = own.noted_at or own.at
    found = [_view(each, switched) for each in row.channels.select_related("owner", "confirmed_by")]
    now = sealing.now(row).content
    case_ids = tuple(row.cases.values_list("case__public_id", flat=True))
    told = max(jvn.told_values(subject, case_ids).values(), key=lambda each: each[1], default=("", None))
    compared = comparing.peek(row)
    return PlanView(
        advisory_id=row.public_id,
        channels=tuple(sorted([own, *found], key=_order)),
        progress=progress(now),
        vendor_status=VendorStatusView(vendor_status(now), told[0]),
        is_true=compared is None or compared.is_same,
        differs=tuple((each["text"], each["parameters"]) for each in compared.changes) if compared else (),
        next_update=now.next_update,
        zone=settings.TIME_ZONE,
    )


def _order(view: ChannelView) -> tuple[bool, bool, float, bool]:
    at = view.at
    return (
        view.state == "dropped",
        at is None,
        at.timestamp() if at else 0.0,
        view.channel != rules.OWN_SITE,
    )


def _own(row: Advisory) -> ChannelView:
    """The line of the own site, from its engine."""
    out = first_out(row)
    reached = _reached(row)
    readers = reached.at if reached else out
    waiting = row.publications.filter(state__in=("scheduled", "publishing")).select_related("by").first()
    state = "out" if readers else ("sending" if out else ("planned" if waiting else "open"))
    return ChannelView(
        id="",
        channel=rules.OWN_SITE,
        name="",
        state=state,
        planned_at=waiting.planned_at if waiting else None,
        confirmed_at=readers,
        noted_at=out,
        confirmed_by=None,
        owner=name_of(waiting.by) if waiting else None,
        agreed_with="",
        address="",
        evidence="",
        note="",
        is_early=False,
        is_before_us=False,
        is_reference=False,
        not_yet_at=reached.missing if reached else (),
    )


def _reached(row: Advisory) -> Reach | None:
    """How the first edition came to its readers, where they read elsewhere than on this machine."""
    first = row.publications.filter(state__in=("publishing", "published"), is_withdrawal=False)
    number = first.order_by("number").values_list("number", flat=True).first()
    return reach.of(row.tracking_id, [number]).get(number) if number else None


def _view(row: Channel, own_at: datetime | None) -> ChannelView:
    return ChannelView(
        id=row.public_id,
        channel=row.channel,
        name=row.name,
        state=_state(row),
        planned_at=row.planned_at,
        confirmed_at=row.confirmed_at,
        noted_at=row.noted_at,
        confirmed_by=name_of(row.confirmed_by),
        owner=name_of(row.owner),
        agreed_with=row.agreed_with,
        address=row.address,
        evidence=row.evidence,
        note=row.dropped_reason or row.note,
        is_early=row.is_early,
        is_before_us=row.confirmed_at is None and rules.is_before_us(row.channel, row.planned_at, own_at),
        is_reference=row.channel in rules.REFERENCED,
    )


def _state(row: Channel) -> str:
    if row.dropped_at is not None:
        return "dropped"
    if row.confirmed_at is not None:
        return "out"
    if row.planned_at is None:
        return "open"
    return "due" if row.planned_at <= clock.now() else "planned"


def ending_of(subject: Subject, case_id: str) -> EndView:
    """Whether the case may end without a publication, and whether it did. Raises NOTHING_HERE."""
    permits.require(subject, "cases.inside")
    case = find(subject, Case, case_id)
    known = ground_of(case)
    chosen = (
        QuietEnd.objects.filter(case=case, taken_back_at=None).select_related("by").order_by("-pk").first()
    )
    is_quiet = chosen is not None and ending.may_be_quiet(known)
    return EndView(
        ground=str(known),
        may_be_quiet=ending.may_be_quiet(known),
        reason=chosen.reason if chosen and is_quiet else "",
        at=chosen.at if chosen and is_quiet else None,
        by=name_of(chosen.by) if chosen and is_quiet else None,
    )


def out_with_coordinator(subject: Subject, advisory_id: str) -> datetime | None:
    """Since when it is out as the coordinator counts it: on JVN; on our own page, where readers find it, if
    JVN is not planned."""
    permits.require(subject, "cases.inside")
    row = access.seen(subject, advisory_id)
    on_jvn = row.channels.filter(channel=rules.Channel.JVN, dropped_at=None)
    if on_jvn.filter(confirmed_at=None).exists():
        return None
    confirmed: datetime | None = (
        on_jvn.order_by("confirmed_at").values_list("confirmed_at", flat=True).first()
    )
    return confirmed or _own(row).confirmed_at
