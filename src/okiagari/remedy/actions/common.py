"""What the verbs of this room share: the measure found, the verb that changes it, its line written."""

from collections.abc import Iterator
from contextlib import contextmanager

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import changing
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ids, ledger
from okiagari.remedy import problems, rules
from okiagari.remedy.models import Measure
from okiagari.remedy.rules import Kind


def verb_of(kind: str) -> str:
    """The verb that plans and changes a measure of this kind. Raises NO_SUCH_KIND."""
    if kind not in set(Kind):
        raise problems.NO_SUCH_KIND(kind=kind, allowed=", ".join(Kind)).at("kind")
    return "remedy.stop" if kind in rules.STOPPING else "remedy.plan"


def seen(subject: Subject, measure_id: str) -> Measure:
    """The measure, if the subject may know of it. Raises NOTHING_HERE."""
    measure = (
        Measure.objects.select_related("case", "release__line", "made_by", "end_asked_by")
        .filter(public_id=ids.folded(measure_id), scope_id__in=permits.scopes(subject))
        .first()
    )
    if measure is None:
        raise permits.NOTHING_HERE()
    return measure


@contextmanager
def changing_measure(
    subject: Subject, measure_id: str, verb: str = "", *, version: int | None = None
) -> Iterator[Measure]:
    """Lock the case, then read the measure under the lock. Raises as `changing` does."""
    known = seen(subject, measure_id)
    with changing(subject, verb or verb_of(known.kind), Case, known.case.public_id, version=version):
        yield seen(subject, measure_id)


def must_be(measure: Measure, *states: str) -> None:
    if measure.state not in states:
        raise problems.WRONG_STATE(state=measure.state)


def write(subject: Subject, measure: Measure, verb: str, **facts: object) -> None:
    """The one line of an action, on the case's stream."""
    case = measure.case
    ledger.append(
        ("case", str(case.public_id)),
        subject=subject,
        verb=verb,
        facts={
            "measure": measure.public_id,
            "kind": measure.kind,
            "products": sorted(target.key for target in measure.targets.all()),
            **facts,
        },
        scope=case.scope_id,
    )
