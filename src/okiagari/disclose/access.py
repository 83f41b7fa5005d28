"""Who sees an advisory and who may work on it: those who may see, or work on, all of its cases.

A draft of several cases tells something of each of them, so one case is not enough. Grants are never
copied: the cases' own scopes answer. An advisory without a case (a notice) has a scope of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models

from okiagari.desk import permits
from okiagari.desk.aggregates import STALE
from okiagari.desk.subjects import Subject
from okiagari.disclose.models import Advisory, AdvisoryCase
from okiagari.plumbing import ids, ledger


def visible(subject: Subject) -> "models.QuerySet[Advisory]":
    """The advisories of which the subject may see every case."""
    mine = permits.scopes(subject)
    links = AdvisoryCase.objects.filter(advisory=models.OuterRef("pk"))
    hidden = links.exclude(case__scope_id__in=mine)
    open_to_me = models.Q(scope_id__in=mine) | models.Exists(links)
    return Advisory.objects.filter(open_to_me, ~models.Exists(hidden))


def seen(subject: Subject, advisory_id: str) -> Advisory:
    """The advisory with this number, if the subject may know of it. Raises NOTHING_HERE."""
    row = visible(subject).filter(public_id=ids.folded(advisory_id)).first()
    if row is None:
        raise permits.NOTHING_HERE()
    return row


def scope_ids(advisory: Advisory) -> tuple[int, ...]:
    """The scopes that decide: those of its cases, or its own."""
    of_cases = advisory.cases.order_by("pk").values_list("case__scope_id", flat=True)
    return tuple(dict.fromkeys(of_cases)) or (advisory.scope_id,)


def require(subject: Subject, verb: str, advisory: Advisory) -> None:
    """Raise unless the subject may do this in every case of the advisory."""
    for scope_id in scope_ids(advisory):
        permits.require(subject, verb, scope_id)


def may(subject: Subject, verb: str, advisory: Advisory) -> bool:
    return all(permits.may(subject, verb, scope_id) for scope_id in scope_ids(advisory))


@contextmanager
def changing(
    subject: Subject, verb: str, advisory_id: str, *, version: int | None = None
) -> Iterator[Advisory]:
    """Lock one advisory for a change. Raises NOTHING_HERE, NOT_YOURS, STALE."""
    with ledger.action():
        row = Advisory.objects.select_for_update().get(pk=seen(subject, advisory_id).pk)
        require(subject, verb, row)
        if version is not None and row.version != version:
            raise STALE()
        yield row
        row.version += 1
        row.save()
