"""What the law makes the maker owe because of a fact: reports to authorities, notices to persons and users.

In: a decision or a description on the timeline. Out: one row for each obligation, running or not applying and
why. It decides nothing that a person has not decided; whether a law applies it asks `standards.deadlines`.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext

from okiagari.cases import actions as cases
from okiagari.cases.models import Case, Fact, Incident, Obligation
from okiagari.catalog import queries as catalog
from okiagari.desk.subjects import SYSTEM
from okiagari.flow.measures import available_since
from okiagari.plumbing.ledger import Entry
from okiagari.plumbing.wording import house_language
from okiagari.problems import gettext_noop
from okiagari.standards import deadlines
from okiagari.standards.deadlines import Rule, Sold
from okiagari.triage import queries as triage

INCIDENT = "incident"
"""The anchor's source of every clock that an incident starts."""
NOT_RELIABLE = gettext_noop("The evidence of an attack on our product is not reliable: %(reason)s")
NOT_SO = gettext_noop("The attack on our product was taken back: %(reason)s")
NOT_SEVERE = gettext_noop("It is no severe incident of a product: %(reason)s")
NO_DATA = gettext_noop("No personal data leaked.")
NOBODY_IN_THE_EU = gettext_noop("No persons in the EU are affected: %(countries)s.")
LONGER = gettext_noop("It is suspected to be unlawful, so the final report has 60 days.")
SHORTER = gettext_noop("It is not suspected to be unlawful, so the final report has 30 days.")
ROWS_OPEN = gettext_noop(
    "It is not chosen yet which products are concerned, so they count as sold in the EU."
)
SAID_ANEW = gettext_noop("The instant of awareness was put right.")
GDPR_AREA = frozenset({"IS", "LI", "NO"})
VERBS = frozenset(
    {
        "cases.exploitation_confirmed",
        "cases.fact_withdrawn",
        "cases.severity_decided",
        "cases.incident_described",
    }
)


def record(case: Case, entry: Entry) -> None:
    """Record what this line makes us owe, in the house's language."""
    with house_language():
        if entry.verb == "cases.exploitation_confirmed":
            _exploited(case, str(entry.facts["fact"]))
        elif entry.verb == "cases.fact_withdrawn":
            reason = gettext(NOT_SO) % {"reason": entry.facts.get("reason", "")}
            _excuse(case, deadlines.CRA_EXPLOITED, str(entry.facts.get("fact")), reason, only_running=True)
        elif entry.verb == "cases.severity_decided":
            _severe(case)
        elif entry.verb == "cases.incident_described":
            _personal_data(case)


def _exploited(case: Case, fact_id: str) -> None:
    fact = Fact.objects.select_related("vulnerability").get(public_id=fact_id)
    if fact.verdict != "reliable" or fact.aware_at is None:
        reason = gettext(NOT_RELIABLE) % {"reason": fact.verdict_reason}
        _excuse(case, deadlines.CRA_EXPLOITED, fact_id, reason)
        return
    applies, why = _must_report(case, fact.aware_at, fact.vulnerability.public_id)
    if not applies:
        _excuse(case, deadlines.CRA_EXPLOITED, fact_id, why)
        return
    evidence = f"{fact.evidence} ({fact.source})" if fact.source else fact.evidence
    measure = available_since(case, fact.vulnerability.public_id)
    for rule in deadlines.CRA_EXPLOITED:
        is_final = rule.anchor == deadlines.Anchor.MEASURE_AVAILABLE
        # a measure that was there before anybody knew of the attack counts from when we knew
        start = (max(measure, fact.aware_at) if measure else None) if is_final else fact.aware_at
        _owe(case, rule, start, fact_id, evidence=f"{evidence} · {why}")


def _severe(case: Case) -> None:
    row = Incident.objects.get(case=case)
    if row.severe_verdict != "severe" or row.severe_aware_at is None:
        reason = gettext(NOT_SEVERE) % {"reason": row.severe_reason}
        _excuse(case, deadlines.CRA_INCIDENT, INCIDENT, reason)
        return
    applies, why = _must_report(case, row.severe_aware_at)
    if not applies:
        _excuse(case, deadlines.CRA_INCIDENT, INCIDENT, why)
        return
    for rule in deadlines.CRA_INCIDENT:
        is_final = rule.anchor == deadlines.Anchor.INCIDENT_NOTIFICATION_SUBMITTED
        _owe(case, rule, None if is_final else row.severe_aware_at, INCIDENT, evidence=why)


