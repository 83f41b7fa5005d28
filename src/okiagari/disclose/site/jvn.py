"""What JPCERT/CC needs for the vendor's part of a JVN page: status, products, measures, as plain text.

In: an entry. Out: text under the headings of JVN, in its language. The status is the vendor's roll-up
over all products by the five values of VULDEF 3.2; dates are in the maker's zone.
"""

from collections.abc import Iterator

from django.utils.translation import gettext

from okiagari.disclose.rules import vendor
from okiagari.disclose.rules.content import Content
from okiagari.disclose.rules.standing import Action, Standing, standings
from okiagari.disclose.site import csaf_flaws, saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.links import identifier_links, reference_links
from okiagari.problems import gettext_noop

STATUS_WORDS = {
    "vulnerable": gettext_noop("affected products exist"),
    "vulnerable_investigating": gettext_noop("affected products exist (under investigation)"),
    "notvulnerable": gettext_noop("no affected products"),
    "notvulnerable_investigating": gettext_noop("no affected products so far (under investigation)"),
    "unknown": gettext_noop("unknown"),
}


def vendor_status(content: Content) -> str:
    """One of the five values of VULDEF 3.2."""
    return vendor.of_content(content).value


def text(entry: Entry, site: Site, language: str) -> str:
    with saying.speaking(language):
        parts = [f"■ {title}\n{body.strip()}" for title, body in _sections(entry, site, language) if body]
        return "\n\n".join(parts) + "\n"


def _sections(entry: Entry, site: Site, language: str) -> Iterator[tuple[str, str]]:
    content = entry.content
    found = standings(content)
    words = content.words
    flaws = content.vulnerabilities
    yield gettext("Title"), saying.exact(words.title, language)
    yield gettext("Ids"), "\n".join(link.text for link in identifier_links(content, language))
    yield gettext("Overview"), saying.exact(words.summary, language)
    yield gettext("Systems affected"), "\n".join(_systems(found, language))
    details = [saying.exact(each.description, language) for each in flaws]
    yield gettext("Details"), "\n\n".join([saying.exact(words.description, language), *details]).strip()
    impacts = [saying.exact(each.impact, language) for each in flaws]
    yield gettext("Possible impact"), "\n\n".join([saying.exact(words.impact, language), *impacts]).strip()
    yield gettext("Countermeasure"), "\n\n".join(_measures(found, language))
    status = gettext(STATUS_WORDS[vendor_status(content)])
    at = f"{site.local(entry.last_at):%Y-%m-%d}"
    page = f"{site.url}/{entry.page(language)}"
    maker = saying.in_language(site.publisher.name, language)
    yield gettext("Vendor status"), "\n".join([maker, f"{status} ({at})", page])
    yield (
        gettext("References"),
        "\n".join(f"{each.text} {each.url}" for each in reference_links(content, language)),
    )
    yield gettext("Analysis (CVSS)"), "\n".join(_scores(content))
    yield gettext("Credit"), "\n".join(content.credits)


def _systems(found: tuple[Standing, ...], language: str) -> Iterator[str]:
    for each in found:
        name = saying.model(each.product)
        if each.is_concerned:
            versions = gettext(", ").join(saying.versions(each.ranges, language))
            yield f"・{name} {versions}".rstrip()
        elif each.action is Action.CHECKING:
            yield f"・{name} ({gettext('We are investigating')})"


def _measures(found: tuple[Standing, ...], language: str) -> Iterator[str]:
    for each in found:
        if not each.is_concerned:
            continue
        told = [
            saying.in_language(measure.text, language) for measure in each.measures if measure.kind != "fix"
        ]
        if each.action is Action.UPDATE:
            told.insert(0, csaf_flaws.update_words(each, language))
        if each.action is Action.STOP_USE:
            told.append(csaf_flaws.successor_words(each, language))
        yield f"{saying.model(each.product)}:\n" + "\n".join(part for part in told if part)


def _scores(content: Content) -> Iterator[str]:
    for flaw in content.vulnerabilities:
        for score in saying.scores_of(flaw):
            source = gettext(saying.SOURCE_WORDS.get(score.source, score.source))
            name = flaw.cve or flaw.jvn
            yield f"{name} CVSS v{score.version} {score.value} {score.vector} ({source})".strip()
