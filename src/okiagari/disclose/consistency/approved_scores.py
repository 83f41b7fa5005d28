"""The scores of a content: of each vulnerability all of them, of each product one of each version of CVSS."""

from collections.abc import Iterator, Mapping

from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.rules.content import Content, Score, Vulnerability
from okiagari.disclose.rules.standing import CONCERNED
from okiagari.problems import Problem
from okiagari.standards import cvss

Fact = tuple[Field, str, str, str]
_SOURCES = ("own", "jvn", "nvd", "supplier", "finder")
_GRAVITY = ("none", "low", "medium", "high", "critical")


def scores(content: Content, products: Mapping[str, str], flaws: Mapping[str, str]) -> Iterator[Fact]:
    """`products`, `flaws`: what each is called, by its key."""
    concerned: dict[str, list[str]] = {}
    for status in content.statuses:
        if status.state in CONCERNED and status.product in products:
            concerned.setdefault(status.vulnerability, []).append(status.product)
    for flaw in content.vulnerabilities:
        known = _ordered(flaw)
        for _, read in known:
            yield Field.FLAW_VECTOR, "", flaws[flaw.id], read.vector
            yield from _of_vector(read)
        for key in concerned.get(flaw.id, ()):
            for vector in _chosen(known, key):
                yield Field.VECTOR, products[key], flaws[flaw.id], vector
    yield Field.SEVERITY, "", "", _gravest(content)


def _of_vector(read: cvss.Score) -> Iterator[Fact]:
    yield Field.BASE, "", read.vector, f"{read.base:.1f}"
    yield Field.OVERALL, "", read.vector, f"{read.overall:.1f}"
    yield Field.BASE_SEVERITY, "", read.vector, read.severity.value
    yield Field.OVERALL_SEVERITY, "", read.vector, read.overall_severity.value


def _ordered(flaw: Vulnerability) -> list[tuple[Score, cvss.Score]]:
    """Own scores first, newer versions before older ones; what cannot be read is said by nobody."""
    found = []
    for score in flaw.scores:
        if score.system == "cvss":
            try:
                found.append((score, cvss.parse(score.vector, score.version or None)))
            except Problem:
                continue
    found.sort(key=lambda each: each[0].version, reverse=True)
    found.sort(key=lambda each: _SOURCES.index(each[0].source) if each[0].source in _SOURCES else 9)
    return found


def _chosen(known: list[tuple[Score, cvss.Score]], key: str) -> Iterator[str]:
    """One of each version: the product's own before that of all."""
    mine = [each for each in known if not each[0].products or key in each[0].products]
    taken: set[str] = set()
    for _, read in sorted(mine, key=lambda each: not each[0].products):
        if read.version[:1] not in taken:
            taken.add(read.version[:1])
            yield read.vector


def _gravest(content: Content) -> str:
    """The highest severity over what is not known to be spared."""
    spared = {(each.vulnerability, each.product) for each in content.statuses if each.state == "not_affected"}
    found: set[str] = set()
    for flaw in content.vulnerabilities:
        listed = [score for score in flaw.scores if score.system == "cvss"]
        listed.sort(key=lambda each: each.version, reverse=True)
        listed.sort(key=lambda each: _SOURCES.index(each.source) if each.source in _SOURCES else 9)
        general = next((each.severity for each in listed if not each.products), "")
        left = [each.key for each in content.products if (flaw.id, each.key) not in spared]
        own = [next((each.severity for each in listed if key in each.products), general) for key in left]
        found |= set(own or [general])
    known = [each for each in found if each in _GRAVITY]
    return max(known, key=_GRAVITY.index, default="")
