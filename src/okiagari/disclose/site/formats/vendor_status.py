"""What the maker tells JPCERT/CC as VULDEF 3.2: its status, its products, what to do, in one language."""

from collections.abc import Iterator

from django.utils.translation import gettext

from okiagari.disclose.rules import vendor
from okiagari.disclose.rules.content import Vulnerability
from okiagari.disclose.rules.standing import CONCERNED, Standing, standings
from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.links import identifier_links, reference_links
from okiagari.disclose.site.made import Made
from okiagari.standards import vuldef
from okiagari.standards.vuldef.model import (
    Affected,
    Change,
    Credit,
    Related,
    RelatedKind,
    Solution,
    SolutionKind,
    Vulinfo,
)

from . import facts
from .unsaid import VULDEF, unsaid


def document(entry: Entry, site: Site, language: str) -> Made:
    with saying.speaking(language):
        built = vuldef.build([info(entry, site, language)], language)
    path = f"vuldef/{language}/{entry.name}.xml"
    left = unsaid(entry, VULDEF)
    return Made("vuldef", "VULDEF", path, built.content, language, built.losses, left_out=left)


def info(entry: Entry, site: Site, language: str) -> Vulinfo:
    """The values; the first affected item is the vendor's own status over all products."""
    content = entry.content
    found = standings(content)
    flaws = content.vulnerabilities
    words = content.words
    impacts = [saying.exact(words.impact, language), *(saying.exact(each.impact, language) for each in flaws)]
    own = Affected(facts.maker(site, language), status=vendor.of_content(content))
    return Vulinfo(
        id=entry.document_id(language),
        title=saying.in_language(words.title, language),
        overview=saying.exact(words.summary, language) or saying.in_language(words.title, language),
        details=_said(words.description, *(each.description for each in flaws), language=language),
        affected=(own, *(_affected(each, site, language) for each in found)),
        scores=tuple(dict.fromkeys(read for flaw in flaws for _, read in facts.scores(flaw))),
        impacts=tuple(dict.fromkeys(text for text in impacts if text)),
        solutions=tuple(_solutions(found, flaws, language)),
        exploits=tuple(dict.fromkeys(text for each in flaws if (text := saying.exploit_words(each.exploit)))),
        related=tuple(_related(entry, site, language)),
        credits=tuple(Credit(has_consent=True, name=name, text=_thanks()) for name in content.credits),
        contact=facts.maker(site, language),
        contact_text=saying.exact(words.contact, language),
        history=tuple(
            Change(each.called, each.at, (saying.in_language(each.summary, language) or "-",))
            for each in entry.editions
        ),
        first_at=entry.first_at,
        updated_at=entry.last_at,
        public_at=entry.first_at,
        is_public=True,
    )


def _thanks() -> str:
    return gettext("We thank for reporting this.")


def _said(*texts: dict[str, str], language: str) -> tuple[str, ...]:
    found = (saying.exact(each, language) for each in texts)
    return tuple(dict.fromkeys(text for text in found if text))


def _affected(standing: Standing, site: Site, language: str) -> Affected:
    product = standing.product
    concerned = [each for each in standing.statuses if each.state in CONCERNED]
    conditions = (saying.exact(each.condition, language) for each in concerned)
    return Affected(
        vendor=facts.vendor(product, site, language),
        product=saying.model(product),
        status=vendor.of_product(standing),
        versions=standing.ranges,
        notes=tuple(dict.fromkeys(text for text in conditions if text)),
    )


def _solutions(found: tuple[Standing, ...], flaws: list[Vulnerability], language: str) -> Iterator[Solution]:
    """What to do, each thing once with the products it is for."""
    told: dict[tuple[SolutionKind, str, str], list[str]] = {}
    for standing in found:
        for kind, text, url in _of_product(standing, flaws, language):
            told.setdefault((kind, text, url), []).append(saying.model(standing.product))
    for (kind, text, url), models in told.items():
        names = gettext(", ").join(dict.fromkeys(models))
        yield Solution((f"{names}:\n{text}",), kind, (url,) if url else ())


def _of_product(
    standing: Standing, flaws: list[Vulnerability], language: str
) -> Iterator[tuple[SolutionKind, str, str]]:
    for flaw in flaws:
        told = facts.advice(standing, flaw, language)
        if told.update:
            yield SolutionKind.FIXED, told.update, told.url
        if told.workaround:
            yield SolutionKind.WORKAROUND, told.workaround, ""
        if told.other:
            yield _kind(standing, told), told.other, ""


def _kind(standing: Standing, told: facts.Advice) -> SolutionKind:
    """Replaced where there is a successor, none where no fix will come, else not known yet."""
    if standing.successor is not None or standing.of_kind("replace"):
        return SolutionKind.MIGRATION
    return SolutionKind.NONE if told.is_final else SolutionKind.UNKNOWN


def _related(entry: Entry, site: Site, language: str) -> Iterator[Related]:
    maker = facts.maker(site, language)
    for _, title, url in facts.pages(entry, site):
        yield Related(RelatedKind.VENDOR, maker, entry.content.tracking_id, title, url)
    for link in identifier_links(entry.content, language):
        name = "Common Vulnerabilities and Exposures (CVE)" if link.text.startswith("CVE-") else "JVN"
        yield Related(RelatedKind.ADVISORY, name, link.text, url=link.url)
    for link in reference_links(entry.content, language):
        yield Related(RelatedKind.ADVISORY, title=link.text, url=link.url)
    for cwe in dict.fromkeys(each.cwe for each in entry.content.vulnerabilities if each.cwe):
        yield Related(
            RelatedKind.CWE, "CWE", cwe, url=f"https://cwe.mitre.org/data/definitions/{cwe[4:]}.html"
        )
