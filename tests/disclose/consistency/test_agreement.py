"""What is rendered from one content says one thing in every format, whatever the content."""

import msgspec
from hypothesis import HealthCheck, Phase, given, settings

from okiagari.disclose.consistency import checking, files
from okiagari.disclose.rules.content import Content, Score
from okiagari.standards import cvss
from tests.disclose.contents import contents
from tests.disclose.making import SITE, entry

some = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


def scored(said: Content) -> Content:
    """With the values that a vector makes, as the judgement writes them."""
    flaws = [
        msgspec.structs.replace(flaw, scores=[_score(each) for each in flaw.scores])
        for flaw in said.vulnerabilities
    ]
    return msgspec.structs.replace(said, vulnerabilities=flaws)


def _score(score: Score) -> Score:
    read = cvss.parse(score.vector, score.version)
    word = read.overall_severity.value
    return msgspec.structs.replace(score, vector=read.vector, value=f"{read.overall:.1f}", severity=word)


@some
@given(contents())
def test_nothing_that_is_rendered_from_one_content_differs(said: Content) -> None:
    known = entry(scored(said))
    report = checking.check(known, SITE, files.finished(known, SITE))
    assert (report.fields, [each for each in report.noted if each.is_error]) == ([], [])
