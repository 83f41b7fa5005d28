"""Verbs of the product security specification: a new version of an item, or the end of one. Both say why.

It belongs to the whole house: everybody inside reads it, so a reason tells nothing of a case under embargo.
Which promise led to a change is shown only to those who may see its case.
"""

from collections.abc import Sequence

from django.db import IntegrityError

from okiagari.desk import permits
from okiagari.desk.aggregates import STALE
from okiagari.desk.subjects import Subject
from okiagari.learn import shipped
from okiagari.learn.actions.lessons import action_named
from okiagari.learn.models import LessonAction, SpecItem, SpecVersion
from okiagari.learn.rules import (
    NO_REASON,
    NO_WORDS,
    NOT_IN_FORCE,
    NOT_ON_SPECIFICATION,
    SPEC_KEY,
    WRONG_KEY,
)
from okiagari.plumbing import clock, ledger
from okiagari.standards.localtext import LocalText


def put_spec_item(
    subject: Subject,
    key: str,
    *,
    title: LocalText,
    text: LocalText,
    reason: str,
    references: Sequence[str] = (),
    because: str = "",
    version: int | None = None,
) -> int:
    """Put an item in force as its next version. `because`: the promise that led to it. Returns the version.
    Raises WRONG_KEY, NO_WORDS, NO_REASON, NOT_ON_SPECIFICATION, STALE."""
    permits.require(subject, "learn.specify")
    if not SPEC_KEY.fullmatch(key):
        raise WRONG_KEY(key=key[:60]).at("key")
    for field, words in (("title", title), ("text", text)):
        if not words:
            raise NO_WORDS().at(field)
    made = SpecVersion(
        title=title, text=text, references=[each.strip() for each in references if each.strip()]
    )
    return _add(subject, key, made, verb="learn.spec_changed", why=(reason, because), seen=version)


def withdraw_spec_item(
    subject: Subject, key: str, *, reason: str, because: str = "", version: int | None = None
) -> int:
    """An item no longer counts; its history stays. Raises NOTHING_HERE, NOT_IN_FORCE, NO_REASON, STALE."""
    permits.require(subject, "learn.specify")
    newest = SpecVersion.objects.filter(item__key=key).order_by("-version").first()
    given = shipped.item(key)
    if newest is None and given is None:
        raise permits.NOTHING_HERE()
    if newest is not None and not newest.is_in_force:
        raise NOT_IN_FORCE()
    made = SpecVersion(is_in_force=False)
    for name in ("title", "text", "references"):
        setattr(made, name, getattr(newest or given, name))
    made.references = list(made.references)
    return _add(subject, key, made, verb="learn.spec_withdrawn", why=(reason, because), seen=version)


def _add(
    subject: Subject, key: str, made: SpecVersion, *, verb: str, why: tuple[str, str], seen: int | None
) -> int:
    reason, because = why
    if not reason.strip():
        raise NO_REASON().at("reason")
    promise = _promise(subject, because)
    try:
        with ledger.action():
            item, _ = SpecItem.objects.select_for_update().get_or_create(key=key)
            found = SpecVersion.objects.filter(item=item).order_by("-version").first()
            newest = found.version if found else 0
            if seen is not None and seen != newest:
                raise STALE()
            made.item, made.version, made.because = item, newest + 1, promise
            made.reason, made.at, made.by_id = reason.strip(), clock.now(), subject.person_id
            made.save()
            facts = {
                "item": key,
                "version": made.version,
                "title": made.title.to_json(),
                "reason": made.reason,
                "because": promise.public_id if promise else "",
            }
            ledger.append(("specification", key), subject=subject, verb=verb, facts=facts)
    except IntegrityError:  # two people changed the same item at once
        raise STALE() from None
    return made.version


def _promise(subject: Subject, action_id: str) -> LessonAction | None:
    if not action_id:
        return None
    found = action_named(subject, action_id)
    if found.lesson.area != "specification":
        raise NOT_ON_SPECIFICATION(action=found.public_id).at("because")
    return found
