"""What a document says of attacks and of publications elsewhere, noted as facts of its vulnerabilities."""

from collections.abc import Mapping, Sequence

from okiagari.cases import actions as cases
from okiagari.cases.models import Fact
from okiagari.desk.subjects import Subject
from okiagari.flow.importing import attacking, leaving
from okiagari.flow.importing.attacking import Told
from okiagari.flow.models import ForeignDocument
from okiagari.plumbing import clock
from okiagari.standards.advisory import Advisory

LONGEST_SOURCE = 200


def put_facts(
    subject: Subject,
    row: ForeignDocument,
    said: Advisory,
    numbers: Sequence[str],
    wanted: Mapping[str, str] | None,
) -> None:
    """Note the chosen statements (as proposed, where nothing is said); their lines are looked at by that.

    `numbers`: of the vulnerabilities, in the order of the document. One that is there already is not noted
    again. Raises NO_SUCH_STATEMENT, FACT_UNKNOWN.
    """
    for each in attacking.chosen(attacking.told(said, clock.now()), wanted):
        _note(subject, row, said, numbers[each.flaw], each)
        _ticked(subject, row, said, each)


def _note(subject: Subject, row: ForeignDocument, said: Advisory, number: str, told: Told) -> None:
    there = Fact.objects.filter(vulnerability__public_id=number, withdrawn_at=None)
    if there.filter(kind=told.kind, at=told.at).exists():
        return
    document = f"{said.tracking_id or row.name} ({row.public_id})"
    cases.note_fact(
        subject,
        number,
        kind=told.kind,
        at=told.at,
        evidence=f"{document}: {told.text}",
        source=said.publisher[:LONGEST_SOURCE],
        known_at=told.known_at if told.known_at and told.known_at >= told.at else None,
    )


def _ticked(subject: Subject, row: ForeignDocument, said: Advisory, told: Told) -> None:
    (line,), _ = leaving.kept([leaving.of_statement(said, told)])
    seen = {"why": leaving.NOTED, "seen_by": subject.key, "seen_at": clock.now().isoformat()}
    row.unread = [
        {**each, **seen} if (each["location"], each["text"]) == (line["location"], line["text"]) else each
        for each in row.unread
    ]
