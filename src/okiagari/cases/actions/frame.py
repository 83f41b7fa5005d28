"""The frame of this room's actions: the case locked, its line written, its children found."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, override

from okiagari.cases import rules
from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import changing
from okiagari.desk.models import Organisation
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ids, ledger
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LANGUAGES, LocalText

NO_SUCH_ORGANISATION = define(
    "cases.no_such_organisation",
    Kind.INVALID,
    gettext_noop("There is no organisation “%(organisation)s”."),
    gettext_noop("Write its name instead, or have it added to the directory first."),
)


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
    subject: Subject, verb: str, model: type[T], public_id: str, *, version: int | None = None
) -> Iterator[tuple[Case, T]]:
    """Lock the case, then read the child under the lock. Raises as `changing` does, and CLOSED."""
    seen = child(subject, model, public_id)
    with changing(subject, verb, Case, seen.case.public_id, version=version) as case:  # type: ignore[attr-defined]
        check_open(case)
        yield case, model._default_manager.get(pk=seen.pk)


@contextmanager
def changing_open(subject: Subject, verb: str, case_id: str, *, version: int | None = None) -> Iterator[Case]:
    """Lock an open case for a change. Raises as `changing` does, and CLOSED."""
    with changing(subject, verb, Case, case_id, version=version) as case:
        check_open(case)
        yield case


def check_open(case: Case) -> None:
    if case.closed_at is not None:
        raise rules.CLOSED()


def write_line(case: Case, subject: Subject, verb: str, /, **facts: object) -> None:
    """The one line of an action, on the case's stream. Absent facts are left out."""
    said: Mapping[str, object] = {name: value for name, value in facts.items() if value not in (None, "")}
    ledger.append(
        ("case", case.public_id), subject=subject, verb=f"cases.{verb}", facts=said, scope=case.scope_id
    )


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


def in_every_language(text: str) -> LocalText:
    """A text that the system itself writes, in the words of every language."""
    texts = {}
    for language in LANGUAGES:
        with override(language):
            texts[language] = gettext(text)
    return LocalText(texts, "en")
