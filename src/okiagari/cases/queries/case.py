"""One case as it stands."""

from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.models import Case, Embargo, Fact, Vulnerability
from okiagari.cases.queries.people import parties
from okiagari.cases.reading import (
    embargo_of,
    facts_of,
    flaws_of,
    merged_here,
    parts_seen,
    person_name,
    readable,
    rights_in,
)
from okiagari.cases.values import CaseView, EmbargoView, FactView, VulnerabilityView
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ids
from okiagari.plumbing.readings import shared
from okiagari.problems import Problem


@shared
def case(subject: Subject, case_id: str) -> CaseView:
    """The case. Facts of attack and parties are for those inside. Raises NOTHING_HERE."""
    row = readable(subject, case_id)
    may = rights_in(subject, row)
    is_inside = "cases.inside" in may
    now = clock.now()
    embargo = _embargo(embargo_of(row), now)
    return CaseView(
        id=row.public_id,
        version=row.version,
        title=row.title,
        summary=row.summary,
        kinds=tuple(row.kinds),
        playbook=row.playbook,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        close_reason=row.close_reason if is_inside else "",
        is_embargoed=embargo is not None and embargo.holds,
        embargo=embargo,
        parts=parts_seen(subject, row) if is_inside else (),
        vulnerabilities=_vulnerabilities(row, is_inside=is_inside),
        parties=parties(subject, row.public_id) if is_inside else (),
        scope_id=row.scope_id,
        may=may,
        is_merged=row.merged_into_id is not None,
        merged_into=leads_on(subject, row.public_id) if row.merged_into_id else "",
        merged_here=merged_here(row) if is_inside else (),
    )


def leads_on(subject: Subject, case_id: str) -> str:
    """The number of the case that a merged one leads to, as far as the subject may see it; else ""."""
    row = _open_to(subject, case_id) or Case.objects.filter(public_id=ids.folded(case_id)).first()
    if row is None or row.merged_into_id is None:
        return ""
    while row.merged_into is not None:
        row = row.merged_into
    return row.public_id if permits.may_see(subject, row.scope_id) else ""


def _open_to(subject: Subject, case_id: str) -> Case | None:
    """The case, if the subject sees it: what the rest of its page asks as well."""
    try:
        return find(subject, Case, case_id)
    except Problem:
        return None


def _embargo(row: Embargo | None, now: datetime) -> EmbargoView | None:
    if row is None:
        return None
    return EmbargoView(
        state=row.state,
        until=row.until,
        zone=row.zone,
        agreed_with=row.agreed_with,
        reason=row.reason,
        said_at=row.said_at,
        holds=rules.holds(row.state, row.until, now),
        next_states=rules.next_states(row.state),
    )


def _vulnerabilities(row: Case, *, is_inside: bool) -> tuple[VulnerabilityView, ...]:
    flaws = flaws_of(row)
    known: dict[int, list[Fact]] = {each.pk: [] for each in flaws}
    if is_inside and flaws:
        for fact in facts_of(row):
            known[fact.vulnerability_id].append(fact)
    return tuple(_vulnerability(each, known[each.pk]) for each in flaws)


def _vulnerability(row: Vulnerability, known: list[Fact]) -> VulnerabilityView:
    return VulnerabilityView(
        id=row.public_id,
        title=row.title,
        description=row.description,
        impact=row.impact,
        cve=row.cve,
        jvn=row.jvn,
        jvndb=row.jvndb,
        cwe=row.cwe,
        facts=tuple(_fact(fact) for fact in known),
        is_withdrawn=row.withdrawn_at is not None,
    )


def _fact(row: Fact) -> FactView:
    return FactView(
        id=row.public_id,
        kind=row.kind,
        at=row.at,
        evidence=row.evidence,
        source=row.source,
        noted_at=row.noted_at,
        noted_by=person_name(row.noted_by),
        is_withdrawn=row.withdrawn_at is not None,
        verdict=row.verdict,
        verdict_reason=row.verdict_reason,
        verdict_at=row.verdict_at,
        verdict_by=person_name(row.verdict_by),
        aware_at=row.aware_at,
    )
