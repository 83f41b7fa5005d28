"""What a vendor tells JPCERT/CC as VULDEF: valid by JVN's schema, read back whole."""

from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from okiagari.problems import Problem
from okiagari.standards import vuldef
from okiagari.standards.documents import xml_text
from okiagari.standards.firmware_order import Form, Range
from okiagari.standards.vuldef.model import (
    Affected,
    Change,
    Credit,
    Related,
    RelatedKind,
    Solution,
    SolutionKind,
    VendorStatus,
    Vulinfo,
)
from tests.standards.advisories import JAPANESE, RANGES, scores
from tests.standards.corpus import FOLDER, needs_corpus

AT = datetime(2015, 8, 18, 1, 0, tzinfo=UTC)
some = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# a text as a document keeps it: XML has no place for white space at the edges that nobody meant
WORDS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
    .map(lambda text: xml_text(text).strip())
    .filter(bool)
)
TEXTS = WORDS | JAPANESE
SOMETIMES = st.just("") | TEXTS
FEW = st.lists(TEXTS, max_size=2).map(tuple)
AFFECTED = st.builds(
    Affected,
    SOMETIMES,
    TEXTS,
    st.none() | st.sampled_from(VendorStatus),
    st.lists(RANGES, max_size=2).map(tuple),
    st.lists(st.just("1.03より前"), max_size=1).map(tuple),
    st.sampled_from([(), (("2.2", "cpe:/h:maker:wn"),)]),
    FEW,
)
SOLUTIONS = st.builds(
    Solution,
    st.lists(TEXTS, min_size=1, max_size=2).map(tuple),
    st.none() | st.sampled_from(SolutionKind),
    st.sampled_from([(), ("https://maker.example/1.zip",)]),
)
RELATED = st.builds(Related, st.sampled_from(RelatedKind), SOMETIMES, SOMETIMES, SOMETIMES, SOMETIMES, TEXTS)
INFOS = st.builds(
    Vulinfo,
    id=TEXTS,
    title=SOMETIMES,
    overview=TEXTS,
    details=FEW,
    affected=st.lists(AFFECTED, max_size=4).map(tuple),
    scores=st.lists(scores(), max_size=2).map(tuple),
    impacts=st.lists(TEXTS, min_size=1, max_size=2).map(tuple),
    solutions=st.lists(SOLUTIONS, max_size=2).map(tuple),
    exploits=FEW,
    related=st.lists(RELATED, max_size=2).map(tuple),
    credits=st.lists(st.builds(Credit, st.booleans(), TEXTS, TEXTS), max_size=2).map(tuple),
    contact=TEXTS,
    contact_text=SOMETIMES,
    history=st.lists(st.builds(Change, st.just("1"), st.just(AT), TEXTS.map(lambda x: (x,))), max_size=2).map(
        tuple
    ),
    first_at=st.none() | st.just(AT),
    updated_at=st.none() | st.just(AT),
    public_at=st.none() | st.just(AT),
    is_public=st.booleans(),
)


@cache
def _schema() -> etree.XMLSchema:
    """JVN's schema; the XML namespace's own file is not beside it, and only `lang` of it is used."""
    text = (FOLDER / "myjvn" / "vuldef_3.2.xsd").read_bytes().decode("utf-8-sig")
    text = text.replace('schemaLocation="xml.xsd"', 'schemaLocation="memory:xml"')
    names = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        'targetNamespace="http://www.w3.org/XML/1998/namespace">'
        '<xs:attribute name="lang" type="xs:language"/></xs:schema>'
    )

    class Memory(etree.Resolver):
        def resolve(self, url: str, public_id: str, context: object) -> object:
            return self.resolve_string(names, context) if url.startswith("memory:") else None

    parser = etree.XMLParser()
    parser.resolvers.add(Memory())
    return etree.XMLSchema(etree.fromstring(text.encode(), parser))


def schema_faults(document: bytes) -> list[str]:
    """What the schema of JVN says against a document."""
    schema = _schema()
    schema.validate(etree.fromstring(document))
    return [error.message for error in schema.error_log]


@needs_corpus
@some
@given(st.lists(INFOS, min_size=1, max_size=2), st.sampled_from(["ja", "en"]))
def test_every_document_is_valid_by_the_schema_of_jvn(infos: list[Vulinfo], language: str) -> None:
    built = vuldef.build(infos, language)
    assert schema_faults(built.content) == []
    assert built.content == vuldef.build(infos, language).content


