"""Facts of a snapshot as every format needs them: names, scores, fixed releases, what the owner should do.

In: values of `rules.content`. Out: values and words; the language of words is the one that is active.
What is said of measures is what the CSAF document says of them, word by word.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from okiagari.disclose.rules.content import Content, Product, Score, Vulnerability
from okiagari.disclose.rules.standing import CONCERNED, Standing
from okiagari.disclose.site import csaf_flaws, saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.problems import Problem
from okiagari.standards import cvss
from okiagari.standards.csaf.parts import date_words
from okiagari.standards.csaf.terms import RemediationKind

ENGLISH = "en"


def one_language(entry: Entry) -> str:
    """The language of a format that has room for one only: English, which most programs' readers share."""
    return ENGLISH if ENGLISH in entry.content.languages else entry.primary


def maker(site: Site, language: str) -> str:
    return saying.in_language(site.publisher.name, language) or gettext("The maker")


def vendor(product: Product, site: Site, language: str) -> str:
    """By whose name it is sold."""
    return saying.in_language(product.brand, language) or maker(site, language)


def known_as(content: Content, number: int) -> str:
    """What the `number`-th vulnerability (from 1) is called where it needs one name, and no other has it.

    JVN gives one number to several vulnerabilities of a report, CVE does not.
    """
    flaw = content.vulnerabilities[number - 1]
    name = flaw.cve or flaw.jvn or flaw.jvndb
    names = [each.cve or each.jvn or each.jvndb for each in content.vulnerabilities]
    is_shared = not flaw.cve and names.count(name) > 1
    return name if name and not is_shared else f"{content.tracking_id}-{number}"


def description(content: Content, flaw: Vulnerability, language: str) -> str:
    """What the problem is, in exactly this language."""
    return (
        saying.exact(flaw.description, language)
        or saying.exact(content.words.description, language)
        or saying.exact(content.words.summary, language)
    )


def impact(content: Content, flaw: Vulnerability, language: str) -> str:
    return saying.exact(flaw.impact, language) or saying.exact(content.words.impact, language)


def pages(entry: Entry, site: Site) -> Iterator[tuple[str, str, str]]:
    """Language, title and address of the advisory itself."""
    for language in entry.content.languages:
        title = saying.in_language(entry.content.words.title, language)
        yield language, title, f"{site.url}/{entry.page(language)}"


def scores(flaw: Vulnerability) -> Iterator[tuple[Score, cvss.Score]]:
    """Every CVSS score that can be read: own ones first, newer versions before older ones."""
    for score in saying.scores_of(flaw):
        try:
            yield score, cvss.parse(score.vector, score.version or None)
        except Problem:
            continue


def scores_for(flaw: Vulnerability, product: str) -> list[tuple[Score, cvss.Score]]:
    """One score of each version: the product's own before that of all, as in the CSAF document."""
    found = [each for each in scores(flaw) if not each[0].products or product in each[0].products]
    taken: dict[str, tuple[Score, cvss.Score]] = {}
    for each in sorted(found, key=lambda pair: not pair[0].products):
        taken.setdefault(each[1].version[:1], each)
    return list(taken.values())


@dataclass(frozen=True)
class Advice:
    """What the owner of a product should do about one vulnerability."""

    update: str = ""
    workaround: str = ""
    other: str = ""
    url: str = ""
    is_final: bool = False
    is_stop: bool = False

    @property
    def action(self) -> str:
        return "\n\n".join(part for part in (self.update, self.other) if part)


def advice(standing: Standing, flaw: Vulnerability, language: str) -> Advice:
    """Drawn from the remediations of the CSAF document."""
    status = next((each for each in standing.statuses if each.vulnerability == flaw.id), None)
    if status is None or status.state not in CONCERNED:
        return Advice()
    updates: list[str] = []
    workarounds: list[str] = []
    others: list[str] = []
    urls: list[str] = []
    kinds: set[RemediationKind] = set()
    for each in csaf_flaws.of_product(standing, status, flaw, (standing.product.key,), language):
        kinds.add(each.kind)
        details = each.details
        if each.kind is RemediationKind.FIX_PLANNED and each.planned:
            told = gettext("A fix is planned for %(date)s.") % {"date": date_words(each.planned, language)}
            details = f"{details}\n\n{told}"
        if each.kind is RemediationKind.VENDOR_FIX:
            updates.append(details)
            urls.append(each.url)
        else:
            (workarounds if each.kind is RemediationKind.WORKAROUND else others).append(details)
    return Advice(
        update="\n\n".join(updates),
        workaround="\n\n".join(workarounds),
        other="\n\n".join(others),
        url=next((url for url in urls if url), ""),
        is_final=bool(kinds & {RemediationKind.NO_FIX_PLANNED, RemediationKind.STOP_USE}),
        is_stop=RemediationKind.STOP_USE in kinds,
    )