def _must_report(case: Case, aware_at: datetime, vulnerability: str = "") -> tuple[bool, str]:
    """Does article 14 of the CRA apply to the products this is about, and why (not)?"""
    grid = triage.grid(SYSTEM, case.public_id)
    if not grid.rows and aware_at.date() >= deadlines.REPORTING_SINCE:
        return True, gettext(ROWS_OPEN)
    concerned = {
        row.target.model
        for row in grid.rows
        if row.target.kind != "system"
        if not vulnerability
        or (row.target.key, vulnerability) not in grid.cells
        or grid.cell(row.target.key, vulnerability).state != "not_affected"
    }
    products = catalog.products_named(SYSTEM, sorted(concerned)).values()
    found = deadlines.reporting(aware_at, [Sold(each.model, each.countries) for each in products])
    return found.applies, gettext(found.reason) % found.parameters


def _personal_data(case: Case) -> None:
    row = Incident.objects.get(case=case)
    every = (*deadlines.appi(is_unlawful=row.unlawful == "yes"), *deadlines.GDPR)
    if row.personal_data == "no":
        _excuse(case, every, INCIDENT, gettext(NO_DATA))
    aware_at = row.data_aware_at or row.aware_at
    if row.personal_data != "yes" or aware_at is None:
        return
    _japan(case, row, aware_at)
    in_the_union = deadlines.in_the_union(row.countries) or bool(GDPR_AREA & set(row.countries))
    if row.countries and not in_the_union:
        reason = gettext(NOBODY_IN_THE_EU) % {"countries": ", ".join(row.countries)}
        _excuse(case, deadlines.GDPR, INCIDENT, reason)
        return
    for rule in deadlines.GDPR:
        _owe(case, rule, aware_at, INCIDENT, evidence=row.detected_how)


def _japan(case: Case, row: Incident, aware_at: datetime) -> None:
    """The final report has 60 days instead of 30 while it is suspected to be unlawful."""
    is_unlawful = row.unlawful == "yes"
    other = deadlines.APPI_FINAL if is_unlawful else deadlines.APPI_FINAL_MALICIOUS
    reason = gettext(LONGER) if is_unlawful else gettext(SHORTER)
    _excuse(case, (other,), INCIDENT, reason, only_running=True)
    for rule in deadlines.appi(is_unlawful=is_unlawful):
        _owe(case, rule, aware_at, INCIDENT, evidence=row.detected_how)


def _owe(case: Case, rule: Rule, at: datetime | None, source: str, *, evidence: str) -> None:
    """The clock runs from this instant: it is started, corrected, or left as it is."""
    row = Obligation.objects.filter(case=case, rule=rule.key, anchor_source=source).first()
    if row is None or row.anchor_at is None or row.waived_reason:
        if row is None or at is not None or row.waived_reason:
            part = _part(case, rule)
            cases.start_clock(
                SYSTEM,
                case.public_id,
                rule=rule.key,
                anchor_at=at,
                anchor_source=source,
                evidence=evidence,
                part=part,
            )
    elif at is not None and row.anchor_at != at and rule.anchor != deadlines.Anchor.MEASURE_AVAILABLE:
        cases.correct_anchor(SYSTEM, row.public_id, at=at, reason=gettext(SAID_ANEW), evidence=evidence)


def _part(case: Case, rule: Rule) -> str:
    """What a leak of personal data brings stands in the part of the incident, where the case has parts."""
    of_data = rule.anchor == deadlines.Anchor.AWARE_OF_DATA_BREACH
    return "csirt" if of_data and case.parts.filter(key="csirt").exists() else ""


def _excuse(
    case: Case, owed: Iterable[Rule], source: str, reason: str, *, only_running: bool = False
) -> None:
    """These do not apply: said of those that run, and recorded for those that never did."""
    for rule in owed:
        row = Obligation.objects.filter(case=case, rule=rule.key, anchor_source=source).first()
        if row is None:
            if not only_running:
                cases.rule_out(
                    SYSTEM,
                    case.public_id,
                    rule=rule.key,
                    reason=reason,
                    anchor_source=source,
                    part=_part(case, rule),
                )
        elif row.met_at is None and not row.waived_reason:
            cases.waive_clock(SYSTEM, row.public_id, reason=reason)
