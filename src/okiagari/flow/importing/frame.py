"""What taking in shares: the document locked, its bytes read again, its vulnerabilities put into a case."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from okiagari.cases import actions as cases
from okiagari.cases.models import Vulnerability
from okiagari.desk.aggregates import changing, find_for
from okiagari.desk.subjects import Subject
from okiagari.flow.importing import problems
from okiagari.flow.models import ForeignDocument
from okiagari.intake.actions.linking import case_named
from okiagari.plumbing import clock, files, ids, ledger
from okiagari.standards import advisory as advisories
from okiagari.standards.advisory import Advisory, Flaw, Found
from okiagari.standards.localtext import LANGUAGES, LocalText
from okiagari.triage import actions as triage
from okiagari.triage import queries as grids

MOST_FLAWS = 200
MOST_NOTE = 10_000


def found_in(row: ForeignDocument) -> Found:
    """What its file says. The bytes are those that were read at first."""
    return advisories.read(files.read(row.blob.sha256))


def seen(subject: Subject, verb: str, document_id: str) -> ForeignDocument:
    return find_for(subject, verb, ForeignDocument, document_id)


@contextmanager
def taking(subject: Subject, document_id: str, version: int | None) -> Iterator[ForeignDocument]:
    """Lock a document that nothing was made of yet. Raises ALREADY_TAKEN, DROPPED."""
    with changing(subject, "flow.import_document", ForeignDocument, document_id, version=version) as row:
        if row.state == "dropped":
            raise problems.DROPPED(document=row.public_id)
        if row.state == "taken":
            raise problems.ALREADY_TAKEN(document=row.public_id, became=became(row))
        yield row
        row.waiting = sum(not each["seen_at"] for each in row.unread)
        row.state, row.taken_at, row.taken_by_id = "taken", clock.now(), subject.person_id


def became(row: ForeignDocument) -> str:
    things = (row.report, row.case, row.advisory)
    return ", ".join(str(each.public_id) for each in things if each is not None)


def language_of(said: Advisory, wanted: str) -> str:
    """The language of its words. Raises NO_LANGUAGE where neither it nor anybody says one of ours."""
    chosen = wanted or said.language
    if chosen not in LANGUAGES:
        raise problems.NO_LANGUAGE().at("language")
    return chosen


def check_count(said: Advisory) -> None:
    if len(said.flaws) > MOST_FLAWS:
        raise problems.TOO_MANY_FLAWS(count=len(said.flaws), limit=MOST_FLAWS)


def words(texts: Mapping[str, str], language: str) -> LocalText:
    """Texts of our languages, that of the document first."""
    ours = {each: texts[each] for each in (language, *LANGUAGES) if texts.get(each)}
    return LocalText(ours, language)


def put_flaws(subject: Subject, case_id: str, said: Advisory, language: str) -> list[str]:
    """A vulnerability for each one named; one that the case knows by its CVE id is that one."""
    rows = Vulnerability.objects.filter(case__public_id=ids.folded(case_id), withdrawn_at=None)
    known = {row.cve: row.public_id for row in rows if row.cve}
    put = []
    for flaw in said.flaws:
        number = known.get(flaw.cve) if flaw.cve else None
        put.append(number or cases.add_vulnerability(subject, case_id, **_fields(flaw, said, language)))
        if flaw.cve:
            known[flaw.cve] = put[-1]
    return put


def _fields(flaw: Flaw, said: Advisory, language: str) -> dict[str, Any]:
    title = flaw.title or said.title or flaw.cve
    return {
        "title": LocalText({language: title}, language),
        "description": words(flaw.description, language),
        "impact": words(flaw.impact, language),
        **{name: getattr(flaw, name) for name in ("cve", "jvn", "jvndb", "cwe")},
    }


def put_scores(
    subject: Subject, flaw: Flaw, number: str, *, source: str, targets: Mapping[str, Sequence[str]]
) -> None:
    """Scores as they are stated. Those of single products hold for the targets these are."""
    every = {target for found in targets.values() for target in found}
    for each in flaw.scores:
        about = {target for product in each.products for target in targets.get(product, ())}
        if each.products and targets and not about:
            continue
        triage.add_score(
            subject,
            number,
            vector=each.score.vector,
            version=each.score.version.value,
            source="nvd" if "nvd.nist.gov" in each.source else source,
            targets=sorted(about) if about != every else (),
        )


def case_number(subject: Subject, number: str) -> str:
    """The case behind a number that somebody typed. Raises NOTHING_HERE at its field."""
    return str(case_named(subject, number).public_id)


def add_missing_rows(subject: Subject, case_id: str, targets: Sequence[str], reason: str) -> None:
    """Ask about those of the targets that the grid does not have yet."""
    there = {row.target.key for row in grids.grid(subject, case_id).rows}
    missing = [each for each in targets if each not in there]
    if missing:
        triage.add_rows(subject, case_id, targets=missing, reason=reason)


def keep_evidence(
    subject: Subject, case_id: str, row: ForeignDocument, references: Iterable[tuple[str, str]]
) -> None:
    """The file itself, and where it and its references are on the web."""
    links = "\n".join(f"{url} {title}".strip() for url, title in references)
    cases.keep_file(subject, case_id, name=row.name, blob=row.blob, note=links[:MOST_NOTE])


def line(subject: Subject, row: ForeignDocument, verb: str, stream: tuple[str, str], **facts: object) -> None:
    ledger.append(
        stream,
        subject=subject,
        verb=f"flow.{verb}",
        facts={"document": row.public_id, "format": row.format, "tracking_id": row.tracking_id, **facts},
        scope=row.scope_id,
    )
