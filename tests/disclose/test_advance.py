"""A copy of the document before it is public: a draft, under a label, and nothing else differs."""

from hypothesis import given, settings
from hypothesis import strategies as st

from okiagari.disclose import advance
from okiagari.disclose.rules.content import Content
from okiagari.disclose.site import csaf_document
from okiagari.standards import csaf
from okiagari.standards.csaf.terms import Tlp
from tests.disclose.contents import contents
from tests.disclose.making import SITE, entry

LATER_TLP = {"GREEN": "GREEN", "AMBER": "AMBER", "AMBER+STRICT": "RED", "RED": "RED"}


@settings(max_examples=10)
@given(contents(), st.sampled_from(advance.LABELS), st.sampled_from(["2.0", "2.1"]), st.sampled_from([1, 2]))
def test_whatever_is_said_the_copy_is_valid_a_draft_and_says_the_same(
    said: Content, tlp: Tlp, version: str, editions: int
) -> None:
    known, language = entry(said, editions=editions), said.languages[0]
    copy = advance.document(known, SITE, language, tlp, version=version).document
    assert csaf.judge(copy).findings == ()
    head, tracking = copy["document"], copy["document"]["tracking"]
    assert tracking["status"] == "draft"
    assert tracking["version"] == ("0" if editions == 1 else "2")
    assert head["distribution"]["tlp"]["label"] == (LATER_TLP[tlp] if version == "2.0" else tlp.value)
    assert f"TLP:{tlp.value}" in head["distribution"]["text"]
    final = csaf_document.document(known, SITE, language, version=version).document
    assert final["document"]["distribution"]["tlp"]["label"] in {"WHITE", "CLEAR"}
    assert {**copy, "document": {}} == {**final, "document": {}}
