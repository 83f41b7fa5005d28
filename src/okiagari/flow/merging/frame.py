"""What joining, parting and undoing share: both roots locked in one order, lines in both timelines."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from okiagari.cases.models import Case, Part, Vulnerability
from okiagari.cases.rules import CLOSED
from okiagari.desk.aggregates import changing, find_for
from okiagari.desk.models import Grant, Person
from okiagari.desk.subjects import Subject
from okiagari.disclose.models import Advisory
from okiagari.flow import indexing
from okiagari.flow.merging import rules
from okiagari.flow.models import ForeignDocument
from okiagari.plumbing import ledger


@contextmanager
def both(
    subject: Subject, verb: str, one: tuple[str, int | None], other: tuple[str, int | None]
) -> Iterator[tuple[Case, Case]]:
    """Two cases (number, version seen), locked in the order of their keys, whichever was named first.

    Raises as `changing` does for either, and SAME_CASE.
    """
    wanted = [(find_for(subject, verb, Case, number), version) for number, version in (one, other)]
    keys = [case.pk for case, _ in wanted]
    if keys[0] == keys[1]:
        raise rules.SAME_CASE().at("into")
    rows: dict[int, Case] = {}
    with ledger.action(), ExitStack() as held:
        hold_parts(*keys)
        for case, version in sorted(wanted, key=lambda pair: pair[0].pk):
            rows[case.pk] = held.enter_context(changing(subject, verb, Case, case.public_id, version=version))
        yield rows[keys[0]], rows[keys[1]]


@contextmanager
def alone(subject: Subject, verb: str, seen: Case, version: int | None) -> Iterator[Case]:
    """One case, locked with its parts."""
    hold_parts(seen.pk)
    with changing(subject, verb, Case, seen.public_id, version=version) as case:
        yield case


def hold_parts(*case_ids: int) -> None:
    """Lock the parts first: who works in one holds it, and asks for the case only then."""
    list(Part.objects.select_for_update().filter(case__in=case_ids).order_by("pk").values_list("pk"))


def check_open(*cases: Case) -> None:
    """Raises CLOSED."""
    if any(case.closed_at is not None for case in cases):
        raise CLOSED()


def flaws(case: Case) -> list[rules.Flaw]:
    rows = Vulnerability.objects.filter(case=case, withdrawn_at=None).order_by("position", "pk")
    return [rules.Flaw(row.pk, row.public_id, row.cve) for row in rows]


def decider_named(subject: Subject, case: Case, username: str) -> int | None:
    """Who decides what the two cases disagree on: named, or whoever joins them. Raises NO_SUCH_DECIDER."""
    if not username.strip():
        return subject.person_id
    person = Person.objects.filter(username=username.strip(), is_active=True).first()
    if person is None:
        raise rules.NO_SUCH_DECIDER(person=username).at("decider")
    teams = [each.team.principal_id for each in person.memberships.select_related("team")]
    inside = Grant.objects.filter(scope_id=case.scope_id, principal_id__in=[person.principal_id, *teams])
    if not inside.exists():
        raise rules.NO_SUCH_DECIDER(person=username).at("decider")
    return person.pk


def reindex(*cases: Case) -> None:
    """Advisories that draw on these cases, and documents of them, are found by other readers from now on."""
    rows = Advisory.objects.filter(cases__case__in=cases).order_by("pk")
    for number in rows.values_list("public_id", flat=True).distinct():
        indexing.index_advisory(number)
    for number in ForeignDocument.objects.filter(case__in=cases).values_list("public_id", flat=True):
        indexing.index_document(number)


def write(subject: Subject, case: Case, verb: str, other: Case, **facts: object) -> None:
    """One line on one case's stream. `other_case` is read only by who may see that one (`cases.timeline`)."""
    ledger.append(
        ("case", case.public_id),
        subject=subject,
        verb=f"flow.{verb}",
        facts={"other_case": other.public_id, **facts},
        scope=case.scope_id,
    )
