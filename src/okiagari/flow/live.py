"""What somebody else did to the thing one is looking at, and who else is looking: read while a page is open.

Only for those who may see the thing and read it from inside. Nothing is written; who looks is kept in memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.models import Person
from okiagari.desk.subjects import Subject
from okiagari.disclose import access
from okiagari.flow import telling
from okiagari.intake.models import Report
from okiagari.plumbing import ids, ledger, presence
from okiagari.plumbing.models import Stream
from okiagari.standards.localtext import LocalText

READING = {"case": "cases.inside", "report": "intake.read", "advisory": "cases.inside"}
MOST = 30


@dataclass(frozen=True)
class Sight:
    """How far a thing's stream has come, and who else looks at it."""

    length: int
    others: tuple[str, ...]


@dataclass(frozen=True)
class NewsView:
    """Something another did since one opened the page."""

    at: datetime
    who: LocalText
    what: str


def sight(subject: Subject, kind: str, key: str) -> Sight:
    """One indexed query. Raises NOTHING_HERE for what one may not see or cannot watch."""
    if kind not in READING or not permits.may(subject, READING[kind]):
        raise permits.NOTHING_HERE()
    number = ids.folded(key)
    stream = Stream.objects.filter(kind=kind, key=OuterRef("public_id")).values("length")[:1]
    watched: dict[str, QuerySet[Any]] = {
        "case": Case.objects.filter(permits.opens(subject, "scope_id")),
        "report": Report.objects.filter(permits.opens(subject, "scope_id")),
        "advisory": access.visible(subject),
    }
    rows = watched[kind].filter(public_id=number)
    length = rows.annotate(length=Subquery(stream)).values_list("length", flat=True).first()
    if length is None:
        raise permits.NOTHING_HERE()
    return Sight(length, presence.look((kind, number), subject.key))


def news(subject: Subject, kind: str, key: str, since: datetime) -> tuple[NewsView, ...]:
    """What others did since then, the newest first, in the reader's language. Ask `sight` before."""
    lines = [
        line
        for line in ledger.entries([(kind, ids.folded(key))], limit=MOST)
        if line.at > since and line.subject_key != subject.key
    ]
    names = called([line.subject_key for line in lines])
    return tuple(
        NewsView(
            line.at,
            names.get(line.subject_key, LocalText.of(en=line.subject_key)),
            telling.sentence(line.verb, _told(kind, line.facts), is_erased=line.is_erased),
        )
        for line in lines
    )


def _told(kind: str, facts: Mapping[str, object]) -> dict[str, object]:
    """A report does not tell of the case it led to, nor a case of another one or why, which may name it."""
    hidden = {"case", "cases"} if kind == "report" else {"other_case"}
    if "other_case" in facts:
        hidden.add("reason")
    return {name: value for name, value in facts.items() if name not in hidden}


def called(usernames: Sequence[str]) -> dict[str, LocalText]:
    """Names of people who are known to be here already."""
    return dict(Person.objects.filter(username__in=usernames).values_list("username", "name"))
