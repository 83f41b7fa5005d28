"""What strangers send: first into the spool, whole and at once, then absorbed into reports.

The spool has no key into any case table, so a door that faces the Internet can run apart from the desk.
Absorbing is a job, tried again until it works, and tried at once after the transaction; doing it twice
does nothing. The secret of a receipt is made from the form's one-time token and its content: the same
form sent twice gets the same receipt, and only a hash of it is kept.
"""

import base64
import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial

from django.db import transaction
from django.utils.crypto import salted_hmac

from okiagari.desk import permits
from okiagari.desk.subjects import PUBLIC, Door, Subject
from okiagari.intake.actions import filing
from okiagari.intake.actions.quarantine import Kept, UploadedPart, blobs, quarantine_all
from okiagari.intake.actions.reporters import ReporterData
from okiagari.intake.models import Report, Spooled, SpooledFile
from okiagari.intake.rules import submission as rules
from okiagari.plumbing import clock, ids, jobs, ledger
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

log = logging.getLogger("okiagari.intake")
ABSORB = "intake.absorb"
NO_SUCH_RECEIPT = define(
    "intake.no_such_receipt",
    Kind.NOT_FOUND,
    gettext_noop("There is no report behind this link."),
    gettext_noop("Check that the link is complete: it ends with a slash after 43 letters and digits."),
)
Part = UploadedPart | Kept


@dataclass(frozen=True)
class Receipt:
    """What the reporter keeps. `secret` opens the status page and is nowhere else."""

    number: str
    secret: str


def hashed(secret: str) -> str:
    """What is kept of a receipt's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _secret(once: str, content: Mapping[str, object], files: Sequence[Kept]) -> str:
    told = json.dumps([once or ids.secret(), content, [asdict(file) for file in files]], sort_keys=True)
    code = salted_hmac("okiagari.intake.receipt", told, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(code).decode().rstrip("=")


def spool(
    subject: Subject, body: Mapping[str, object], files: Sequence[Part] = (), *, once: str = ""
) -> Receipt:
    """Take a report in. `once` is the token of the form, or an idempotency key; the same again does nothing.

    Raises what `rules.submission` raises, TOO_MANY_FILES, FILE_TOO_LARGE.
    """
    permits.require(subject, "intake.submit")
    told = rules.submission(body)
    kept = quarantine_all(files)
    secret = _secret(once, told.body(), kept)
    number = _into_spool(subject, receipt=hashed(secret), body=told.body(), files=kept)
    return Receipt(number, secret)


def add_message(
    subject: Subject, secret: str, body: Mapping[str, object], files: Sequence[Part] = (), *, once: str = ""
) -> None:
    """Take in what a reporter adds to a report of theirs. Raises NO_SUCH_RECEIPT and what `spool` raises."""
    permits.require(subject, "intake.submit")
    follows = hashed(secret)
    if not Spooled.objects.filter(receipt_hash=follows, kind="report").exists():
        raise NO_SUCH_RECEIPT()
    text = rules.message(body, has_files=bool(files))
    kept = quarantine_all(files)
    content = {"message": text, "language": str(body.get("language") or "ja")[:5], "follows": follows}
    _into_spool(subject, receipt=hashed(_secret(once, content, kept)), body=content, files=kept)


def _into_spool(subject: Subject, *, receipt: str, body: Mapping[str, object], files: Sequence[Kept]) -> str:
    follows = str(body.get("follows", ""))
    with ledger.action():
        row, made = Spooled.objects.get_or_create(
            receipt_hash=receipt,
            defaults={
                "kind": "message" if follows else "report",
                "follows": follows,
                "body": dict(body),
                "received_at": clock.now(),
                "door": subject.door,
            },
        )
        if made:
            for file, blob in blobs(files):
                SpooledFile.objects.create(
                    spooled=row, blob=blob, name=file.name, content_type=file.content_type
                )
            jobs.enqueue(ABSORB, {"number": row.number}, key=f"{ABSORB}:{row.number}")
            transaction.on_commit(partial(_absorb_at_once, row.number))
    return row.number


def _absorb_at_once(number: str) -> None:
    """The job stands behind this: what goes wrong here is tried again, and the reporter sees none of it."""
    try:
        absorb(number)
    except Exception:
        log.exception("%s was not absorbed at once", number)


def absorb(number: str) -> bool:
    """Turn one spooled thing into a report or a message. False when there was nothing left to do."""
    with ledger.action():
        row = Spooled.objects.select_for_update().filter(number=number, absorbed_at__isnull=True).first()
        if row is None:
            return False
        if row.kind == "message":
            _absorb_message(row)
        else:
            _absorb_report(row)
        row.files.all().delete()
        row.body, row.absorbed_at = {}, clock.now()
        row.save()
    return True


def absorb_left() -> int:
    """Absorb whatever still lies in the spool, oldest first. Returns how many."""
    left = Spooled.objects.filter(absorbed_at__isnull=True).order_by("received_at", "pk")
    return sum(absorb(number) for number in list(left.values_list("number", flat=True)))


def _kept(row: Spooled) -> list[Kept]:
    rows = row.files.select_related("blob").order_by("pk")
    return [Kept(file.name, file.content_type, file.blob.sha256, file.blob.size) for file in rows]


def _absorb_report(row: Spooled) -> None:
    told = rules.submission(row.body)
    report = Report(
        public_id=row.number,
        receipt_hash=row.receipt_hash,
        source="api" if row.door == Door.API else "form",
        title=rules.title_of(told.problem),
        text=told.problem,
        effect=told.effect,
        product_text=told.product,
        version_text=told.version,
        said_public=told.public,
        said_attacked=told.attacked,
        language=told.language,
        received_at=row.received_at,
    )
    data = None
    if told.has_reporter:
        data = ReporterData(
            name=told.name,
            contact=told.contact,
            affiliation=told.affiliation,
            credit_name=told.credit_name or (told.name if told.credit else ""),
            consents_to_credit=told.credit,
            language=told.language,
        )
    filing.file_report(PUBLIC.through(Door(row.door)), report, reporter=data, files=_kept(row))


def _absorb_message(row: Spooled) -> None:
    parent = Spooled.objects.get(receipt_hash=row.follows)
    absorb(parent.number)
    report = Report.objects.select_for_update().get(receipt_hash=row.follows)
    text, language = str(row.body["message"]), str(row.body["language"])
    filing.add_message(report, LocalText({language: text}, language), at=row.received_at)
    added = filing.add_files(report, _kept(row), at=row.received_at)
    report.news_at = report.news_at or row.received_at
    report.version += 1
    report.save()
    ledger.append(
        ("report", report.public_id),
        subject=PUBLIC.through(Door(row.door)),
        verb="intake.reporter_wrote",
        facts={"report": report.public_id, "files": added},
        scope=report.scope_id,
    )
