"""What joining or splitting would do, in counts and names, before anybody does it. Reads, never writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from okiagari.cases import queries as cases
from okiagari.cases.models import Case, Obligation, Vulnerability
from okiagari.cases.moving import embargoes, grants_beyond
from okiagari.cases.values import CaseView, Name
from okiagari.desk import permits
from okiagari.desk.aggregates import find_for
from okiagari.desk.subjects import Subject
from okiagari.disclose.models import AdvisoryCase
from okiagari.flow.merging import frame, rules
from okiagari.intake.models import ReportCase
from okiagari.learn.models import Lesson
from okiagari.problems import Problem
from okiagari.remedy.models import Measure
from okiagari.triage import moving as triage
from okiagari.triage.models import Decision, Row
from okiagari.triage.moving import judgements


@dataclass(frozen=True)
class Comer:
    """Somebody of the merged case who is not in the other. `key` names them in `let_in`."""

    key: str
    who: Name
    level: str
    open_tasks: int


@dataclass(frozen=True)
class Clash:
    """Two decisions on what will be one cell: what the merged case says, what the other says."""

    target: str
    vulnerability: str
    merged: str
    into: str


@dataclass(frozen=True)
class MergePreview:
    """What a merge would do. `counts`: what moves, by name; `same`: pairs with one CVE number or as asked."""

    source: CaseView
    target: CaseView
    counts: dict[str, int]
    same: tuple[tuple[str, str], ...]
    clashes: tuple[Clash, ...]
    new_cells: int
    clocks_alike: int
    embargo: str
    embargo_until: datetime | None
    judged_differently: bool
    newly_seeing: tuple[Name, ...]
    comers: tuple[Comer, ...]


@dataclass(frozen=True)
class SplitPreview:
    """What can go into a case of its own, and what would go along with these vulnerabilities by itself."""

    case: CaseView
    counts: dict[str, int]


def merge_preview(
    subject: Subject, case_id: str, *, into: str, same: Sequence[Sequence[str]] = ()
) -> MergePreview:
    """Raises what `merge` raises of these two cases before it asks for decisions."""
    source = _led(subject, "flow.merge", case_id)
    try:
        target = _led(subject, "flow.merge", into)
    except Problem as problem:
        raise problem.at("into") from None
    if source.pk == target.pk:
        raise rules.SAME_CASE().at("into")
    frame.check_open(source, target)
    wanted = [*same, *_same_numbers(source, target, same)]
    pairs = rules.pairs(frame.flaws(source), frame.flaws(target), wanted)
    held = embargoes.longer(source, target)
    return MergePreview(
        source=cases.case(subject, source.public_id),
        target=cases.case(subject, target.public_id),
        counts=_counts(subject, source),
        same=tuple((each[0], each[1]) for each in wanted),
        clashes=tuple(
            Clash(each.target, each.vulnerability, each.mine, each.theirs)
            for each in triage.contradictions(source, target, pairs)
        ),
        new_cells=_new_cells(source, target, pairs),
        clocks_alike=_alike(source, target),
        embargo=embargoes.outcome(source, target),
        embargo_until=held.until if held else None,
        judged_differently=judgements.differing(source, target, pairs),
        newly_seeing=tuple(each.who for each in _comers(subject, target, source)),
        comers=_comers(subject, source, target),
    )


def _led(subject: Subject, verb: str, case_id: str) -> Case:
    row = find_for(subject, verb, Case, case_id)
    permits.require(subject, verb, row.scope_id)
    return row


def _same_numbers(source: Case, target: Case, same: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Flaws of both that bear one CVE number are the same, as long as nobody says otherwise."""
    named = {each[0] for each in same}
    theirs = {each.cve: each.id for each in frame.flaws(target) if each.cve}
    mine = [each for each in frame.flaws(source) if each.cve in theirs and each.id not in named]
    return [(each.id, theirs[each.cve]) for each in mine]


