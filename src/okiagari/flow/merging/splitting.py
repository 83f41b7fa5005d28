"""Split: what was chosen gets a case of its own, beside the one it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypedDict, Unpack, cast

from okiagari.cases import moving as cases
from okiagari.cases.models import Case
from okiagari.cases.moving import Chosen, Record
from okiagari.cases.rules import check_title
from okiagari.desk import permits
from okiagari.desk.aggregates import find_for
from okiagari.desk.subjects import Subject
from okiagari.disclose import moving as disclose
from okiagari.flow.importing import moving as documents
from okiagari.flow.merging import frame, rules
from okiagari.flow.models import Transfer
from okiagari.intake import moving as intake
from okiagari.plumbing import clock, ledger
from okiagari.remedy import moving as remedy
from okiagari.standards.localtext import LocalText
from okiagari.triage import moving as triage


class Going(TypedDict, total=False):
    """What goes, by number. `shared_reports` lead to both cases afterwards; `targets`: which rows the new
    case asks about (all that stand, where none is named)."""

    vulnerabilities: Sequence[str]
    reports: Sequence[str]
    shared_reports: Sequence[str]
    targets: Sequence[str]
    measures: Sequence[str]
    tasks: Sequence[str]
    parties: Sequence[str]
    messages: Sequence[str]
    evidence: Sequence[str]
    clocks: Sequence[str]


def split(
    subject: Subject,
    case_id: str,
    *,
    title: LocalText,
    reason: str,
    version: int | None = None,
    **going: Unpack[Going],
) -> str:
    """Open a case for what was chosen. What concerns both stays with both. Returns the new number.

    Raises REASON_NEEDED, NOTHING_CHOSEN, TITLE_NEEDED, CLOSED, NOTHING_HERE.
    """
    why = rules.check_reason(reason)
    chosen = _chosen(going)
    if chosen.is_empty:
        raise rules.NOTHING_CHOSEN().at("vulnerabilities")
    check_title(title)
    permits.require(subject, "cases.open")
    seen = find_for(subject, "flow.split", Case, case_id)
    with ledger.action(), frame.alone(subject, "flow.split", seen, version) as source:
        frame.check_open(source)
        target = cases.open_beside(subject, source, title)
        links = intake.part(subject, source, target, chosen)
        with_duplicates = replace(chosen, reports=tuple(links["reports"]))
        record: Record = {
            "intake": links,
            "cases": cases.part(subject, source, target, with_duplicates),
            "triage": triage.part(source, target, chosen),
            "remedy": remedy.part(source, target, chosen),
            "disclose": disclose.part(source, target),
            "documents": documents.part(source, target),
        }
        intake.start_clocks(subject, links["shared"], target)
        _remember(subject, source, target, why, record)
        frame.reindex(source, target)
    return target.public_id


def _chosen(going: Going) -> Chosen:
    given = cast("Mapping[str, Sequence[str]]", going)
    return Chosen(**{name: tuple(dict.fromkeys(numbers)) for name, numbers in given.items()})


def _remember(subject: Subject, source: Case, target: Case, reason: str, record: Record) -> None:
    Transfer.objects.create(
        kind="split",
        source=source,
        target=target,
        reason=reason,
        record=record,
        at=clock.now(),
        by_id=subject.person_id,
    )
    facts = {
        "reason": reason,
        "vulnerabilities": len(record["cases"]["vulnerabilities"]),
        "reports": len(record["intake"]["links"]) + len(record["intake"]["shared"]),
    }
    frame.write(subject, source, "split_off", target, **facts)
    frame.write(subject, target, "split_from", source, **facts)
