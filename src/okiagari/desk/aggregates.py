"""The frame of every action: one transaction, the root locked first, who may, which version.

In: subject, verb, the root's class and public id, the version the caller has seen. Out: the locked
row, to change and save inside the block. The version counts up when the block ends well.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db.models import QuerySet

from okiagari.desk import permits
from okiagari.desk.models import Scoped
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ids, ledger
from okiagari.plumbing.readings import shared
from okiagari.problems import Kind, define, gettext_noop

STALE = define(
    "desk.stale",
    Kind.STALE,
    gettext_noop("Somebody else has changed this since you opened it."),
    gettext_noop("Load it again; your input is kept on this page until you do."),
)

T = TypeVar("T", bound=Scoped)
_held: ContextVar[frozenset[tuple[str, int]]] = ContextVar("okiagari_held_roots", default=frozenset())


@shared
def find(subject: Subject, model: type[T], public_id: str) -> T:
    """The row with this number, if the subject may know of it. Raises NOTHING_HERE."""
    return _first(_open(subject, model, public_id))


def find_for(subject: Subject, verb: str, model: type[T], public_id: str) -> T:
    """The row that an action looks at before it locks it, and says anything of it. Raises NOTHING_HERE.

    A token made for other rooms does not learn here that there is something to look at.
    """
    row = find(subject, model, public_id)
    permits.require_knowing(subject, verb, row.scope_id)
    return row


def _open(subject: Subject, model: type[T], public_id: str) -> "QuerySet[T]":
    return model._default_manager.filter(
        public_id=ids.folded(public_id), scope_id__in=permits.scopes(subject)
    )


def _first(found: "QuerySet[T]") -> T:
    row = found.first()
    if row is None:
        raise permits.NOTHING_HERE()
    return row


@contextmanager
def changing(
    subject: Subject, verb: str, model: type[T], public_id: str, *, version: int | None = None
) -> Iterator[T]:
    """Lock one root for a change. Raises NOTHING_HERE, NOT_YOURS, STALE."""
    with ledger.action():
        row = _first(_open(subject, model, public_id).select_for_update())
        permits.require(subject, verb, row.scope_id)
        if version is not None and row.version != version:
            raise STALE()
        with _holding(row):
            yield row
        row.version += 1
        row.save()


@contextmanager
def _holding(row: Scoped) -> Iterator[None]:
    """Nobody changes a root while it is being changed: the outer change would overwrite the inner one."""
    root = (row._meta.label, row.pk)
    held = _held.get()
    if root in held:
        raise RuntimeError(f"{root[0]} is changed within its own change")
    mark = _held.set(held | {root})
    try:
        yield
    finally:
        _held.reset(mark)
