"""One report with everything that hangs on it, as far as the reader may know it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from okiagari.cases.models import Communication
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.models import Person
from okiagari.desk.subjects import Subject
from okiagari.intake.models import Attachment, Message, Report
from okiagari.intake.queries.rows import _due, _links, _need, _zone
from okiagari.intake.queries.values import (
    AttachmentFile,
    AttachmentView,
    IdentityView,
    LetterToCopy,
    MessageView,
    ReportView,
    TimelineLine,
)
from okiagari.plumbing import files, ledger, mail
from okiagari.standards import deadlines
from okiagari.standards.localtext import LocalText
from okiagari.standards.mail.servers import is_address

OTHERS = ("duplicate_of", "original")
"""Facts that name another report."""
VERBS = ("intake.work", "intake.receive", "intake.erase", "intake.identity")


def report(subject: Subject, report_id: str) -> ReportView:
    """One report. Raises NOTHING_HERE."""
    row = _found(subject, report_id)
    original = row.duplicate_of
    return ReportView(
        id=row.public_id,
        version=row.version,
        source=row.source,
        reference=row.reference,
        kind=row.kind,
        state=row.state,
        verdict=row.verdict,
        reason=row.reason,
        need=_need(row),
        title=row.title,
        text=row.text,
        effect=row.effect,
        product_text=row.product_text,
        version_text=row.version_text,
        said_public=row.said_public,
        said_attacked=row.said_attacked,
        language=row.language,
        received_at=row.received_at,
        first_contact_at=row.first_contact_at,
        publication_due=_publication_due(row),
        wanted_publication=row.wanted_publication,
        acknowledge_due=_due(row),
        acknowledged_at=row.acknowledged_at,
        assessed_at=row.assessed_at,
        has_news=row.news_at is not None,
        answer=row.answer,
        entered_by=_name(row.entered_by),
        duplicate_of=original.public_id if original and permits.may_see(subject, original.scope_id) else "",
        cases=_links(subject, [row.pk]).get(row.pk, ()),
        attachments=_attachments(row),
        messages=_messages(row),
        has_identity=row.reporter is not None,
        has_receipt=row.receipt_hash is not None,
        may=_may(subject, row),
        claims=_claims(subject, row),
        has_address=row.reporter is not None and is_address(row.reporter.contact),
    )


def _found(subject: Subject, report_id: str) -> Report:
    row = find(subject, Report, report_id)
    permits.require(subject, "intake.read", row.scope_id)
    return Report.objects.select_related("reporter", "entered_by", "duplicate_of").get(pk=row.pk)


def _may(subject: Subject, row: Report) -> frozenset[str]:
    allowed = {verb for verb in VERBS[:3] if permits.may(subject, verb, row.scope_id)}
    if row.reporter is not None and permits.may(subject, "intake.identity", row.reporter.scope_id):
        allowed.add("intake.identity")
    elif "intake.erase" in allowed:
        allowed.discard("intake.erase")
    return frozenset(allowed)


def _publication_due(row: Report) -> datetime | None:
    """The 45 days of the partnership, as far as their start is known."""
    if row.source != "jpcert" or row.first_contact_at is None:
        return None
    anchors = {deadlines.Anchor.COORDINATOR_FIRST_CONTACT: row.first_contact_at}
    due = deadlines.compute(deadlines.JPCERT_PUBLICATION, deadlines.Situation(_zone(), anchors))
    return due.at if isinstance(due, deadlines.Due) else None


def _name(person: Person | None) -> LocalText | None:
    return None if person is None else person.name or LocalText.of(en=person.username)


def _attachments(row: Report) -> tuple[AttachmentView, ...]:
    return tuple(
        AttachmentView(
            each.public_id, each.name, each.content_type, each.blob.size, each.blob.sha256, each.received_at
        )
        for each in row.attachments.select_related("blob").order_by("received_at", "pk")
    )


def _messages(row: Report) -> tuple[MessageView, ...]:
    found: list[Message] = list(row.messages.select_related("by").order_by("at", "pk"))
    letters = mail.deliveries(each.letter for each in found)
    return tuple(
        MessageView(
            each.direction,
            each.text,
            each.at,
            _name(each.by),
            letter=each.letter,
            delivery=letters[each.letter].state if each.letter in letters else "",
            error=letters[each.letter].error if each.letter in letters else "",
            is_automatic=each.is_automatic,
        )
        for each in found
    )


def letter_to_copy(subject: Subject, report_id: str, letter: str) -> LetterToCopy:
    """An answer as it is to be copied, opening and all; its address for whoever may know who reported.

    Raises NOTHING_HERE.
    """
    row = _found(subject, report_id)
    kept = mail.by_hand(letter) if row.messages.filter(letter=letter).exclude(letter="").exists() else None
    if kept is None:
        raise permits.NOTHING_HERE()
    known = identity(subject, report_id)
    return LetterToCopy(kept.subject, kept.text, known.contact if known else "")


def _claims(subject: Subject, row: Report) -> str:
    """The conversation it claims to belong to, where the reader may know of it."""
    scopes = permits.scopes(subject)
    if row.claims.startswith("REP"):
        known = Report.objects.filter(public_id=row.claims, scope_id__in=scopes).exists()
    else:
        known = Communication.objects.filter(public_id=row.claims, scope_id__in=scopes).exists()
    return row.claims if row.claims and known else ""


def identity(subject: Subject, report_id: str) -> IdentityView | None:
    """Who reported. None where nobody is named and, no different, where the subject may not know."""
    row = _found(subject, report_id).reporter
    if row is None or not permits.may(subject, "intake.identity", row.scope_id):
        return None
    return IdentityView(
        name=row.name,
        contact=row.contact,
        affiliation=row.affiliation,
        credit_name=row.credit_name,
        consents_to_credit=row.consents_to_credit,
        language=row.language,
        erased_at=row.erased_at,
    )


def attachment(subject: Subject, report_id: str, attachment_id: str) -> AttachmentFile:
    """One file out of the quarantine. Raises NOTHING_HERE."""
    row = _found(subject, report_id)
    found: Attachment | None = row.attachments.select_related("blob").filter(public_id=attachment_id).first()
    if found is None:
        raise permits.NOTHING_HERE()
    return AttachmentFile(found.name, files.read(found.blob.sha256))


def timeline(subject: Subject, report_id: str, limit: int = 200) -> tuple[TimelineLine, ...]:
    """What happened to it, newest first; who reported only for those who may know."""
    row = _found(subject, report_id)
    streams = [("report", row.public_id)]
    if row.reporter is not None and permits.may(subject, "intake.identity", row.reporter.scope_id):
        streams.append(("reporter", row.public_id))
    lines = ledger.entries(streams, limit=limit)
    people = Person.objects.filter(username__in={each.subject_key for each in lines})
    known = _known(subject, lines)
    names = {person.username: _name(person) for person in people}
    return tuple(
        TimelineLine(
            seq=each.seq,
            at=each.at,
            who=each.subject_key,
            name=names.get(each.subject_key),
            door=each.door,
            verb=each.verb,
            facts=_told(each.facts, known),
            is_erased=each.is_erased,
        )
        for each in lines
    )


def _known(subject: Subject, lines: Iterable[ledger.Entry]) -> frozenset[str]:
    """The other reports named in these lines that the reader may see."""
    named = {str(each.facts.get(name) or "") for each in lines for name in OTHERS}
    found = Report.objects.filter(public_id__in=named, scope_id__in=permits.scopes(subject))
    return frozenset(found.values_list("public_id", flat=True))


def _told(facts: Mapping[str, object], known: frozenset[str]) -> dict[str, object]:
    """Facts without the case and without other reports the reader may not know of."""
    return {
        name: value
        for name, value in facts.items()
        if name != "case" and (name not in OTHERS or value in known)
    }
