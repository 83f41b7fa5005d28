"""The first word of the loop: "we are investigating", as short as it is true, ready for one approver.

In: a case, at any step. Out: an advisory with the facts known so far, submitted. What is not decided yet is
said to be under investigation; nothing is guessed. The approver's yes publishes it: one step.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, override

from okiagari.cases import queries as cases
from okiagari.cases.values import CaseView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import access, embargo, gather
from okiagari.disclose.actions.approving import submit
from okiagari.disclose.actions.drafting import draft, write
from okiagari.disclose.models import Advisory
from okiagari.disclose.rules.progress import Progress, progress
from okiagari.plumbing import clock, ids, ledger
from okiagari.plumbing.wording import house_language
from okiagari.problems import gettext_noop
from okiagari.standards.localtext import LANGUAGES, LocalText

NO_TEXT = LocalText()
TITLE = gettext_noop("%(subject)s: our investigation and status")
ABOUT = gettext_noop("We know of “%(subject)s” and are investigating which of our products it concerns.")
KNOWN = gettext_noop(
    "So far %(decided)s of %(total)s products are decided, %(affected)s of them affected; the others are"
    " still under investigation."
)
WILL_UPDATE = gettext_noop("This page is updated as soon as we know more.")
FIRST_WORD = gettext_noop("First statement: what is not known yet follows in the next edition.")


def investigating(
    subject: Subject,
    case_id: str,
    *,
    title: LocalText = NO_TEXT,
    summary: LocalText = NO_TEXT,
    next_update: str = "",
    reason: str = "",
    languages: Sequence[str] = LANGUAGES,
) -> str:
    """Draft "we are investigating" from the facts and submit it; approving it publishes it.

    `title` and `summary` replace the words made from the facts. `reason`: why no embargo holds it back.
    An advisory of the case that is not public yet is used, else a new one is made. Returns its number.
    """
    permits.require(subject, "disclose.draft")
    view = cases.case(subject, case_id)
    with ledger.action():
        advisory_id = _draft_of(subject, case_id) or draft(
            subject, cases=[case_id], title=title or _title(_subject_of(view)), languages=languages
        )
        row = access.seen(subject, advisory_id)
        if not reason.strip():
            embargo.check(row, clock.now())
        course = progress(gather.draw(row).whole)
        words: dict[str, Any] = {"summary": summary or _summary(_subject_of(view), course)}
        if title:
            words["title"] = title
        phase = "" if course.total else "investigating"
        write(subject, advisory_id, phase=phase, next_update=next_update, **words)
        with house_language():
            why = reason.strip() or gettext(FIRST_WORD)
        submit(subject, advisory_id, reason=why)
        Advisory.objects.filter(pk=row.pk).update(publishes_on_approval=True, publish_reason=reason.strip())
    return advisory_id


def _draft_of(subject: Subject, case_id: str) -> str:
    """An advisory of this case alone that nobody has read in public yet."""
    mine = access.visible(subject).filter(
        cases__case__public_id=ids.folded(case_id), state="draft", kind="vulnerability"
    )
    for row in mine.exclude(publications__state="published").order_by("-pk"):
        if row.cases.count() == 1:
            return str(row.public_id)
    return ""


def _subject_of(view: CaseView) -> LocalText:
    """What the public may call it: the flaw's name, else the title of the case."""
    flaws = [each.title for each in view.vulnerabilities if not each.is_withdrawn]
    return flaws[0] if len(flaws) == 1 else view.title


def _title(about: LocalText) -> LocalText:
    return _in_both(lambda language: gettext(TITLE) % {"subject": about.best(language)})


def _summary(about: LocalText, course: Progress) -> LocalText:
    facts: Mapping[str, object] = {
        "decided": course.decided,
        "total": course.total,
        "affected": course.affected,
    }

    def said(language: str) -> str:
        parts = [gettext(ABOUT) % {"subject": about.best(language)}]
        if course.decided:
            parts.append(gettext(KNOWN) % facts)
        return " ".join([*parts, gettext(WILL_UPDATE)])

    return _in_both(said)


def _in_both(say: Callable[[str], str]) -> LocalText:
    texts = {}
    for language in LANGUAGES:
        with override(language):
            texts[language] = say(language)
    return LocalText(texts, "ja")
