"""Telling that an advisory was published before it came here: of a draft that never went out from here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from okiagari.desk.subjects import Subject
from okiagari.disclose import access, problems
from okiagari.disclose.actions.drafting import check_open, sign
from okiagari.disclose.models import EarlierEdition
from okiagari.disclose.rules import history
from okiagari.disclose.telling import tell
from okiagari.plumbing import clock
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class Earlier:
    """One edition as its document tells it."""

    number: str
    at: datetime
    summary: LocalText


def continue_history(subject: Subject, advisory_id: str, *, editions: Sequence[Earlier]) -> int:
    """Keep the editions that went out elsewhere, the oldest first. Returns how many are told from now on.

    Drafts, numbers that do not go on counting and what lies in the future are left out. Raises HAS_HISTORY.
    """
    now = clock.now()
    past = sorted((each for each in editions if each.at <= now), key=lambda each: each.at)
    kept = [past[place] for place in history.told([each.number for each in past])]
    with access.changing(subject, "disclose.draft", advisory_id) as advisory:
        check_open(advisory)
        if advisory.earlier.exists() or advisory.publications.filter(number__isnull=False).exists():
            raise problems.HAS_HISTORY()
        EarlierEdition.objects.bulk_create(
            EarlierEdition(
                advisory=advisory,
                position=position,
                number=each.number,
                at=each.at,
                summary=each.summary,
                languages=list(each.summary.texts) or list(advisory.languages),
            )
            for position, each in enumerate(kept, 1)
        )
        sign(subject, advisory)
        if kept:
            tell(
                subject,
                advisory,
                "continued",
                count=len(kept),
                number=kept[-1].number,
                at=kept[-1].at,
            )
    return len(kept)


def translate_history(
    subject: Subject, advisory_id: str, *, language: str, summaries: Mapping[str, str]
) -> None:
    """What each earlier edition changed, by its number, in one more language. It goes out with the next."""
    with access.changing(subject, "disclose.draft", advisory_id) as advisory:
        check_open(advisory)
        changed = []
        for row in advisory.earlier.order_by("position"):
            if summaries.get(row.number):
                texts = {**row.summary.texts, language: summaries[row.number]}
                row.summary = LocalText(texts, row.summary.source)
                row.languages = list(dict.fromkeys([*row.languages, language]))
                changed.append(row)
        EarlierEdition.objects.bulk_update(changed, ["summary", "languages"])
        if changed:
            tell(subject, advisory, "history_translated", languages=[language])
