"""A supplier's advisory becomes a report, and by choice a case with its vulnerabilities and frozen rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from okiagari.cases.models import Case
from okiagari.desk.subjects import Subject
from okiagari.flow.importing import frame, leaving
from okiagari.flow.importing.noting import put_facts
from okiagari.flow.models import ForeignDocument
from okiagari.intake import actions as intake
from okiagari.intake.models import Report
from okiagari.intake.rules.limits import MAX_PRODUCT, MAX_TEXT, MAX_VERSION
from okiagari.standards.advisory import Advisory, Flaw
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions as triage

NEW = "new"
_THANKS = {"ja": "謝辞：%s", "en": "Thanks: %s"}
_TYPES = {"VULDEF": "application/xml"}


@dataclass(frozen=True)
class Became:
    """Numbers of what a document became; "" for what it did not."""

    document: str
    report: str = ""
    case: str = ""
    advisory: str = ""


def take_suppliers(
    subject: Subject,
    document_id: str,
    *,
    case: str = "",
    components: Sequence[str] = (),
    language: str = "",
    facts: Mapping[str, str] | None = None,
    version: int | None = None,
) -> Became:
    """Make a report of it. `case`: "new", the number of one, or "" for the report alone.

    `components`: names of the catalogue whose products become the rows of the case's grid. `facts`: what its
    statements of attacks are noted as in the case (see `own.Choice`). Raises ALREADY_TAKEN, NO_LANGUAGE,
    TOO_MANY_FLAWS, NO_SUCH_STATEMENT, and what receiving, accepting and freezing raise.
    """
    with frame.taking(subject, document_id, version) as row:
        said = frame.found_in(row).advisory
        speech = frame.language_of(said, language)
        report = _report(subject, row, said, speech)
        number = ""
        if case:
            frame.check_count(said)
            number = intake.accept(
                subject,
                report,
                case_id=None if case == NEW else case,
                title=LocalText({speech: row.title or row.name}, speech),
            )
            numbers = _fill(subject, row, number, (said, speech))
            put_facts(subject, row, said, numbers, facts)
            if components:
                triage.freeze_rows(subject, number, rule={"component": list(components)})
            row.case = Case.objects.get(public_id=number)
        row.report = Report.objects.get(public_id=report)
        row.journey, row.scope_id = "supplier", row.report.scope_id
        facts = {"report": report, "case": number}
        frame.line(subject, row, "document_taken", ("report", report), **facts)
        return Became(row.public_id, report, number)


def _report(subject: Subject, row: ForeignDocument, said: Advisory, language: str) -> str:
    text = "\n\n".join(_told(said, language)) or row.title or row.name
    if len(text) > MAX_TEXT:
        cut, _ = leaving.kept([leaving.Left("text", f"{len(text)}", leaving.CUT)])
        row.unread = [*row.unread, *cut]
        text = text[: MAX_TEXT - 1] + "…"
    names = [each.name or each.key for each in said.products]
    versions = [
        each.text or (each.versions.words(language) if each.versions else "")
        for flaw in said.flaws
        for each in flaw.statements
    ]
    kept = intake.Kept(row.name, _TYPES.get(row.format, "application/json"), row.blob.sha256, row.blob.size)
    return intake.receive(
        subject,
        source="supplier",
        title=(row.title or row.name)[:300],
        text=text,
        product_text=_listed(names, MAX_PRODUCT),
        version_text=_listed(versions, MAX_VERSION),
        reference=said.tracking_id[:120],
        language=language,
        received_at=row.read_at,
        reporter=intake.ReporterData(name=said.publisher, language=language) if said.publisher else None,
        files=[kept],
    )


def _listed(texts: Sequence[str], most: int) -> str:
    """As many of them as fit, each once."""
    found = ""
    for text in dict.fromkeys(each for each in texts if each):
        longer = f"{found}, {text}" if found else text
        if len(longer) > most:
            return found or text[:most]
        found = longer
    return found


def _told(said: Advisory, language: str) -> Iterator[str]:
    """What the document says, as the text of a report."""
    for name in ("summary", "description", "impact", "advice"):
        if said.words.get(name):
            yield said.words[name]
    for flaw in said.flaws:
        yield "\n".join(_of_flaw(flaw, language))
    if said.credits:
        yield _THANKS[language] % ", ".join(said.credits)
    if said.references:
        yield "\n".join(f"{title} {url}".strip() for url, title in said.references)


def _of_flaw(flaw: Flaw, language: str) -> Iterator[str]:
    yield " ".join(part for part in (flaw.cve or flaw.jvn, flaw.cwe, flaw.title) if part)
    for each in flaw.scores:
        yield f"CVSS {each.score.version.value} {each.score.overall:.1f} {each.score.vector}"
    for text in (flaw.description.get(language, ""), flaw.impact.get(language, "")):
        if text:
            yield text
    yield from flaw.exploits
    for said in flaw.statements:
        versions = said.text or (said.versions.words(language) if said.versions else "")
        yield f"{said.product}: {said.state.value} {versions}".rstrip()
    for measure in flaw.measures:
        yield f"{measure.kind}: {measure.text} {measure.url}".rstrip()


def _fill(subject: Subject, row: ForeignDocument, case_id: str, told: tuple[Advisory, str]) -> list[str]:
    said, language = told
    numbers = frame.put_flaws(subject, case_id, said, language)
    for flaw, number in zip(said.flaws, numbers, strict=True):
        frame.put_scores(subject, flaw, number, source="supplier", targets={})
    frame.keep_evidence(subject, case_id, row, said.references)
    return numbers
