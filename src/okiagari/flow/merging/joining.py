"""Merge: everything of one case goes into another; the number of the first leads to the second."""

from collections.abc import Sequence
from typing import TypedDict, Unpack

from okiagari.cases import moving as cases
from okiagari.cases.models import Case
from okiagari.cases.moving import Record
from okiagari.desk.models import Grant
from okiagari.desk.subjects import Subject
from okiagari.disclose import moving as disclose
from okiagari.flow.importing import moving as documents
from okiagari.flow.merging import frame, rules
from okiagari.flow.models import Transfer
from okiagari.intake import moving as intake
from okiagari.learn import moving as learn
from okiagari.plumbing import clock
from okiagari.reach import moving as reach
from okiagari.remedy import moving as remedy
from okiagari.triage import moving as triage


class Said(TypedDict, total=False):
    """What the rows do not tell.

    `same`: pairs of vulnerabilities (of the merged case, of the other) that are one flaw. `keep`: what
    holds where two decisions contradict: merged, into, undecided; `decisions`: the same for single cells
    (target, vulnerability of the case that stays, choice). `let_in`: who of the merged case comes along
    ("team:key", "person:name", "organisation:key"). `decider`: who decides what else they disagree on.
    """

    same: Sequence[Sequence[str]]
    keep: str
    decisions: Sequence[Sequence[str]]
    let_in: Sequence[str]
    decider: str


def merge(
    subject: Subject,
    case_id: str,
    *,
    into: str,
    reason: str,
    version: int | None = None,
    into_version: int | None = None,
    **said: Unpack[Said],
) -> str:
    """Take everything of a case into another, which the subject leads as well. Returns the other's number.

    Raises REASON_NEEDED, SAME_CASE, CLOSED, NOT_A_PAIR, OTHER_NUMBERS, SAME_NUMBER, CONTRADICTION,
    NO_SUCH_CHOICE, NOBODY_TO_LET_IN, NO_SUCH_DECIDER.
    """
    why = rules.check_reason(reason)
    with frame.both(subject, "flow.merge", (case_id, version), (into, into_version)) as (source, target):
        frame.check_open(source, target)
        same = rules.pairs(frame.flaws(source), frame.flaws(target), said.get("same", ()))
        cells = [(each.target, each.vulnerability) for each in triage.contradictions(source, target, same)]
        choice = rules.choices(cells, said.get("keep", ""), said.get("decisions", ()))
        decider = frame.decider_named(subject, target, said.get("decider", ""))
        cases.copy_grants(target, coming(source, target, said.get("let_in", ())), why)
        record: Record = {
            "cases": cases.absorb(subject, source, target, same, decider),
            "intake": intake.absorb(source, target),
            "triage": triage.absorb(source, target, same, choice, decider),
            "remedy": remedy.absorb(source, target, same),
            "disclose": disclose.absorb(source, target, same),
            "reach": reach.absorb(source, target),
            "learn": learn.absorb(source, target),
            "documents": documents.absorb(source, target),
        }
        _close(source, target)
        target.kinds = list(dict.fromkeys((*target.kinds, *source.kinds)))
        _remember(subject, source, target, why, record)
        frame.reindex(source, target)
    return target.public_id


def coming(source: Case, target: Case, let_in: Sequence[str]) -> list[Grant]:
    """The grants of those who come along, by name. Raises NOBODY_TO_LET_IN."""
    beyond = {
        f"{each.principal.kind}:{each.principal.key}": each for each in cases.grants_beyond(source, target)
    }
    for who in let_in:
        if who not in beyond:
            raise rules.NOBODY_TO_LET_IN(who=who, known=", ".join(beyond) or "-").at("let_in")
    return [beyond[who] for who in dict.fromkeys(let_in)]


def _close(source: Case, target: Case) -> None:
    """The number stays and leads on. The reason stands where who may see both reads it: in the timelines."""
    source.closed_at, source.close_reason, source.merged_into = clock.now(), "", target


def _remember(subject: Subject, source: Case, target: Case, reason: str, record: Record) -> None:
    Transfer.objects.create(
        kind="merge",
        source=source,
        target=target,
        reason=reason,
        record=record,
        at=clock.now(),
        by_id=subject.person_id,
    )
    same = len(record["cases"]["same"])
    facts = {
        "reason": reason,
        "same": same,
        "vulnerabilities": len(record["cases"]["vulnerabilities"]) - same,
        "reports": len(record["intake"]["links"]) + len(record["intake"]["doubled"]),
        "embargo": record["cases"]["embargo"],
    }
    frame.write(subject, source, "merged_into", target, reason=reason)
    frame.write(subject, target, "merged", source, **facts)
