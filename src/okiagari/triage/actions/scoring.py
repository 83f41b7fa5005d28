"""Scores beside the judgement. A new one of the same system, version and source replaces the old."""

from collections.abc import Mapping, Sequence

from okiagari.cases.models import Vulnerability
from okiagari.desk.permits import NOTHING_HERE, scopes
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ids
from okiagari.standards import cvss, ssvc
from okiagari.triage.actions.common import changing_open, targets_named, write
from okiagari.triage.models import Score
from okiagari.triage.rules.scoring import source_named


def add_score(
    subject: Subject,
    vulnerability_id: str,
    *,
    vector: str,
    source: str,
    version: str | None = None,
    targets: Sequence[str] = (),
) -> str:
    """Put a CVSS vector beside the judgement. `version` only where the vector does not say it.

    `targets`: the products it holds for, where the score differs; none is all of them.
    """
    read = cvss.parse(vector, version)
    score = Score(
        system="cvss",
        version=read.version.value,
        vector=read.vector,
        value=f"{read.overall:.1f}",
        severity=read.overall_severity.value,
        source=source_named(source),
    )
    return _put(subject, vulnerability_id, score, targets)


def add_ssvc(
    subject: Subject, vulnerability_id: str, *, points: Mapping[str, str], source: str = "own"
) -> str:
    """Walk the supplier tree of SSVC and put its priority beside the judgement."""
    read = ssvc.decide(points)
    score = Score(
        system="ssvc",
        version=read.version,
        vector=read.vector,
        value=read.priority.value,
        source=source_named(source),
    )
    return _put(subject, vulnerability_id, score)


def _put(subject: Subject, vulnerability_id: str, score: Score, targets: Sequence[str] = ()) -> str:
    about = targets_named(targets)
    known = Vulnerability.objects.filter(
        public_id=ids.folded(vulnerability_id), scope_id__in=scopes(subject), withdrawn_at__isnull=True
    )
    seen = known.select_related("case").first()
    if seen is None:
        raise NOTHING_HERE()
    with changing_open(subject, "triage.score", seen.case.public_id) as case:
        _replace(score, seen, {target.pk for target in about})
        score.vulnerability, score.scope_id = seen, case.scope_id
        score.at, score.by_id = clock.now(), subject.person_id
        score.save()
        score.targets.set(about)
        write(subject, case, "triage.scored", _facts(score, seen))
    return score.public_id


def _replace(score: Score, vulnerability: Vulnerability, targets: set[int]) -> None:
    """The same system, version and source, of the same products."""
    earlier = Score.objects.filter(
        vulnerability=vulnerability,
        system=score.system,
        version=score.version,
        source=score.source,
        replaced_at__isnull=True,
    )
    same = [
        each.pk
        for each in earlier.prefetch_related("targets")
        if {target.pk for target in each.targets.all()} == targets
    ]
    Score.objects.filter(pk__in=same).update(replaced_at=clock.now())


def _facts(score: Score, vulnerability: Vulnerability) -> dict[str, object]:
    return {
        "vulnerability": vulnerability.public_id,
        "system": f"{score.system.upper()} {score.version}",
        "vector": score.vector,
        "value": score.value,
        "source": score.source,
        "targets": sorted(score.targets.values_list("key", flat=True)),
    }


def drop_score(subject: Subject, score_id: str, *, reason: str = "") -> None:
    """Take a score away that should not stand here. It is kept and no longer shown."""
    seen = Score.objects.filter(
        public_id=ids.folded(score_id), scope_id__in=scopes(subject), replaced_at__isnull=True
    ).first()
    if seen is None:
        raise NOTHING_HERE()
    vulnerability = Vulnerability.objects.select_related("case").get(pk=seen.vulnerability_id)
    with changing_open(subject, "triage.score", vulnerability.case.public_id) as case:
        Score.objects.filter(pk=seen.pk, replaced_at__isnull=True).update(replaced_at=clock.now())
        facts = _facts(seen, vulnerability) | {"reason": reason.strip()}
        write(subject, case, "triage.score_dropped", facts)