def _as_kept(info: Vulinfo, language: str) -> Vulinfo:
    """What a document can keep: ranges without ends in words, credit with consent."""
    from dataclasses import replace

    def affected(item: Affected) -> Affected:
        spoken = [each for each in item.versions if each.form in {Form.ALL, Form.UNKNOWN}]
        ranges = tuple(each for each in item.versions if each not in spoken)
        words = tuple(each.words(language) for each in spoken)
        return replace(item, versions=ranges, notes=(*words, *item.notes))

    return replace(
        info,
        affected=tuple(affected(each) for each in info.affected),
        credits=tuple(each for each in info.credits if each.has_consent),
    )


@some
@given(INFOS, st.sampled_from(["ja", "en"]))
def test_what_was_written_reads_back_and_nothing_is_left_over(info: Vulinfo, language: str) -> None:
    read = vuldef.read(vuldef.build([info], language).content)
    assert read.infos == (_as_kept(info, language),)
    assert read.language == language
    assert read.unread == ()


@needs_corpus
@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("getVulnDetailInfo_hnd_JVNDB-2017-009608.xml", "JVNDB-2017-009608"),
        ("getVulnDetailInfo_hnd_JVNDB-2021-002774.xml", "JVNDB-2021-002774"),
    ],
)
def test_documents_of_jvn_are_read_and_what_is_not_ours_stays_visible(name: str, number: str) -> None:
    read = vuldef.read((FOLDER / "myjvn" / name).read_bytes())
    (info,) = read.infos
    assert info.id == number
    assert info.title
    assert info.affected
    assert {each.location.rpartition("/")[2] for each in read.unread} == {"handling", "Status"} | {
        each.location.rpartition("/")[2] for each in read.unread if "schemaLocation" in each.location
    }


@needs_corpus
def test_a_feed_of_many_is_read_whole() -> None:
    read = vuldef.read((FOLDER / "myjvn" / "dataFeed_jvndb_detail_hnd.xml").read_bytes())
    assert len(read.infos) > 1
    assert all(each.id.startswith("JVNDB-") for each in read.infos)


@pytest.mark.parametrize(
    ("counts", "status"),
    [
        ((2, 1, 0), "vulnerable"),
        ((1, 0, 1), "vulnerable_investigating"),
        ((0, 3, 0), "notvulnerable"),
        ((0, 1, 2), "notvulnerable_investigating"),
        ((0, 0, 2), "unknown"),
        ((0, 0, 0), "unknown"),
    ],
)
def test_the_vendor_has_one_of_five_values(counts: tuple[int, int, int], status: str) -> None:
    affected, fine, checking = counts
    assert vuldef.roll_up(affected=affected, not_affected=fine, investigating=checking) == status


def test_ranges_keep_their_ends() -> None:
    item = Affected("Maker", "WN", VendorStatus.VULNERABLE, (Range.before("1.03"), Range.between("1", "2")))
    text = vuldef.build([Vulinfo("SA-1", affected=(item,))], "ja").content.decode()
    assert '<RangeEnd operator="lt">1.03</RangeEnd>' in text
    assert '<RangeBegin operator="ge">1</RangeBegin>' in text


def test_without_an_impact_scores_have_no_place_and_that_is_told() -> None:
    from okiagari.standards import cvss
    from okiagari.standards.vuldef.build import NO_IMPACT, NO_OVERVIEW

    info = Vulinfo("SA-1", scores=(cvss.parse("AV:N/AC:L/Au:N/C:N/I:N/A:P"),), details=("x",))
    assert {loss.message for loss in vuldef.build([info], "en").losses} == {NO_IMPACT, NO_OVERVIEW}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a>",
        b"<rss/>",
        b'<!DOCTYPE x [<!ENTITY e "x">]><VULDEF-Document xmlns="http://jvn.jp/vuldef/">&e;</VULDEF-Document>',
    ],
)
def test_what_is_no_vuldef_is_refused(content: bytes) -> None:
    with pytest.raises(Problem) as refusal:
        vuldef.read(content)
    assert refusal.value.definition is vuldef.NOT_VULDEF
