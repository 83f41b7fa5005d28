"""What a desk enters: JPCERT/CC, customers, the press, suppliers, own finds; and what is amended later."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from okiagari.desk import permits
from okiagari.desk.aggregates import changing
from okiagari.desk.subjects import Subject
from okiagari.intake.actions import filing, linking, obligations, traits
from okiagari.intake.actions.quarantine import Kept, UploadedPart, quarantine_all
from okiagari.intake.actions.reporters import ReporterData
from okiagari.intake.models import Report
from okiagari.intake.rules import limits, states, submission
from okiagari.plumbing import clock, ledger
from okiagari.problems import Problem, several
from okiagari.standards.partialdate import PartialDate


class Facts(TypedDict, total=False):
    """What a desk may know of a report beyond its words, and correct later."""

    kind: str
    product_text: str
    version_text: str
    effect: str
    reference: str
    first_contact_at: datetime | None
    wanted_publication: PartialDate | str
    language: str
    said_public: str
    said_attacked: str


class Origin(Facts, total=False):
    """How it came: when, from whom, with which files."""

    received_at: datetime | None
    reporter: ReporterData | None
    files: Sequence[UploadedPart | Kept]


def receive(subject: Subject, *, source: str, title: str, text: str, **more: Unpack[Origin]) -> str:
    """Enter a report. `received_at`: when it reached the desk (now, if nothing is said). Returns its number.

    Raises WRONG_SOURCE, WRONG_KIND, several NEEDED and TOO_LONG, TOO_MANY_FILES, FILE_TOO_LARGE.
    """
    permits.require(subject, "intake.receive")
    states.check_origin(source, more.get("kind") or "product")
    words = _words({"title": title, "text": text, **more})
    files = quarantine_all(more.get("files") or ())
    report = Report(
        source=source,
        kind=more.get("kind") or "product",
        language=more.get("language") or "ja",
        received_at=more.get("received_at") or clock.now(),
        first_contact_at=more.get("first_contact_at"),
        wanted_publication=_date(more.get("wanted_publication")),
        **words,
    )
    with ledger.action():
        filing.file_report(subject, report, reporter=more.get("reporter"), files=files)
    return report.public_id


LENGTHS: Mapping[str, int] = {
    "title": 300,
    "text": limits.MAX_TEXT,
    "effect": limits.MAX_TEXT,
    "product_text": limits.MAX_PRODUCT,
    "version_text": limits.MAX_VERSION,
    "reference": 120,
}
SAID = ("said_public", "said_attacked")


def _words(given: Mapping[str, object]) -> dict[str, str]:
    texts = {name: submission.tidy(str(given[name] or "")) for name in (*LENGTHS, *SAID) if name in given}
    if not texts.get("title") and texts.get("text"):
        texts["title"] = submission.title_of(texts["text"])
    faults = [submission.NEEDED().at(name) for name in ("title", "text") if name in given and not texts[name]]
    faults += [
        submission.TOO_LONG(length=len(texts[name]), limit=limit).at(name)
        for name, limit in LENGTHS.items()
        if len(texts.get(name, "")) > limit
    ]
    faults += [
        submission.NOT_AN_ANSWER(text=texts[name], known=", ".join(submission.SAID[1:])).at(name)
        for name in SAID
        if texts.get(name, "") not in submission.SAID
    ]
    if faults:
        raise several(faults)
    return texts


def _date(value: PartialDate | str | None) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.parse(value)
    except Problem as problem:
        raise problem.at("wanted_publication") from None


class Amendment(Facts, total=False):
    """`source`: who really sent it, as of a report of JPCERT/CC that came by mail."""

    title: str
    text: str
    source: str


AMENDABLE = (*LENGTHS, *SAID, "source", "kind", "first_contact_at", "wanted_publication", "language")


def amend(
    subject: Subject,
    report_id: str,
    *,
    version: int | None = None,
    reason: str = "",
    **changes: Unpack[Amendment],
) -> None:
    """Correct what is known of a report. What the reporter wrote stays readable in the ledger's old value.

    A start date that becomes known starts the clock of every case the report led to. Another source needs
    its reason: what follows from it begins and ends. Raises WRONG_SOURCE, WRONG_KIND, REASON_NEEDED.
    """
    given: Mapping[str, object] = {name: changes[name] for name in AMENDABLE if name in changes}  # type: ignore[literal-required]
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        states.check_origin(report.source, str(given.get("kind") or report.kind))
        if given.get("source", report.source) != report.source:
            states.check_source_learned(str(given["source"]), reason)
        values: dict[str, object] = {**given, **_words(given)}
        if "wanted_publication" in given:
            values["wanted_publication"] = _date(given["wanted_publication"])  # type: ignore[arg-type]
        changed = {name: value for name, value in values.items() if getattr(report, name) != value}
        old = {name: getattr(report, name) for name in changed}
        for name, value in changed.items():
            setattr(report, name, value)
        if "kind" in changed:
            filing.admit(subject, report)
        traits.save(report)
        if {"source", "first_contact_at"} & set(changed):
            obligations.start_everywhere(subject, report)
        if "source" in changed:
            linking.sender_learned(subject, report, before=str(old["source"]), reason=reason.strip())
        ledger.append(
            ("report", report.public_id),
            subject=subject,
            verb="intake.amended",
            facts={
                "report": report.public_id,
                "fields": sorted(changed),
                "old": {name: str(value) for name, value in old.items()},
                "new": {name: str(value) for name, value in changed.items()},
                "reason": reason.strip(),
            },
            scope=report.scope_id,
            personal=bool({"title", "text", "effect"} & set(changed)),
        )


def attach(
    subject: Subject, report_id: str, files: Sequence[UploadedPart | Kept], *, version: int | None = None
) -> None:
    """Add files a desk got later."""
    kept = quarantine_all(files)
    with changing(subject, "intake.receive", Report, report_id, version=version) as report:
        added = filing.add_files(report, kept, at=clock.now())
        ledger.append(
            ("report", report.public_id),
            subject=subject,
            verb="intake.attached",
            facts={"report": report.public_id, "files": added},
            scope=report.scope_id,
        )
