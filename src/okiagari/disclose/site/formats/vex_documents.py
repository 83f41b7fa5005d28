"""OpenVEX and CycloneDX: what is known of each product and each vulnerability of an advisory."""

from collections.abc import Iterator
from urllib.parse import quote

from django.utils.translation import gettext

from okiagari import __version__
from okiagari.disclose.rules.content import Content, Product, Score
from okiagari.disclose.rules.standing import CONCERNED, Standing, standings
from okiagari.disclose.site import csaf_flaws, identities, saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.links import identifier_links
from okiagari.disclose.site.made import Made
from okiagari.problems import Problem, gettext_noop
from okiagari.standards import cvss, ids
from okiagari.standards.csaf.terms import Justification
from okiagari.standards.documents import Loss, to_bytes
from okiagari.standards.firmware_order import Range
from okiagari.standards.vex import cyclonedx, model, openvex
from okiagari.standards.vex.cyclonedx_terms import Format

from . import facts
from .unsaid import CYCLONEDX, OPENVEX, unsaid

LEFT_OUT = {
    "ja": gettext_noop("There is room for one language: the Japanese texts are left out."),
    "en": gettext_noop("There is room for one language: the English texts are left out."),
}

_KINDS = {"application": model.Kind.APPLICATION, "service": model.Kind.SERVICE}


def documents(entry: Entry, site: Site) -> Iterator[Made]:
    """OpenVEX 0.2.0 and CycloneDX 1.6 and 1.7, in one language each."""
    language = facts.one_language(entry)
    with saying.speaking(language):
        said = document(entry, site, language)
    lost = tuple(Loss("", LEFT_OUT[other]) for other in entry.content.languages if other != language)
    built = openvex.build(said)
    path = f"openvex/{entry.name}.json"
    losses, left = (*built.losses, *lost), unsaid(entry, OPENVEX)
    yield Made("openvex", "OpenVEX", path, to_bytes(built.document), "", losses, left_out=left)
    for version in Format:
        written = cyclonedx.build(said, version)
        name = f"cyclonedx-{version}"
        path = f"cyclonedx/{version}/{entry.name}.cdx.json"
        losses, left = (*written.losses, *lost), unsaid(entry, CYCLONEDX)
        content = to_bytes(written.document)
        yield Made(name, f"CycloneDX {version}", path, content, "", losses, left_out=left)


def document(entry: Entry, site: Site, language: str) -> model.Document:
    content = entry.content
    found = standings(content)
    by_key = {each.product.key: each for each in found}
    return model.Document(
        id=f"{site.url}/openvex/{entry.name}.json",
        version=entry.editions[-1].number,
        author=facts.maker(site, language),
        language=language,
        first_at=entry.first_at,
        last_at=entry.last_at,
        title=saying.in_language(content.words.title, language),
        tool="Okiagari",
        tool_version=__version__,
        pages=tuple((title, url) for _, title, url in facts.pages(entry, site)),
        credits=tuple(content.credits),
        products=tuple(_product(each, site, language) for each in content.products),
        vulnerabilities=tuple(
            _vulnerability(content, number, language) for number in range(1, len(content.vulnerabilities) + 1)
        ),
        statements=tuple(
            _statement(content, number, by_key[product.key], language)
            for number in range(1, len(content.vulnerabilities) + 1)
            for product in content.products
        ),
    )


def _product(product: Product, site: Site, language: str) -> model.Product:
    return model.Product(
        id=product.key,
        url=f"{site.url}/products/{quote(product.key, safe='')}",
        name=saying.model(product),
        kind=_KINDS.get(product.kind, model.Kind.DEVICE),
        family=product.family,
        maker=facts.vendor(product, site, language),
        page=saying.web(product.page),
        cpe=identities.software(product)[0],
        purl=identities.software(product)[1],
    )


def _vulnerability(content: Content, number: int, language: str) -> model.Vulnerability:
    flaw = content.vulnerabilities[number - 1]
    name = facts.known_as(content, number)
    links = identifier_links(Content(tracking_id="", vulnerabilities=[flaw]), language)
    others = [each for each in links if each.text != name]
    return model.Vulnerability(
        name=name,
        aliases=tuple(each.text for each in others),
        url=next((each.url for each in links if each.text == name), ""),
        source=_system(name),
        title=saying.in_language(flaw.title, language),
        description=facts.description(content, flaw, language) or saying.in_language(flaw.title, language),
        detail=facts.impact(content, flaw, language),
        cwe=flaw.cwe,
        references=tuple((each.text, _system(each.text), each.url) for each in others),
    )


def _system(text: str) -> str:
    """Who gave the number: CVE, JVN, JVN iPedia; "" for our own."""
    try:
        system = ids.parse(text).system
    except Problem:
        return ""
    return {ids.System.CVE: "CVE", ids.System.JVNDB: "JVN iPedia"}.get(system, "JVN")


def _statement(content: Content, number: int, standing: Standing, language: str) -> model.Statement:
    flaw = content.vulnerabilities[number - 1]
    name, product = facts.known_as(content, number), standing.product.key
    status = next((each for each in standing.statuses if each.vulnerability == flaw.id), None)
    if status is None or (status.state not in CONCERNED and status.state != "not_affected"):
        return model.Statement(name, product, model.Status.UNDER_INVESTIGATION)
    if status.state == "not_affected":
        reason = status.justification if status.justification in set(Justification) else ""
        return model.Statement(
            name,
            product,
            model.Status.NOT_AFFECTED,
            justification=Justification(reason) if reason else None,
            impact="" if reason else gettext("Not affected"),
        )
    told = facts.advice(standing, flaw, language)
    return model.Statement(
        name,
        product,
        model.Status.AFFECTED,
        versions=status.versions or Range.all(),
        fixed_in=tuple(csaf_flaws.fixed_in(standing, status)),
        action=told.action or told.workaround,
        workaround=told.workaround if told.action else "",
        condition=saying.exact(status.condition, language),
        is_final=told.is_final,
        scores=tuple(_score(*each) for each in facts.scores_for(flaw, product)),
    )


def _score(known: Score, score: cvss.Score) -> model.ScoreOf:
    source = {"jvn": "JVN", "nvd": "NVD"}.get(known.source, "")
    return model.ScoreOf(score, source)
