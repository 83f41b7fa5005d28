"""The text that asks JPCERT/CC for CVE ids, of the vulnerabilities of a content that have none."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from okiagari.disclose.rules.content import Content
from okiagari.disclose.rules.standing import CONCERNED, standings
from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Site
from okiagari.standards.cve import Request, request
from okiagari.standards.cve.request import Flaw
from okiagari.standards.firmware_order import Range

from . import facts


@dataclass(frozen=True)
class Asked:
    """What is known beside the content. `number`: what the matter is called; `at`: when it is planned to be
    public, or was; `page`: where.
    """

    number: str
    at: datetime | None = None
    page: str = ""
    is_public: bool = False


def request_text(content: Content, site: Site, language: str, asked: Asked) -> str:
    """Ready to be copied into a mail; a plain sentence where every vulnerability has its id."""
    with saying.speaking(language):
        flaws = _flaws(content, language)
        if not flaws:
            return gettext("Every vulnerability has its CVE id: there is nothing to ask for.") + "\n"
        wanted = Request(
            maker=facts.maker(site, language),
            number=asked.number,
            flaws=flaws,
            contact=saying.exact(content.words.contact, language),
            planned=f"{site.local(asked.at):%Y-%m-%d %H:%M %Z}" if asked.at else "",
            page=asked.page,
            is_public=asked.is_public,
        )
    return request(wanted, language)


def _flaws(content: Content, language: str) -> tuple[Flaw, ...]:
    found = []
    for flaw in content.vulnerabilities:
        if flaw.cve:
            continue
        best = next(iter(facts.scores(flaw)), None)
        found.append(
            Flaw(
                title=saying.in_language(flaw.title, language)
                or saying.in_language(content.words.title, language),
                products=tuple(_products(content, flaw.id, language)),
                description=facts.description(content, flaw, language),
                impact=facts.impact(content, flaw, language),
                weakness=flaw.cwe,
                score=f"CVSS v{best[1].version} {best[1].base:.1f} {best[1].vector}" if best else "",
                known_as=tuple(text for text in (flaw.jvn, flaw.jvndb) if text),
            )
        )
    return tuple(found)


def _products(content: Content, flaw: str, language: str) -> list[tuple[str, str]]:
    """Affected products with their versions, and those still looked into."""
    found = []
    for standing in standings(content):
        status = next((each for each in standing.statuses if each.vulnerability == flaw), None)
        name = saying.model(standing.product)
        if status is not None and status.state in CONCERNED:
            found.append((name, (status.versions or Range.all()).words(language)))
        elif status is None or status.state == "investigating":
            found.append((name, f"({gettext('We are investigating')})"))
    return found
