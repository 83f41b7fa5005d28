"""Draws where the maker stands on one case: its grid and measures now, what of it is published, the
statement.

In: a case. Out: its `Material`: the stance, and the whole content for the formats. Reads as the system
(whoever calls has asked who may) and never writes. Of what is not public it takes facts and what somebody
wrote for JVN, no word of a draft: nobody has approved that yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from okiagari.cases import queries as cases
from okiagari.cases.values import CaseView
from okiagari.desk.models import Organisation
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import gather, publisher, sealing
from okiagari.disclose.jvn import rules
from okiagari.disclose.jvn.models import VendorStatement
from okiagari.disclose.jvn.values import Page, ProductStance, Reference, Stance, Step, Texts
from okiagari.disclose.models import Advisory
from okiagari.disclose.rules import content as contents
from okiagari.disclose.rules import vendor
from okiagari.disclose.rules.content import Content, Words
from okiagari.disclose.rules.standing import CONCERNED, Standing, standings
from okiagari.disclose.site import csaf_flaws, saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.standards.localtext import LANGUAGES

TOLD = frozenset({"workaround", "stop_use", "replace"})


@dataclass(frozen=True)
class Material:
    """`content`: the facts of this case with the words that may be said; `said`: what of it is published."""

    case: CaseView
    content: Content
    said: tuple[Content, ...]
    stance: Stance
    site: Site

    @property
    def reference(self) -> str:
        return rules.reference(self.case)


def draw(case_id: str, *, is_lean: bool = False) -> Material:
    """Everything a report on this case says now. `is_lean`: the stance alone is to be relied on, for less."""
    case, site = cases.case(SYSTEM, case_id), publisher.site()
    facts, said = gather.of_case(case_id, is_lean=is_lean), _published(case_id)
    statement = _statement(case_id, said)
    content = msgspec.structs.replace(
        facts,
        words=_words(facts, said, statement),
        references=_references(said),
    )
    return Material(case, content, said, stance(content, said, statement, site), site)


def _published(case_id: str) -> tuple[Content, ...]:
    """What our own pages say now, one content for each advisory of the case."""
    rows = Advisory.objects.filter(cases__case__public_id=case_id, withdrawn_at=None).order_by("pk")
    last = [sealing.last_published(each) for each in rows]
    return tuple(contents.read(each.snapshot.content) for each in last if each is not None)


def _statement(case_id: str, said: Iterable[Content]) -> Texts:
    """What somebody wrote for JVN; else what the published pages say first."""
    own = VendorStatement.objects.filter(case__public_id=case_id).first()
    if own is not None and own.text:
        return {name: text for name, text in own.text.texts.items() if text.strip()}
    found: Texts = {}
    for language in LANGUAGES:
        texts = [saying.exact(each.words.summary, language) for each in said]
        if words := "\n\n".join(dict.fromkeys(text for text in texts if text)):
            found[language] = words
    return found


def _references(said: Iterable[Content]) -> list[contents.Reference]:
    found = {each.url: each for content in said for each in content.references}
    return list(found.values())


def _words(facts: Content, said: tuple[Content, ...], statement: Texts) -> Words:
    """The published words; before there are any, what the vulnerabilities are called."""
    contact = _contact()
    if said:
        return msgspec.structs.replace(said[0].words, stale=[])
    titles: Texts = {}
    for language in LANGUAGES:
        named = [saying.in_language(each.title, language) for each in facts.vulnerabilities]
        titles[language] = " / ".join(dict.fromkeys(each for each in named if each))
    return Words(title=titles, summary=statement, contact=dict.fromkeys(LANGUAGES, contact))


def _contact() -> str:
    maker = Organisation.objects.filter(kind="maker").order_by("pk").first()
    return maker.contact if maker else ""


def stance(content: Content, said: tuple[Content, ...], statement: Texts, site: Site) -> Stance:
    numbers = [text for flaw in content.vulnerabilities for text in (flaw.cve, flaw.jvn) if text]
    order = {each.key: place for place, each in enumerate(content.products)}
    found = sorted(standings(content), key=lambda each: order[each.product.key])
    return Stance(
        value=vendor.together(vendor.of_product(each) for each in found).value
        if content.vulnerabilities
        else "unknown",
        products=[_product(each, content) for each in found] if content.vulnerabilities else [],
        numbers=list(dict.fromkeys(numbers)),
        statement=statement,
        pages=[page for each in said for page in _pages(each, site)],
        references=[Reference(url=each.url, title=each.title) for each in content.references],
        is_public=bool(said),
    )


def _pages(said: Content, site: Site) -> Iterable[Page]:
    entry = Entry(said, ())
    for language in said.languages:
        title = saying.in_language(said.words.title, language)
        path = entry.page(language)
        yield Page(language=language, title=title, path=path, url=f"{site.url}/{path}")


def _product(standing: Standing, content: Content) -> ProductStance:
    concerned = [each for each in standing.statuses if each.state in CONCERNED]
    fixed = [text for each in concerned for text in csaf_flaws.fixed_in(standing, each)]
    never = [each.cannot_fix for each in concerned if each.cannot_fix]
    return ProductStance(
        key=standing.product.key,
        name=saying.model(standing.product),
        value=vendor.of_product(standing).value,
        ranges=[each.to_json() for each in standing.ranges],
        conditions=_each_once(each.condition for each in concerned),
        fixed=list(dict.fromkeys(fixed)),
        unfixed=[_named(content, each.vulnerability) for each in standing.unfixed] if fixed else [],
        planned=list(dict.fromkeys(each.planned for each in standing.planned if each.planned)),
        planned_words=_each_once(each.planned_wording for each in standing.planned),
        never=_each_once(never),
        steps=[Step(kind=each.kind, text=each.text) for each in standing.measures if each.kind in TOLD],
        successor=standing.successor.model if standing.successor else "",
    )


def _each_once(found: Iterable[Texts]) -> list[Texts]:
    kept: list[Texts] = []
    for each in found:
        if each and each not in kept:
            kept.append(each)
    return kept


def _named(content: Content, flaw_id: str) -> str:
    """What a vulnerability is called in a report."""
    for place, flaw in enumerate(content.vulnerabilities, 1):
        if flaw.id == flaw_id:
            return flaw.cve or f"#{place}"
    return flaw_id
