"""import(export(x)) keeps every fact: generated advisories go out in each format and are read again.

What a format cannot carry is named in CANNOT_CARRY; everything else comes back equal, product by product, by
the same matching that an import proposes. The values of each format are compared whole in `tests/standards`.
"""

from collections.abc import Callable, Iterator, Mapping

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings

from okiagari.disclose.rules.content import Content, Score
from okiagari.disclose.rules.standing import CONCERNED, standings
from okiagari.disclose.site import csaf_document, csaf_flaws, formats, saying
from okiagari.disclose.site.formats import cve_records, vendor_status
from okiagari.flow.importing import matching
from okiagari.flow.importing.matching import Known
from okiagari.standards import advisory
from okiagari.standards.advisory import Advisory, Flaw, Measure
from okiagari.standards.csaf import to_bytes
from okiagari.standards.csaf.terms import Justification
from okiagari.standards.firmware_order import Form, Range
from tests.disclose import making
from tests.disclose.contents import contents
from tests.disclose.making import SITE, both, content, entry, product, status

some = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CANNOT_CARRY: Mapping[str, frozenset[str]] = {
    "CSAF 2.0": frozenset({"all or unknown versions", "CVSS 4.0", "score source", "first attack"}),
    "CSAF 2.1": frozenset({"all or unknown versions"}),
    "CVE": frozenset(
        {
            *("all or unknown versions", "cve", "jvn", "impact", "revisions", "tracking id", "first attack"),
            *("justification", "condition of a product", "product of a score", "score source"),
        }
    ),
    "VULDEF": frozenset(
        {
            *("all or unknown versions", "which vulnerability", "texts of a vulnerability", "fixed versions"),
            *("justification", "product of a score", "score source", "first attack"),
        }
    ),
}
"""The facts each format cannot carry. `keeps` asks here before it compares."""
Told = tuple[str, int, str, Range | None, str, str]
"""Product, vulnerability, state, versions, justification, condition."""


def keeps(form: str, fact: str) -> bool:
    assert any(fact in facts for facts in CANNOT_CARRY.values()), fact
    return fact not in CANNOT_CARRY[form]


def shelf(said: Content) -> list[Known]:
    return [Known(each.model, (), ((each.key, each.revision),)) for each in said.products]


def versions(given: Range | None) -> Range | None:
    """No format tells "all versions" from "not known which" of a whole device."""
    return None if given is None or given.form in {Form.ALL, Form.UNKNOWN} else given


def told(read: Advisory, known: list[Known], form: str) -> Iterator[Told]:
    """What was read, by the products that an import proposes."""
    targets = {each.product: each.targets for each in matching.matches(read.products, known)}
    for number, flaw in enumerate(read.flaws):
        for each in flaw.statements:
            bare = each.versions.low if each.is_bare and each.versions else ""
            of_revision = matching.named(targets[each.product], known, bare) if bare else ()
            for target in of_revision or targets[each.product]:
                found = None if of_revision else versions(each.versions)
                reason = each.justification if keeps(form, "justification") else ""
                condition = each.condition if form.startswith("CSAF") else ""
                yield target, number, each.state.value, found, reason, condition


def decided(said: Content, form: str, language: str) -> Iterator[Told]:
    """What was decided."""
    statuses = {(each.product, each.vulnerability): each for each in said.statuses}
    for number, flaw in enumerate(said.vulnerabilities):
        for standing in standings(said):
            key = standing.product.key
            status = statuses.get((key, flaw.id))
            if status is None or status.state == "investigating":
                yield key, number, "investigating", None, "", ""
            elif status.state == "not_affected":
                reason = status.justification if status.justification in set(Justification) else ""
                yield key, number, "not_affected", None, reason if keeps(form, "justification") else "", ""
            else:
                condition = saying.exact(status.condition, language) if form.startswith("CSAF") else ""
                yield key, number, "affected", versions(status.versions), "", condition
                for text in csaf_flaws.fixed_in(standing, status):
                    yield key, number, "fixed", Range.exactly(text), "", ""


def scores(said: Content, number: int, form: str) -> set[str]:
    """Vectors of what is affected."""
    affected = {
        each.product
        for each in said.statuses
        if each.state in CONCERNED and each.vulnerability == said.vulnerabilities[number].id
    }
    found = {each.vector for each in said.vulnerabilities[number].scores if each.system == "cvss"}
    assert affected is not None
    return found if keeps(form, "CVSS 4.0") else {each for each in found if not each.startswith("CVSS:4")}


