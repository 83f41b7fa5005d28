"""What the page says of each vulnerability: words, ids, scores, and which products it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from okiagari.disclose.rules.content import Content, Vulnerability
from okiagari.disclose.rules.standing import Standing
from okiagari.disclose.site import csaf_flaws, devices, saying
from okiagari.disclose.site.devices import Family
from okiagari.disclose.site.entries import Entry
from okiagari.disclose.site.links import Link, identifier_links


@dataclass(frozen=True)
class Flaw:
    anchor: str
    title: str
    description: str
    impact: str
    cwe: str
    ids: tuple[Link, ...]
    scores: tuple[tuple[str, str, str, str, str], ...]
    words: tuple[tuple[str, str], ...]
    exploit: str
    public: str
    products: tuple[tuple[str, tuple[Family, ...]], ...]


def shown(flaw: Vulnerability, number: int, found: Sequence[Standing], entry: Entry, language: str) -> Flaw:
    scores = saying.scores_of(flaw)
    models = {each.product.key: saying.model(each.product) for each in found}
    return Flaw(
        anchor=f"v-{number}",
        title=saying.in_language(flaw.title, language),
        description=saying.exact(flaw.description, language),
        impact=saying.exact(flaw.impact, language),
        cwe=flaw.cwe,
        ids=identifier_links(Content(tracking_id="", vulnerabilities=[flaw]), language),
        scores=tuple(
            (
                f"CVSS v{score.version}",
                score.value,
                saying.severity_word(score.severity),
                score.vector,
                gettext(", ").join(
                    [
                        gettext(saying.SOURCE_WORDS.get(score.source, score.source)),
                        *(models.get(key, key) for key in score.products),
                    ]
                ),
            )
            for score in scores
        ),
        words=tuple(saying.vector_words(scores[0])) if scores else (),
        exploit=saying.exploit_words(flaw.exploit, saying.date(flaw.attacked_at[:10], language)),
        public=_public(flaw, entry, language),
        products=tuple(devices.of_flaw(flaw, found)),
    )


def _public(flaw: Vulnerability, entry: Entry, language: str) -> str:
    """Since when others have told of it, where they did before us."""
    at = csaf_flaws.disclosed(flaw, entry.first_at)
    if at is None:
        return ""
    return gettext("It has been public since %(date)s.") % {"date": saying.date(f"{at:%Y-%m-%d}", language)}