def _counts(subject: Subject, source: Case) -> dict[str, int]:
    view = cases.case(subject, source.public_id)
    return {
        "reports": ReportCase.objects.filter(case=source).count(),
        "vulnerabilities": len(view.vulnerabilities),
        "products": Row.objects.filter(case=source, removed_at=None).count(),
        "decisions": Decision.objects.filter(row__case=source, replaced_at=None).count(),
        "measures": Measure.objects.filter(case=source).count(),
        "advisories": AdvisoryCase.objects.filter(case=source).count(),
        "messages": len(cases.communications(subject, source.public_id)),
        "tasks": len(cases.tasks(subject, source.public_id)),
        "evidence": len(cases.evidence(subject, source.public_id)),
        "clocks": len(cases.clocks(subject, source.public_id)),
        "lessons": Lesson.objects.filter(case=source).count(),
    }


def _new_cells(source: Case, target: Case, pairs: dict[int, int]) -> int:
    """How many cells of the joined grid nobody was asked about in either case."""
    rows = {case.pk: _targets(case) for case in (source, target)}
    mine = set(_columns(source)) - set(pairs)
    theirs = set(_columns(target))
    all_rows = rows[source.pk] | rows[target.pk]
    asked = len(rows[source.pk]) * len(mine) + sum(
        len(all_rows if flaw in pairs.values() else rows[target.pk]) for flaw in theirs
    )
    return len(all_rows) * len(mine | theirs) - asked


def _targets(case: Case) -> set[int]:
    return set(Row.objects.filter(case=case, removed_at=None).values_list("target_id", flat=True))


def _columns(case: Case) -> list[int]:
    return list(Vulnerability.objects.filter(case=case, withdrawn_at=None).values_list("pk", flat=True))


def _alike(source: Case, target: Case) -> int:
    theirs = set(Obligation.objects.filter(case=target).values_list("rule", "anchor_source"))
    return sum(
        each in theirs for each in Obligation.objects.filter(case=source).values_list("rule", "anchor_source")
    )


def _comers(subject: Subject, source: Case, target: Case) -> tuple[Comer, ...]:
    beyond = {(each.principal.kind, each.principal.key) for each in grants_beyond(source, target)}
    tasks = [each for each in cases.tasks(subject, source.public_id) if each.state in ("open", "late")]
    return tuple(
        Comer(
            key=f"{grant.who.kind}:{grant.who.key}",
            who=grant.who,
            level=grant.level,
            open_tasks=sum(grant.who in (task.team, task.person) for task in tasks),
        )
        for grant in cases.people_in(subject, source.public_id)
        if (grant.who.kind, grant.who.key) in beyond
    )


def split_preview(subject: Subject, case_id: str, vulnerabilities: Sequence[str] = ()) -> SplitPreview:
    """What hangs on the chosen vulnerabilities alone, on them and on others, and on none."""
    row = _led(subject, "flow.split", case_id)
    frame.check_open(row)
    view = cases.case(subject, row.public_id)
    chosen = Vulnerability.objects.filter(case=row, public_id__in=list(vulnerabilities), withdrawn_at=None)
    keys = set(chosen.values_list("pk", flat=True))
    rows = Measure.objects.filter(case=row)
    named = [set(each.vulnerabilities.values_list("pk", flat=True)) for each in rows]
    own = [bool(each) and each <= keys for each in named]
    touched = [bool(each & keys or not each) for each in named]
    return SplitPreview(
        case=view,
        counts={
            "vulnerabilities": len(keys),
            "decisions": Decision.objects.filter(vulnerability__in=keys, replaced_at=None).count(),
            "products": Row.objects.filter(case=row, removed_at=None).count(),
            "measures": sum(own),
            "shared_measures": sum(touched) - sum(own),
            "parties": sum(each.left_at is None for each in view.parties),
            "people": len(cases.people_in(subject, row.public_id)),
        },
    )