@pytest.mark.parametrize("version", ["2.0", "2.1"])
@some
@given(said=contents())
def test_csaf_comes_back_product_by_product_and_word_by_word(version: str, said: Content) -> None:
    names = [text for each in said.products for text in (*each.brand.values(), *each.names.values())]
    assume(not any(", " in text or ": " in text for text in names))  # 2.0 ties a condition by names alone
    form, known = f"CSAF {version}", entry(said, editions=2)
    for language in said.languages:
        built = csaf_document.document(known, SITE, language, version=version)
        found = advisory.read(to_bytes(built.document))
        read = found.advisory
        assert found.unread == ()
        assert set(told(read, shelf(said), form)) == set(decided(said, form, language))
        assert (read.title, read.contact) == (said.words.title[language], said.words.contact[language])
        assert dict(read.words) == {
            name: getattr(said.words, name)[language] for name in ("summary", "description", "impact")
        }
        assert read.tracking_id == known.document_id(language)
        assert [(each.number, each.at) for each in read.revisions] == [
            (each.called, each.at) for each in known.editions
        ]
        assert set(read.credits) == set(said.credits)
        for number, (flaw, mine) in enumerate(zip(read.flaws, said.vulnerabilities, strict=True)):
            _same_flaw(flaw, said, number, language)
            assert (flaw.attacked is not None) <= keeps(form, "first attack")
            assert {each.score.vector for each in flaw.scores} <= scores(said, number, form)
            assert all(not each.source or keeps(form, "score source") for each in flaw.scores)
            assert (flaw.jvn, flaw.jvndb) == (mine.jvn, mine.jvndb)


def _same_flaw(flaw: Flaw, said: Content, number: int, language: str) -> None:
    mine = said.vulnerabilities[number]
    assert (flaw.cve, flaw.cwe, flaw.title) == (mine.cve, mine.cwe, mine.title[language])
    if mine.description:
        assert flaw.description == {language: mine.description[language]}
    assert flaw.impact == ({language: mine.impact[language]} if mine.impact else {})
    wanted = {
        each.text[language]
        for each in said.measures
        if each.kind == "workaround" and _concerned(said, each.products, mine.id)
    }
    assert {each.text for each in _of(flaw, "workaround")} == wanted


def _of(flaw: Flaw, kind: str) -> list[Measure]:
    return [each for each in flaw.measures if each.kind == kind]


def _concerned(said: Content, products: list[str], flaw: str) -> bool:
    statuses = [each for each in said.statuses if each.product in products and each.vulnerability == flaw]
    return any(each.state in CONCERNED for each in statuses)


@some
@given(said=contents())
def test_cve_records_come_back_product_by_product(said: Content) -> None:
    known = entry(said)
    made = {each.format: each.content for each in cve_records.records(known, SITE) if each.content}
    for number, mine in enumerate(said.vulnerabilities):
        written = made.get(mine.cve.lower()) if mine.cve else None
        if not isinstance(written, bytes):
            continue
        found = advisory.read(written)
        assert found.unread == ()
        (flaw_,) = found.advisory.flaws
        read = {(p, s, v) for p, _, s, v, _, _ in told(found.advisory, shelf(said), "CVE")}
        assert read == {(p, s, v) for p, n, s, v, _, _ in decided(said, "CVE", "en") if n == number}
        assert flaw_.cwe == mine.cwe
        assert {each.score.vector for each in flaw_.scores} == scores(said, number, "CVE")
        if mine.description:
            assert dict(flaw_.description) == {each: mine.description[each] for each in said.languages}
        assert set(found.advisory.credits) == set(said.credits)
        assert not keeps("CVE", "cve") or flaw_.cve == mine.cve


