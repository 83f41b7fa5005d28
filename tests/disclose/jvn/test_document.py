"""What goes to JPCERT/CC as VULDEF: valid by the schema of JVN, the same for the same facts, no earlier."""

from datetime import UTC, datetime

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okiagari.disclose.jvn import document, drawing, text
from okiagari.disclose.jvn.drawing import Material
from okiagari.disclose.rules.content import Content
from okiagari.plumbing import clock
from okiagari.standards import vuldef
from okiagari.standards.vuldef.model import RelatedKind
from tests.disclose.contents import contents
from tests.disclose.jvn.test_rules import case
from tests.disclose.making import SITE, content
from tests.standards.corpus import needs_corpus
from tests.standards.test_vuldef import schema_faults

some = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SAID = {"ja": "弊社の見解", "en": "Where we stand"}


def material(facts: Content, *, is_public: bool = False) -> Material:
    said = (facts,) if is_public else ()
    whole = msgspec.structs.replace(facts, languages=["ja", "en"])
    return Material(case(jvn="JVN#17964918"), whole, said, drawing.stance(whole, said, SAID, SITE), SITE)


@needs_corpus
@some
@given(contents(), st.sampled_from(["ja", "en"]), st.booleans())
def test_every_report_is_valid_by_the_schema_of_jvn_and_bears_the_roll_up(
    facts: Content,
    language: str,
    is_public: bool,
) -> None:
    told = material(facts, is_public=is_public)
    built = document.document(told, language)
    assert schema_faults(built.content) == []
    (info,) = vuldef.read(built.content).infos
    assert info.id == "JVN#17964918"
    assert info.affected[0].status == told.stance.value
    assert info.affected[0].notes == (SAID[language],)
    assert {each.product: each.status for each in info.affected[1:]} == {
        each.name: each.value for each in told.stance.products
    }
    assert info.is_public is is_public
    with clock.at(datetime(2030, 1, 1, tzinfo=UTC)):
        assert document.document(told, language).content == built.content
        assert text.text(told, language, None, None) == text.text(told, language, None, None)


def test_before_the_publication_no_page_of_ours_is_named() -> None:
    before = vuldef.read(document.document(material(content()), "ja").content).infos[0]
    after = vuldef.read(document.document(material(content(), is_public=True), "ja").content).infos[0]
    assert not [each for each in before.related if each.kind is RelatedKind.VENDOR]
    pages = [each.url for each in after.related if each.kind is RelatedKind.VENDOR]
    assert pages == [
        "https://maker.example/security/ja/sa-2015-001.html",
        "https://maker.example/security/en/sa-2015-001.html",
    ]
    assert (before.public_at, before.history, before.is_public) == (None, (), False)


def test_the_letter_says_the_statement_the_products_and_that_it_is_not_public() -> None:
    letter = text.text(material(content()), "ja", None, None)
    for words in (
        "脆弱性情報ハンドリング",
        "JVN#17964918",
        "該当製品あり",
        "・A-1：影響あり",
        "弊社の見解",
        "公表前の情報",
    ):
        assert words in letter
    assert "maker.example/security" not in letter
    out = text.text(material(content(), is_public=True), "ja", None, None)
    assert "公表前の情報" not in out
    assert "https://maker.example/security/ja/sa-2015-001.html" in out


def test_a_remark_stands_before_the_last_words() -> None:
    letter = text.text(material(content()), "en", None, None)
    assert text.with_remark(letter, " ", "en") == letter
    added = text.with_remark(letter, "The fix follows.", "en")
    assert added.endswith("■ In addition\nThe fix follows.\n\nWith kind regards\n")
