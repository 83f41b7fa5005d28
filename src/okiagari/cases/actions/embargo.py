"""The embargo of a case: what was said of it, in order; its end also runs as a clock."""

from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.actions.frame import changing_open, in_every_language, write_line
from okiagari.cases.actions.frame import zone as maker_zone
from okiagari.cases.models import Case, Embargo, Obligation
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock

CLOCK_RULE, CLOCK_SOURCE = "embargo_end", "embargo"


def newest_embargo(case: Case) -> Embargo | None:
    """What was said last."""
    return case.embargoes.order_by("-pk").first()


def set_embargo(
    subject: Subject,
    case_id: str,
    *,
    state: str,
    until: datetime | None,
    zone: str,
    agreed_with: str = "",
    reason: str = "",
    version: int | None = None,
) -> None:
    """Say how the embargo stands: proposed, agreed, revised or ended. Raises as `rules.check_embargo`."""
    with changing_open(subject, "cases.embargo", case_id, version=version) as case:
        before = newest_embargo(case)
        now = clock.now()
        said = rules.Said(
            state, until, zone or (before.zone if before else maker_zone()), agreed_with, reason
        )
        rules.check_embargo(said, before.state if before else "", now)
        row = Embargo.objects.create(
            case=case,
            scope_id=case.scope_id,
            state=state,
            until=now if state == "ended" else until,
            zone=said.zone,
            agreed_with=agreed_with.strip(),
            reason=reason.strip(),
            said_at=now,
            said_by_id=subject.person_id,
        )
        run_clock(case, row, now)
        write_line(
            case,
            subject,
            "embargo_set",
            state=state,
            before=before.state if before else None,
            until=row.until,
            until_before=before.until if before else None,
            zone=row.zone,
            agreed_with=row.agreed_with,
            reason=row.reason,
        )


def run_clock(case: Case, row: Embargo, now: datetime) -> None:
    """Keep the one clock of the embargo's end where the agreement says."""
    clocks = Obligation.objects.filter(case=case, rule=CLOCK_RULE, anchor_source=CLOCK_SOURCE)
    if row.state == "ended":
        clocks.filter(met_at=None, waived_reason="").update(met_at=now, met_by=row.reason[:200])
        return
    if row.state == "proposed":
        return
    mark = clocks.first() or Obligation(
        case=case, scope_id=case.scope_id, rule=CLOCK_RULE, anchor_source=CLOCK_SOURCE
    )
    mark.label = in_every_language(rules.rule_named(CLOCK_RULE).title)
    if row.state == "revised" and mark.pk:
        mark.extended_to = row.until
        mark.extension = {"agreed_with": row.agreed_with, "reason": row.reason, "at": now.isoformat()}
    else:
        mark.anchor_at = mark.due_at = row.until
        mark.extended_to, mark.extension, mark.met_at, mark.met_by = None, {}, None, ""
    mark.save()
