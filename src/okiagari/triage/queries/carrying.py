"""What carried over and what lapsed; and what is known of one release by all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from okiagari.cases.models import Case
from okiagari.cases.reading import readable
from okiagari.catalog import queries as catalog
from okiagari.desk import permits
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing.readings import shared
from okiagari.standards.firmware_order import Line, Range
from okiagari.standards.localtext import LocalText
from okiagari.triage.models import Carry, Decision, Located
from okiagari.triage.rules import releases as rules
from okiagari.triage.rules.carrying import Said

_NONE = LocalText()


@dataclass(frozen=True)
class CarryView:
    """A decision of `source` and what became of it at a release or another product (`to`).

    `outcome`: carried, lapsed. `code` and `facts` say why. `team` has to say, where it lapsed.
    """

    id: str
    case_id: str
    source: str
    vulnerability: str
    title: LocalText
    decided: str
    kind: str
    to: str
    outcome: str
    state: str
    code: str
    facts: Mapping[str, Any]
    team: str
    team_name: LocalText
    due_at: datetime | None
    at: datetime
    settled_at: datetime | None
    settled_by: LocalText
    settled_reason: str

    @property
    def is_open(self) -> bool:
        return self.outcome == "lapsed" and self.settled_at is None


_JOINED = (
    "case",
    "decision__row__target",
    "decision__vulnerability",
    "decision__ruling",
    "release",
    "target",
    "team",
    "settled_by",
)


@shared
def carries(subject: Subject, case_id: str, *, is_open: bool = False) -> tuple[CarryView, ...]:
    """What became of the case's decisions at newcomers, newest first. `is_open`: what waits for a word."""
    case = readable(subject, case_id, "cases.inside")
    rows = Carry.objects.filter(case=case, scope_id=case.scope_id).select_related(*_JOINED)
    if is_open:
        rows = rows.filter(outcome="lapsed", settled_at__isnull=True, decision__replaced_at__isnull=True)
    return tuple(_view(row) for row in rows.order_by("-at", "decision__row__target__key", "pk"))


def _view(row: Carry) -> CarryView:
    flaw = row.decision.vulnerability
    return CarryView(
        id=row.public_id,
        case_id=row.case.public_id,
        source=row.decision.row.target.key,
        vulnerability=flaw.public_id,
        title=flaw.title,
        decided=row.decision.ruling.state,
        kind="release" if row.release else "target",
        to=row.release.text if row.release else row.target.key if row.target else "",
        outcome=row.outcome,
        state=row.state,
        code=row.code,
        facts=dict(row.facts),
        team=row.team.key if row.team else "",
        team_name=row.team.name if row.team else _NONE,
        due_at=row.due_at,
        at=row.at,
        settled_at=row.settled_at,
        settled_by=row.settled_by.name if row.settled_by else _NONE,
        settled_reason=row.settled_reason,
    )


def components_of(subject: Subject, case_id: str) -> Mapping[str, tuple[str, ...]]:
    """The components each vulnerability of the case lies in."""
    case = readable(subject, case_id, "cases.inside")
    rows = Located.objects.filter(vulnerability__case=case, scope_id=case.scope_id).order_by("name")
    found: dict[str, list[str]] = {}
    for flaw, name in rows.values_list("vulnerability__public_id", "name"):
        found.setdefault(flaw, []).append(name)
    return {flaw: tuple(names) for flaw, names in found.items()}


@dataclass(frozen=True)
class ReleaseLine:
    """What one decision says of one release. `state`: contains, fixes, fixed, not_affected, open.

    `carried`: how it came to speak of this release, where it was decided before the release came.
    """

    case_id: str
    case_title: LocalText
    target: str
    vulnerability: str
    title: LocalText
    cve: str
    state: str
    fixed_in: str
    carried: CarryView | None


def release(subject: Subject, line: str, text: str) -> tuple[ReleaseLine, ...]:
    """The known vulnerabilities a release contains, fixes or is free of, of the cases the subject sees.

    Constant in the number of decisions. Raises NO_SUCH_LINE.
    """
    permits.require(subject, "cases.inside")
    order = catalog.ordered_line(subject, line)
    standing = Decision.objects.filter(
        replaced_at__isnull=True,
        row__removed_at__isnull=True,
        row__target__line__key=line,
        scope_id__in=permits.scopes(subject),
        vulnerability__withdrawn_at__isnull=True,
    ).select_related("row__case", "row__target", "vulnerability", "ruling__fixed_in")
    decisions = list(standing.order_by("row__case__opened_at", "vulnerability__position", "row__target__key"))
    rows = Carry.objects.filter(decision__in=[each.pk for each in decisions], release__text=text)
    carried = {row.decision_id: _view(row) for row in rows.select_related(*_JOINED)}
    lines = (_line(each, order, text, carried.get(each.pk)) for each in decisions)
    return tuple(each for each in lines if each is not None)


def _line(decision: Decision, order: Line, text: str, carried: CarryView | None) -> ReleaseLine | None:
    ruling = decision.ruling
    fixed_in = ruling.fixed_in.text if ruling.fixed_in else ""
    said = Said(
        ruling.state,
        Range.from_json(ruling.range) if ruling.range else None,
        ruling.justification,
        fixed_in,
    )
    state = rules.state_at(said, order, text, carried.state if carried and not carried.is_open else None)
    if carried is not None and carried.is_open:
        state = "open"
    case: Case = decision.row.case
    return ReleaseLine(
        case_id=case.public_id,
        case_title=case.title,
        target=decision.row.target.key,
        vulnerability=decision.vulnerability.public_id,
        title=decision.vulnerability.title,
        cve=decision.vulnerability.cve,
        state=state,
        fixed_in=fixed_in,
        carried=carried,
    )


def lapses(subject: Subject, case_id: str) -> tuple[CarryView, ...]:
    """What waits for a word, also on a closed case: for the flow."""
    return carries(SYSTEM if subject.is_system else subject, case_id, is_open=True)
