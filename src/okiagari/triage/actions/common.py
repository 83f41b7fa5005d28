"""What the verbs of triage share: a case's line in the ledger, its vulnerabilities and targets by key."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from okiagari.cases.models import Case, Vulnerability
from okiagari.cases.rules import CLOSED
from okiagari.catalog.models import Target
from okiagari.desk.aggregates import changing
from okiagari.desk.permits import NOTHING_HERE
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ids, ledger
from okiagari.problems import Kind, define, gettext_noop

NO_SUCH_TARGET = define(
    "triage.no_such_target",
    Kind.INVALID,
    gettext_noop("The catalogue has no target “%(target)s”."),
    gettext_noop("Look up its key in the catalogue, or add the product there first."),
)

ROW_NOT_THERE = define(
    "triage.row_not_there",
    Kind.NOT_FOUND,
    gettext_noop("“%(target)s” is not in the grid."),
    gettext_noop("Add the row first, with a reason."),
)


@contextmanager
def changing_open(subject: Subject, verb: str, case_id: str, *, version: int | None = None) -> Iterator[Case]:
    """Lock an open case for a change. Raises as `changing` does, and CLOSED."""
    with changing(subject, verb, Case, case_id, version=version) as case:
        if case.closed_at is not None:
            raise CLOSED()
        yield case


def write(subject: Subject, case: Case, verb: str, facts: Mapping[str, object]) -> None:
    """The one line of an action on the case's stream."""
    stream = ("case", case.public_id)
    ledger.append(stream, subject=subject, verb=verb, facts=facts, scope=case.scope_id)


def vulnerability_of(case: Case, public_id: str | None) -> Vulnerability | None:
    """One vulnerability of this case. Raises NOTHING_HERE for any other."""
    if not public_id:
        return None
    return vulnerabilities_of(case, [public_id])[ids.folded(public_id)]


def vulnerabilities_of(case: Case, public_ids: Sequence[str]) -> dict[str, Vulnerability]:
    """Standing vulnerabilities of this case by id. Raises NOTHING_HERE if one is not among them."""
    wanted = {ids.folded(each) for each in public_ids}
    rows = Vulnerability.objects.filter(case=case, public_id__in=wanted, withdrawn_at__isnull=True)
    found = {row.public_id: row for row in rows}
    if wanted - set(found):
        raise NOTHING_HERE()
    return found


def standing_flaws(case: Case) -> list[str]:
    """The ids of all vulnerabilities of the case that were not withdrawn."""
    rows = Vulnerability.objects.filter(case=case, withdrawn_at__isnull=True).order_by("position", "pk")
    return list(rows.values_list("public_id", flat=True))


def target_named(key: str | None) -> Target | None:
    """Raises NO_SUCH_TARGET."""
    if not key:
        return None
    row = Target.objects.filter(key=key).first()
    if row is None:
        raise NO_SUCH_TARGET(target=key).at("target")
    return row


def targets_named(keys: Iterable[str]) -> list[Target]:
    """Each once, in the order given. Raises NO_SUCH_TARGET for the first that is not there."""
    wanted = list(dict.fromkeys(keys))
    found = {row.key: row for row in Target.objects.filter(key__in=wanted)}
    for key in wanted:
        if key not in found:
            raise NO_SUCH_TARGET(target=key).at("targets")
    return [found[key] for key in wanted]
