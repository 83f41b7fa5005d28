"""What the holder of a receipt reads. In: the secret of the link. Out: a `StatusView`, or None.

Never a case, a decision on a product, a colleague's name, a verdict or anything under embargo: only how
far the report is, what was said to and by the reporter, and what the reporter sent.
"""

from zoneinfo import ZoneInfo

from django.conf import settings

from okiagari.desk.subjects import Subject
from okiagari.intake.actions.spooling import hashed
from okiagari.intake.models import Report, Spooled
from okiagari.intake.queries.values import AttachmentView, MessageView, StatusView
from okiagari.intake.rules import states
from okiagari.standards.localtext import LocalText


def status(subject: Subject, secret: str) -> StatusView | None:
    """The report behind a receipt's secret. The secret is the whole permission, whoever asks."""
    known = hashed(secret)
    report = Report.objects.filter(receipt_hash=known).first()
    if report is not None:
        return _of_report(report, known)
    spooled = Spooled.objects.filter(receipt_hash=known, kind="report").first()
    return None if spooled is None else _of_spool(spooled)


def _of_spool(spooled: Spooled) -> StatusView:
    """Not absorbed yet: the reporter notices no difference."""
    body = spooled.body or {}
    return StatusView(
        number=spooled.number,
        stage="received",
        received_at=spooled.received_at,
        answer_by=states.acknowledge_due(spooled.received_at, ZoneInfo(settings.TIME_ZONE)),
        product=str(body.get("product", "")),
        problem=str(body.get("problem", "")),
        language=str(body.get("language", "ja")),
        messages=_waiting(spooled.receipt_hash or ""),
        files=tuple(
            AttachmentView(
                "", file.name, file.content_type, file.blob.size, file.blob.sha256, spooled.received_at
            )
            for file in spooled.files.select_related("blob").order_by("pk")
        ),
    )


def _of_report(report: Report, known: str) -> StatusView:
    due = states.acknowledge_due(report.received_at, ZoneInfo(settings.TIME_ZONE))
    said = report.messages.order_by("at", "pk")
    messages = tuple(MessageView(each.direction, each.text, each.at, None) for each in said)
    return StatusView(
        number=report.public_id,
        stage=_stage(report),
        received_at=report.received_at,
        answer_by=due if report.acknowledged_at is None and report.state != "closed" else None,
        product=" ".join(filter(None, (report.product_text, report.version_text))),
        problem=report.text,
        language=report.language,
        messages=(*messages, *_waiting(known)),
        files=tuple(
            AttachmentView(
                "", each.name, each.content_type, each.blob.size, each.blob.sha256, each.received_at
            )
            for each in report.attachments.select_related("blob").order_by("received_at", "pk")
        ),
    )


def _waiting(known: str) -> tuple[MessageView, ...]:
    """What the reporter added and no job has absorbed yet."""
    left = Spooled.objects.filter(follows=known, kind="message", absorbed_at=None).order_by(
        "received_at", "pk"
    )
    return tuple(
        MessageView(
            "in", LocalText({str(row.body["language"]): str(row.body["message"])}), row.received_at, None
        )
        for row in left.order_by("received_at", "pk")
    )


def _stage(report: Report) -> str:
    """received, read or finished: no more than the reporter was told in any case."""
    if report.state == "closed":
        return "finished"
    return "received" if report.acknowledged_at is None else "read"