@some
@given(said=contents())
def test_vuldef_comes_back_as_far_as_one_status_for_all_vulnerabilities_goes(said: Content) -> None:
    known = entry(said)
    for language in said.languages:
        written = vendor_status.document(known, SITE, language).content
        assert isinstance(written, bytes)
        found = advisory.read(written)
        read = found.advisory
        assert found.unread == ()
        # blanks at the ends of a text say nothing and do not come back out of XML
        told_words = (read.title, read.words["summary"], read.contact)
        written_words = (said.words.title, said.words.summary, said.words.contact)
        assert told_words == tuple(each[language].strip() for each in written_words)
        mine = {(p, s, v) for p, _, s, v, _, _ in told(read, shelf(said), "VULDEF") if s == "affected"}
        assert {product for product, _, _ in mine} == {
            each.product.key for each in standings(said) if any(s.state in CONCERNED for s in each.statuses)
        }
        ranges = {(each.product.key, one) for each in standings(said) for one in each.ranges if versions(one)}
        assert {(product, one) for product, _, one in mine if one} == ranges
        assert {each.cve for each in read.flaws} - {""} == {each.cve for each in said.vulnerabilities} - {""}
        assert set(read.credits) == set(said.credits)


def rich() -> Content:
    """Everything an advisory can say, once."""
    affected = {"form": "before", "high": "1.03"}
    v4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
    old = Score(system="cvss", version="2.0", vector="AV:N/AC:L/Au:N/C:N/I:N/A:P", source="nvd")
    new = Score(system="cvss", version="4.0", vector=v4, source="nvd", products=["A-1"])
    attack = {"attacked_at": "2015-08-01T00:00:00+09:00", "attack_known_at": "2015-08-03T10:00:00+09:00"}
    first = making.flaw(1, jvn="JVN#17964918", cwe="CWE-78", scores=[old, new], exploit="attacked", **attack)
    second = making.flaw(2, cve="CVE-2015-2985", scores=[])
    texts = {"description": both("説明", "Details"), "impact": both("影響", "Impact")}
    return content(
        products=[product(f"A-{number}") for number in (1, 2, 3, 4)],
        vulnerabilities=[msgspec.structs.replace(each, **texts) for each in (first, second)],
        statuses=[
            status("A-1", "fixed", range=affected, fixed_in="1.03", condition=both("条件", "Condition")),
            status("A-2", "not_affected", justification="component_not_present"),
            status("A-3", "affected", range={"form": "all"}),
            status("A-4", "affected", range={"form": "unknown"}),
            status("A-3", "not_affected", vulnerability="VUL-2", justification="component_not_present"),
        ],
        credits=["Finder"],
    )


PROBES: Mapping[str, Callable[[Advisory], bool]] = {
    "all or unknown versions": lambda read: len(set(_ranges(read))) > 1,
    "CVSS 4.0": lambda read: any(s.score.version.value == "4.0" for f in read.flaws for s in f.scores),
    "score source": lambda read: any(s.source for f in read.flaws for s in f.scores),
    "product of a score": lambda read: any(s.products for f in read.flaws for s in f.scores),
    "first attack": lambda read: any(f.attacked for f in read.flaws),
    "cve": lambda read: any(f.cve for f in read.flaws),
    "jvn": lambda read: any(f.jvn for f in read.flaws),
    "impact": lambda read: bool(read.words.get("impact")) or any(f.impact for f in read.flaws),
    "revisions": lambda read: bool(read.revisions),
    "tracking id": lambda read: read.tracking_id.startswith("SA-2015-001"),
    "justification": lambda read: any(s.justification for f in read.flaws for s in f.statements),
    "condition of a product": lambda read: any(s.condition for f in read.flaws for s in f.statements),
    "fixed versions": lambda read: any(s.state == "fixed" for f in read.flaws for s in f.statements),
    "which vulnerability": lambda read: len({frozenset(f.statements) for f in read.flaws}) == len(read.flaws),
    "texts of a vulnerability": lambda read: all(f.description for f in read.flaws),
}


def _ranges(read: Advisory) -> Iterator[Range | None]:
    for each in read.flaws[0].statements:
        if each.product.endswith(("A-3", "A-4")) and each.state == "affected":
            yield each.versions


@pytest.mark.parametrize("form", sorted(CANNOT_CARRY))
def test_what_a_format_cannot_carry_is_named_and_nothing_else_is(form: str) -> None:
    known = entry(rich(), editions=2)
    if form.startswith("CSAF"):
        written = to_bytes(csaf_document.document(known, SITE, "en", version=form[-3:]).document)
    else:
        made = {(each.format, each.language): each.content for each in formats.made(known, SITE)}
        found = made["vuldef", "en"] if form == "VULDEF" else made["cve-2015-2984", ""]
        assert isinstance(found, bytes)
        written = found
    read = advisory.read(written).advisory
    assert {fact for fact, is_carried in PROBES.items() if not is_carried(read)} == CANNOT_CARRY[form]
