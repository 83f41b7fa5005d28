"""Judgements and scores of two cases in one. The graver one holds until a person judges anew."""

from django.utils.translation import gettext

from okiagari.cases.models import Case, Vulnerability
from okiagari.cases.moving import Pairs, Record, ask, carry, rescope
from okiagari.plumbing import clock
from okiagari.plumbing.wording import house_language
from okiagari.problems import gettext_noop
from okiagari.triage.models import Judgement, Score
from okiagari.triage.rules.levels import Level, Stage

JUDGE_ANEW = gettext_noop("Judge anew: the joined cases were judged differently")
CHECK_SCORES = gettext_noop("Check the scores: the joined cases had different ones for the same flaw")
GRAVER = gettext_noop("Two cases were joined; the other one was judged graver.")
_About = tuple[int | None, frozenset[int]]
_ALL: frozenset[int] = frozenset()
_Latest = dict[_About, Judgement]


def absorb(source: Case, target: Case, same: Pairs, decider: int | None) -> Record:
    """Everything goes along. Raises a task where the two differ."""
    record, differ = _judgements(source, target, same)
    scores, contradict = _scores(target, same)
    if differ:
        ask(target, "judgement", JUDGE_ANEW, decider)
    if contradict:
        ask(target, "scores", CHECK_SCORES, decider)
    return record | scores


def differing(source: Case, target: Case, same: Pairs) -> bool:
    """Do the final judgements of the two say different levels of what will be one?"""
    mine, theirs = _latest(source, Stage.FINAL), _latest(target, Stage.FINAL)
    covers = [(_cover(mine, one), _cover(theirs, other)) for one, other in same.items()]
    if not same and _narrow(source, same) is None:
        covers = [(mine.get((None, _ALL)), theirs.get((None, _ALL)))]
    return any(one and other and one.level != other.level for one, other in covers)


def _cover(latest: _Latest, flaw: int) -> Judgement | None:
    return latest.get((flaw, _ALL)) or latest.get((None, _ALL))


def _latest(case: Case, stage: Stage) -> _Latest:
    rows = Judgement.objects.filter(case=case, stage=stage, given_at__isnull=False, reopened_at=None)
    ordered = rows.prefetch_related("targets").order_by("given_at", "pk")
    return {(each.vulnerability_id, _targets(each)): each for each in ordered}


def _targets(row: Judgement | Score) -> frozenset[int]:
    """The products it is about; none is all of them."""
    return frozenset(target.pk for target in row.targets.all())


def _narrow(source: Case, same: Pairs) -> int | None:
    """A judgement on the whole of a case with a single flaw is one of that flaw."""
    standing = Vulnerability.objects.filter(case=source, withdrawn_at=None).values_list("pk", flat=True)
    gone = Vulnerability.objects.filter(pk__in=same).values_list("pk", flat=True)
    flaws = {*standing, *gone}
    only = flaws.pop() if len(flaws) == 1 else None
    return same.get(only, only) if only else None


def _judgements(source: Case, target: Case, same: Pairs) -> tuple[Record, bool]:
    differ = differing(source, target, same)
    narrow = _narrow(source, same)
    reopened = [
        key
        for stage in (Stage.FINAL, Stage.EXECUTIVE)
        for key in _yield(_latest(source, stage), _latest(target, stage), same, narrow)
    ]
    rows = Judgement.objects.filter(case=source).exclude(pk__in=_copies(source, target))
    keys = list(rows.order_by("pk").values_list("pk", "vulnerability_id"))
    carry(Judgement.objects.filter(pk__in=[key for key, _ in keys]), target)
    for key, flaw in keys:
        about = same.get(flaw, flaw) if flaw else narrow
        Judgement.objects.filter(pk=key).update(vulnerability_id=about)
    return {"judgements": [list(each) for each in keys], "reopened": reopened}, differ or bool(reopened)


def _yield(mine: _Latest, theirs: _Latest, same: Pairs, narrow: int | None) -> list[int]:
    """Of two on the same subject with different levels the lower one no longer counts. Returns which."""
    lower = []
    for (flaw, target), each in mine.items():
        about = (same.get(flaw, flaw) if flaw else narrow, target)
        other = theirs.get(about)
        if other is not None and other.level != each.level:
            lower.append(min((each, other), key=lambda row: Level(row.level).rank))
    with house_language():
        why = gettext(GRAVER)
    keys = [each.pk for each in lower]
    Judgement.objects.filter(pk__in=keys).update(reopened_at=clock.now(), reopened_reason=why)
    return keys


def _copies(source: Case, target: Case) -> list[int]:
    """The same judgement, kept in both cases when one was split off: it need not be there twice."""
    there = {_deed(each) for each in Judgement.objects.filter(case=target, given_at__isnull=False)}
    mine = Judgement.objects.filter(case=source, given_at__isnull=False, vulnerability=None)
    return [each.pk for each in mine if _deed(each) in there]


def _deed(row: Judgement) -> tuple[object, ...]:
    return (row.stage, row.team_id, _targets(row), row.given_at, row.given_by_id, row.level, row.reopened_at)


def _scores(target: Case, same: Pairs) -> tuple[Record, bool]:
    """Of two scores of one system from one source the higher stays in view; a difference is asked about."""
    rescope(Score.objects.filter(vulnerability__case=target), target)
    moved: list[list[int]] = []
    over: list[int] = []
    contradict = False
    for mine, theirs in sorted(same.items()):
        there = {_kind(each): each for each in Score.objects.filter(vulnerability=theirs, replaced_at=None)}
        for each in Score.objects.filter(vulnerability=mine).order_by("pk"):
            other = there.get(_kind(each)) if each.replaced_at is None else None
            if other is not None:
                contradict = contradict or other.vector != each.vector
                over.append(other.pk if _height(each) > _height(other) else each.pk)
            moved.append([each.pk, mine])
        Score.objects.filter(vulnerability=mine).update(vulnerability=theirs)
    Score.objects.filter(pk__in=over).update(replaced_at=clock.now())
    return {"scores": moved, "scores_over": over}, contradict


def _kind(row: Score) -> tuple[object, ...]:
    return (row.system, row.version, row.source, _targets(row))


def _height(row: Score) -> float:
    return float(row.value) if row.system == "cvss" else 0.0


def give_back(source: Case, target: Case, record: Record) -> None:
    Judgement.objects.filter(pk__in=record["reopened"]).update(reopened_at=None, reopened_reason="")
    for key, flaw in record["judgements"]:
        rows = Judgement.objects.filter(pk=key, case=target)
        rows.update(case=source, scope_id=source.scope_id, vulnerability_id=flaw)
    Score.objects.filter(pk__in=record["scores_over"]).update(replaced_at=None)
    for key, flaw in record["scores"]:
        Score.objects.filter(pk=key).update(vulnerability_id=flaw)
    for case in (source, target):
        rescope(Score.objects.filter(vulnerability__case=case), case)


def part(source: Case, target: Case) -> Record:
    """What is about the flaws that went goes along; what is about the whole case holds for both."""
    moved = carry(Judgement.objects.filter(case=source, vulnerability__case=target), target)
    whole = Judgement.objects.filter(
        case=source, vulnerability=None, given_at__isnull=False, reopened_at=None
    )
    for row in whole.order_by("pk"):
        about = list(row.targets.all())
        row.pk, row.public_id, row.case, row.scope_id = None, "", target, target.scope_id
        row.save(force_insert=True)
        row.targets.set(about)
    rescope(Score.objects.filter(vulnerability__case=target), target)
    return {"judgements": moved}
