"""Inquiries of customers and the press: the answer our desks give, who approved it, how often it was asked.

An answer is drafted in the case and approved by somebody else; from then on the desks that talk to people
read it, without learning of the case. An inquiry is recorded with a word and a number.
"""

import hashlib
import json
from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.actions.frame import changing_child, changing_open, write_line
from okiagari.cases.models import Answer, Inquiry
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ids, ledger
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

NOT_APPROVED = define(
    "cases.answer_not_approved",
    Kind.CONFLICT,
    gettext_noop("This answer is not approved, or withdrawn."),
    gettext_noop("Have it approved first; until then record the inquiry without it."),
)
ALREADY_SETTLED = define(
    "cases.inquiry_settled",
    Kind.CONFLICT,
    gettext_noop("Somebody has already taken care of this inquiry."),
    gettext_noop("Load the page again to see what became of it."),
)


def draft_answer(
    subject: Subject,
    case_id: str,
    *,
    question: LocalText,
    answer: LocalText,
    audience: str = "customer",
    products: str = "",
    answer_id: str | None = None,
) -> str:
    """Write a question people ask and what we say, or a new draft of it (`answer_id`). What is approved stays
    in use until the new draft is. Returns its number. Raises AUDIENCE_UNKNOWN, TWO_TEXTS, GAPS_LEFT."""
    rules.check_inquiry(audience, "phone", 1)
    if not question or set(question.texts) != set(answer.texts):
        raise rules.TWO_TEXTS().at("answer")
    for text in answer.texts.values():
        rules.check_filled(text)
    with changing_open(subject, "cases.note", case_id) as case:
        row = case.answers.filter(public_id=ids.folded(answer_id)).first() if answer_id else None
        if answer_id and row is None:
            raise permits.NOTHING_HERE()
        row = row or Answer(case=case, scope_id=case.scope_id)
        row.audience, row.question, row.draft = audience, question, answer
        row.products = " ".join(products.split())[:300]
        row.drafted_at, row.drafted_by_id = clock.now(), subject.person_id
        row.save()
        write_line(
            case,
            subject,
            "answer_drafted",
            answer=row.public_id,
            question=dict(question.texts),
            audience=audience,
        )
    return row.public_id


def approve_answer(subject: Subject, answer_id: str, *, usable_from: datetime | None = None) -> None:
    """Approve the draft as it stands; from `usable_from` (now, if nothing is said) the desks use it.

    Raises NOT_SOMEBODY_ELSES for whoever wrote it.
    """
    with changing_child(subject, "cases.approve_answer", Answer, answer_id) as (case, row):
        if row.drafted_by_id == subject.person_id and subject.person_id is not None:
            raise rules.NOT_SOMEBODY_ELSES()
        row.approved_question, row.approved, row.approved_at = row.question, row.draft, clock.now()
        row.approved_hash, row.approved_by_id = text_hash(row), subject.person_id
        row.usable_from, row.withdrawn_at = usable_from or clock.now(), None
        row.save()
        write_line(
            case,
            subject,
            "answer_approved",
            answer=row.public_id,
            question=dict(row.question.texts),
            usable_from=row.usable_from,
            sha256=row.approved_hash,
        )


def text_hash(row: Answer) -> str:
    """The hash of what is approved: question and answer in every language."""
    told = json.dumps([row.question.to_json(), row.draft.to_json()], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def withdraw_answer(subject: Subject, answer_id: str, *, reason: str) -> None:
    """Take an answer out of use. Raises REASON_NEEDED, NOT_APPROVED."""
    with changing_child(subject, "cases.approve_answer", Answer, answer_id) as (case, row):
        if not reason.strip():
            raise rules.REASON_NEEDED().at("reason")
        if row.approved_at is None or row.withdrawn_at is not None:
            raise NOT_APPROVED()
        row.withdrawn_at = clock.now()
        row.save()
        write_line(
            case,
            subject,
            "answer_withdrawn",
            answer=row.public_id,
            question=dict(row.question.texts),
            reason=reason.strip(),
        )


def take_inquiry(
    subject: Subject,
    *,
    answer_id: str | None = None,
    audience: str = "customer",
    channel: str = "phone",
    count: int = 1,
    note: str = "",
    at: datetime | None = None,
) -> str:
    """Record that somebody asked: to an answer in use, or something new, which `note` says. Returns a number.

    Raises COUNT_WRONG, NOTE_NEEDED, NOT_APPROVED, and as `rules.check_inquiry`.
    """
    permits.require(subject, "cases.inquiries")
    rules.check_inquiry(audience, channel, count)
    answer = usable(answer_id) if answer_id else None
    if answer is None and not note.strip():
        raise rules.NOTE_NEEDED().at("note")
    with ledger.action():
        row = Inquiry.objects.create(
            answer=answer,
            audience=audience,
            channel=channel,
            count=count,
            note=note.strip()[:5000],
            at=at or clock.now(),
            by_id=subject.person_id,
        )
        facts: dict[str, object] = {
            "inquiry": row.public_id,
            "audience": audience,
            "channel": channel,
            "count": count,
        }
        if answer:
            facts["answer"] = answer.public_id
        _line(subject, row, "inquiry_taken", facts)
    return row.public_id


def usable(answer_id: str) -> Answer:
    """An answer that the desks may give now, whoever knows of its case. Raises NOTHING_HERE."""
    row = Answer.objects.filter(
        public_id=ids.folded(answer_id), usable_from__lte=clock.now(), withdrawn_at=None
    ).first()
    if row is None:
        raise permits.NOTHING_HERE()
    return row


def settle_inquiry(
    subject: Subject, inquiry_id: str, *, answer_id: str | None = None, report: str = "", reason: str = ""
) -> None:
    """Say what became of a new inquiry: it is asked often (`answer_id`), a report, or nothing (`reason`).

    Raises NOTHING_HERE, ALREADY_SETTLED, REASON_NEEDED.
    """
    permits.require(subject, "cases.inquiries")
    with ledger.action():
        row = Inquiry.objects.select_for_update().filter(public_id=ids.folded(inquiry_id)).first()
        if row is None:
            raise permits.NOTHING_HERE()
        if row.answer_id is not None or row.settled_at is not None:
            raise ALREADY_SETTLED()
        if not (answer_id or report or reason.strip()):
            raise rules.REASON_NEEDED().at("reason")
        row.answer = usable(answer_id) if answer_id else None
        row.report, row.settled_at = report, clock.now()
        row.save()
        facts: dict[str, object] = {"inquiry": row.public_id, "reason": reason.strip()}
        ledger.append(
            ("inquiries", row.public_id), subject=subject, verb="cases.inquiry_settled", facts=facts
        )


def _line(subject: Subject, row: Inquiry, verb: str, facts: dict[str, object]) -> None:
    ledger.append(("inquiries", row.public_id), subject=subject, verb=f"cases.{verb}", facts=facts)
