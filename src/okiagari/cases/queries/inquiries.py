"""Questions people ask, the answers our desks give, and how often they are asked.

Whoever talks to customers or the press reads the answers in use, and nothing of the case behind them.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet, Sum

from okiagari.cases.models import Answer, Inquiry
from okiagari.cases.reading import person_name, readable
from okiagari.cases.talks import AnswerInUse, AnswerView, HourCount, InquiryFigures, InquiryView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock

MOST = 500


def answers(subject: Subject, case_id: str) -> tuple[AnswerView, ...]:
    """What was drafted and approved in a case, with how often it was asked. Raises NOTHING_HERE."""
    row = readable(subject, case_id, "cases.inside")
    rows = list(row.answers.select_related("drafted_by", "approved_by").order_by("pk"))
    asked = _asked([each.pk for each in rows])
    return tuple(
        AnswerView(
            id=each.public_id,
            audience=each.audience,
            question=each.question,
            draft=each.draft,
            products=each.products,
            drafted_at=each.drafted_at,
            drafted_by=person_name(each.drafted_by),
            approved_question=each.approved_question,
            approved=each.approved,
            approved_hash=each.approved_hash,
            approved_at=each.approved_at,
            approved_by=person_name(each.approved_by),
            usable_from=each.usable_from,
            is_withdrawn=each.withdrawn_at is not None,
            has_new_draft=each.approved_at is None or each.drafted_at > each.approved_at,
            is_own=subject.person_id is not None and each.drafted_by_id == subject.person_id,
            asked=asked.get(each.pk, 0),
        )
        for each in rows
    )


def _asked(answers: list[int]) -> Mapping[int, int]:
    return _sums(Inquiry.objects.filter(answer_id__in=answers))


def _sums(rows: "QuerySet[Inquiry]") -> Mapping[int, int]:
    return {row["answer_id"]: row["asked"] for row in rows.values("answer_id").annotate(asked=Sum("count"))}


def answers_in_use(subject: Subject, *, text: str = "", audience: str = "") -> tuple[AnswerInUse, ...]:
    """The answers our desks may give now, the most asked of the last two days first.

    `text`: every word must stand in question, answer or products, in either language.
    """
    permits.require(subject, "cases.inquiries")
    now = clock.now()
    rows = Answer.objects.filter(usable_from__lte=now, withdrawn_at=None)
    if audience:
        rows = rows.filter(audience=audience)
    found = [row for row in rows.order_by("-usable_from", "pk")[:MOST] if _fits(row, text)]
    numbers = [row.pk for row in found]
    total = _asked(numbers)
    lately = Inquiry.objects.filter(answer_id__in=numbers, at__gte=now - timedelta(days=2))
    recent = {
        row["answer_id"]: row["asked"] for row in lately.values("answer_id").annotate(asked=Sum("count"))
    }
    found.sort(key=lambda row: -recent.get(row.pk, 0))
    return tuple(
        AnswerInUse(
            id=row.public_id,
            audience=row.audience,
            question=row.approved_question,
            answer=row.approved,
            products=row.products,
            usable_from=row.usable_from or now,
            asked=total.get(row.pk, 0),
            asked_lately=recent.get(row.pk, 0),
        )
        for row in found
    )


def _fits(row: Answer, text: str) -> bool:
    if not text.strip():
        return True
    words = [*row.approved_question.texts.values(), *row.approved.texts.values(), row.products]
    whole = _plain(" ".join(words))
    return all(word in whole for word in _plain(text).split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def new_inquiries(subject: Subject, *, audience: str = "") -> tuple[InquiryView, ...]:
    """What was asked that no answer fits, oldest first. What nobody has looked at yet."""
    permits.require(subject, "cases.inquiries")
    rows = Inquiry.objects.filter(answer=None, settled_at=None)
    if audience:
        rows = rows.filter(audience=audience)
    return tuple(_inquiry(row) for row in rows.select_related("by").order_by("at", "pk")[:MOST])


def inquiry(subject: Subject, inquiry_id: str) -> InquiryView:
    """One of them. Raises NOTHING_HERE."""
    permits.require(subject, "cases.inquiries")
    row = Inquiry.objects.select_related("by").filter(public_id=inquiry_id.strip().upper()).first()
    if row is None:
        raise permits.NOTHING_HERE()
    return _inquiry(row)


def _inquiry(row: Inquiry) -> InquiryView:
    return InquiryView(
        id=row.public_id,
        audience=row.audience,
        channel=row.channel,
        count=row.count,
        note=row.note,
        at=row.at,
        by=person_name(row.by),
        report=row.report,
        is_settled=row.settled_at is not None or row.answer_id is not None,
    )


def figures(subject: Subject, *, hours: int = 48, answer_id: str = "") -> InquiryFigures:
    """How many asked in each of the last hours, the peak and the total; of one answer or of all."""
    permits.require(subject, "cases.inquiries")
    end = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    begin = end - timedelta(hours=hours)
    rows = Inquiry.objects.filter(at__gte=begin, at__lt=end)
    every = Inquiry.objects.all()
    if answer_id:
        rows, every = rows.filter(answer__public_id=answer_id), every.filter(answer__public_id=answer_id)
    by_hour: defaultdict[datetime, Counter[str]] = defaultdict(Counter)
    for at, audience, count in rows.values_list("at", "audience", "count"):
        by_hour[at.replace(minute=0, second=0, microsecond=0)][audience] += count
    counted = tuple(
        HourCount(begin + timedelta(hours=each), dict(by_hour.get(begin + timedelta(hours=each), {})))
        for each in range(hours)
    )
    totals = every.aggregate(total=Sum("count"), last=Max("at"))
    return InquiryFigures(counted, totals["total"] or 0, totals["last"])
