"""The frame of this room's actions: the case locked, its line written, its children found."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from django.conf import settings
from django.db import models

from okiagari.cases import rules
from okiagari.cases.models import Case, Communication, Part
from okiagari.desk import permits
from okiagari.desk.aggregates import changing, find_for
from okiagari.desk.models import Organisation
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ids, ledger
from okiagari.plumbing.wording import in_every_language
from okiagari.problems import Kind, define, gettext_noop

NO_SUCH_ORGANISATION = define(
    "cases.no_such_organisation",
    Kind.INVALID,
    gettext_noop("There is no organisation “%(organisation)s”."),
    gettext_noop("Write its name instead, or have it added to the directory first."),
)


__all__ = [
    "NO_SUCH_ORGANISATION",
    "changing_child",
    "changing_open",
    "check_open",
    "child",
    "in_every_language",
    "organisation_named",
    "write_line",
    "zone",
]
T = TypeVar("T", bound=models.Model)


def child(subject: Subject, model: type[T], public_id: str) -> T:
    """The row with this number, if the subject may know of its case. Raises NOTHING_HERE."""
    rows = model._default_manager.select_related("case")
    row = rows.filter(public_id=ids.folded(public_id), scope_id__in=permits.scopes(subject)).first()
    if row is None:
        raise permits.NOTHING_HERE()
    return row


@contextmanager
def changing_child(
    subject: Subject,
    verb: str,
    model: type[T],
    public_id: str,
    *,
    version: int | None = None,
    even_closed: bool = False,
) -> Iterator[tuple[Case, T]]:
    """Lock the case, or the part the child lies in, then read the child under the lock.

    `version` is that of the case; a part has its own, which pages do not carry. Raises as `changing` does,
    and CLOSED unless what is owed stays owed (`even_closed`).
    """
    seen = child(subject, model, public_id)
    case, scope_id = seen.case, seen.scope_id  # type: ignore[attr-defined]
    part = None if scope_id == case.scope_id else Part.objects.get(scope_id=scope_id)
    with _locked(subject, verb, case.public_id, part, version) as held:
        if not even_closed:
            check_open(held)
        yield held, model._default_manager.get(pk=seen.pk)


@contextmanager
def changing_open(
    subject: Subject, verb: str, case_id: str, *, version: int | None = None, part: str = ""
) -> Iterator[Case]:
    """Lock an open case, or one part of it, for a change. Raises as `changing` does, NO_SUCH_PART, CLOSED."""
    with changing_any(subject, verb, case_id, version=version, part=part) as case:
        check_open(case)
        yield case


@contextmanager
def changing_any(
    subject: Subject, verb: str, case_id: str, *, version: int | None = None, part: str = ""
) -> Iterator[Case]:
    """The same for a case that may be closed."""
    named = part_named(subject, find_for(subject, verb, Case, case_id), part) if part else None
    with _locked(subject, verb, case_id, named, version) as case:
        yield case


@contextmanager
def _locked(
    subject: Subject, verb: str, case_id: str, part: Part | None, version: int | None
) -> Iterator[Case]:
    if part is None:
        with changing(subject, verb, Case, case_id, version=version) as case:
            yield case
        return
    with changing(subject, verb, Part, part.public_id) as held:
        case = held.case
        case.here = held
        yield case


def part_named(subject: Subject, case: Case, key: str) -> Part:
    """The part of this name that the subject may know of. Raises NO_SUCH_PART."""
    found = case.parts.filter(key=key, scope_id__in=permits.scopes(subject)).first()
    if found is None:
        raise rules.NO_SUCH_PART(part=key).at("part")
    return found


def part_of(subject: Subject, message_id: str | None) -> str:
    """The part of the case that a message lies in, or "". Raises NOTHING_HERE."""
    if not message_id:
        return ""
    seen = child(subject, Communication, message_id)
    own = Part.objects.filter(scope_id=seen.scope_id).values_list("key", flat=True).first()
    return own or ""


def check_open(case: Case) -> None:
    if case.closed_at is not None:
        raise rules.CLOSED()


def write_line(case: Case, subject: Subject, verb: str, /, **facts: object) -> None:
    """The one line of an action: on the stream of the part it stands in, else on the case's own.

    A part's stream is its own so that neither its lines nor gaps between the others are seen. Absent facts
    are left out.
    """
    said: Mapping[str, object] = {name: value for name, value in facts.items() if value not in (None, "")}
    stream = ("part", case.here.public_id) if case.here else ("case", case.public_id)
    ledger.append(stream, subject=subject, verb=f"cases.{verb}", facts=said, scope=case.here_scope_id)


def organisation_named(key: str | None) -> Organisation | None:
    """Raises NO_SUCH_ORGANISATION."""
    if not key:
        return None
    found = Organisation.objects.filter(key=key).first()
    if found is None:
        raise NO_SUCH_ORGANISATION(organisation=key).at("organisation")
    return found


def zone() -> str:
    """The maker's own zone: whole days end there unless a rule says otherwise."""
    return str(settings.TIME_ZONE)
