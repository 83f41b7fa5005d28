"""An incident described, contained, counted; all of it in the part of the company's incident team."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.actions.frame import changing_open, write_line
from okiagari.cases.models import Case, Count, Incident
from okiagari.desk import permits
from okiagari.desk.aggregates import find_for
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.standards.localtext import LocalText

_TEXTS = ("consequences",)


@contextmanager
def changing_incident(subject: Subject, verb: str, case_id: str) -> Iterator[tuple[Case, Incident]]:
    """Lock the incident's part of the case, or the case where it has no parts.

    Whoever is not in that part is told that there is nothing here. Raises NOT_AN_INCIDENT, CLOSED.
    """
    seen = find_for(subject, verb, Case, case_id)
    part = seen.parts.filter(key=rules.INCIDENT).first()
    if part is not None and not permits.may_see(subject, part.scope_id):
        raise permits.NOTHING_HERE()
    with changing_open(subject, verb, case_id, part=rules.INCIDENT if part else "") as case:
        rules.check_kind(case.kinds)
        row = Incident.objects.filter(case=case).first()
        row = row or Incident(case=case)
        row.scope_id = case.here_scope_id
        yield case, row


def describe_incident(
    subject: Subject,
    case_id: str,
    *,
    occurred_at: datetime | None = None,
    detected_at: datetime | None = None,
    aware_at: datetime | None = None,
    detected_how: str | None = None,
    unlawful: str | None = None,
    personal_data: str | None = None,
    data_aware_at: datetime | None = None,
    categories: Sequence[str] | None = None,
    countries: Sequence[str] | None = None,
    consequences: LocalText | None = None,
) -> None:
    """Say what is known; what is not given stays. Raises INCIDENT_ORDER, INCIDENT_FUTURE, TRIAD_UNKNOWN,
    AWARE_NEEDED, COUNTRY_CODE.

    `unlawful` (suspected) gives the final report in Japan 60 days instead of 30. `countries`: of the persons.
    """
    given = {
        "occurred_at": occurred_at,
        "detected_at": detected_at,
        "aware_at": aware_at,
        "detected_how": detected_how.strip() if detected_how is not None else None,
        "unlawful": unlawful,
        "personal_data": personal_data,
        "data_aware_at": data_aware_at,
        "categories": _lines(categories),
        "countries": rules.country_codes(countries) if countries is not None else None,
        "consequences": consequences,
    }
    with changing_incident(subject, "cases.work", case_id) as (case, row):
        changed = {name: value for name, value in given.items() if value not in (None, getattr(row, name))}
        for name, value in changed.items():
            setattr(row, name, value)
        _check(row)
        row.save()
        write_line(
            case,
            subject,
            "incident_described",
            fields=sorted(changed),
            new={name: _plain(value) for name, value in changed.items()},
            personal_data=row.personal_data,
            data_aware_at=row.data_aware_at or row.aware_at,
            unlawful=row.unlawful,
            countries=row.countries or None,
        )


def _check(row: Incident) -> None:
    now = clock.now()
    rules.check_times(rules.Times(row.occurred_at, row.detected_at, row.aware_at), now)
    rules.check_data(row.personal_data, row.data_aware_at or row.aware_at, row.unlawful, now)


def _lines(given: Sequence[str] | None) -> list[str] | None:
    return None if given is None else [line.strip()[:120] for line in given if line.strip()]


def _plain(value: object) -> object:
    return dict(value.texts) if isinstance(value, LocalText) else value


def contain(
    subject: Subject,
    case_id: str,
    *,
    how: LocalText,
    by: str,
    at: datetime | None = None,
    still_open: LocalText | None = None,
) -> None:
    """Say when, how and by whom it was contained, and what is still open. Raises CONTAINED_HOW,
    INCIDENT_FUTURE, INCIDENT_ORDER."""
    with changing_incident(subject, "cases.work", case_id) as (case, row):
        now = clock.now()
        rules.check_containment(at or now, by, how, row.occurred_at, now)
        row.contained_at, row.contained_by, row.contained_how = at or now, by.strip()[:200], how
        row.still_open = still_open or LocalText()
        row.save()
        write_line(
            case,
            subject,
            "contained",
            contained_at=row.contained_at,
            by=row.contained_by,
            how=dict(how.texts),
            still_open=dict(row.still_open.texts) or None,
        )


def break_out(subject: Subject, case_id: str, *, reason: str) -> None:
    """Say that it is not contained after all. Raises REASON_NEEDED."""
    with changing_incident(subject, "cases.work", case_id) as (case, row):
        if not reason.strip():
            raise rules.REASON_NEEDED().at("reason")
        before, row.contained_at = row.contained_at, None
        row.restored_at = None
        row.save()
        write_line(case, subject, "broke_out", before=before, reason=reason.strip())


def restore(subject: Subject, case_id: str, *, at: datetime | None = None, note: str = "") -> None:
    """Say that service is back as before. Raises INCIDENT_FUTURE, INCIDENT_ORDER."""
    with changing_incident(subject, "cases.work", case_id) as (case, row):
        when = at or clock.now()
        rules.check_times(rules.Times(occurred_at=row.occurred_at, detected_at=when), clock.now())
        row.restored_at = when
        row.save()
        write_line(case, subject, "restored", restored_at=when, note=note.strip())


def count_affected(
    subject: Subject,
    case_id: str,
    *,
    of: str,
    number: int,
    certainty: str = "known",
    country: str = "",
    source: str = "",
) -> None:
    """Say how many persons, records, accounts or devices are affected, how certain that is, and who says so.
    Earlier counts are kept. Raises COUNT_UNKNOWN, COUNT_NEGATIVE, COUNTRY_CODE."""
    rules.check_count(of, number, certainty)
    (code,) = rules.country_codes([country]) or [""]
    with changing_incident(subject, "cases.work", case_id) as (case, row):
        row.save()
        before = row.counts.filter(of=of, country=code).order_by("-pk").first()
        Count.objects.create(
            incident=row,
            scope_id=row.scope_id,
            of=of,
            number=number,
            certainty=certainty,
            country=code,
            source=source.strip(),
            at=clock.now(),
            by_id=subject.person_id,
        )
        write_line(
            case,
            subject,
            "counted",
            of=of,
            number=number,
            certainty=certainty,
            country=code,
            before=before.number if before else None,
            source=source.strip(),
        )
