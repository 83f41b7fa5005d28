"""Who owes reports, and what two reports differ in: pure, and in words of both languages."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from okiagari.cases.values import CaseView, PartyView, VulnerabilityView
from okiagari.disclose.jvn import rules, values, wording
from okiagari.disclose.jvn.values import Page, ProductStance, Reference, Stance, Step
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LocalText

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
PAGE = Page(language="ja", path="ja/sa.html", url="https://maker.example/ja/sa.html")
VALUES = tuple(wording.PRODUCT_WORDS)
TEXTS = st.fixed_dictionaries({"ja": st.sampled_from(["甲", "乙"]), "en": st.sampled_from(["a", "b"])})
PRODUCTS = st.builds(
    ProductStance,
    key=st.just(""),
    name=st.just(""),
    value=st.sampled_from(VALUES),
    ranges=st.sampled_from([[], [Range.up_to("1.10").to_json()], [Range.all().to_json()]]),
    conditions=st.lists(TEXTS, max_size=1),
    fixed=st.sampled_from([[], ["1.12"]]),
    planned=st.sampled_from([[], ["2026-12"]]),
    steps=st.sampled_from([[], [Step(kind="workaround", text={"ja": "遮断"})]]),
)


@st.composite
def stances(draw: st.DrawFn) -> Stance:
    keys = draw(st.lists(st.sampled_from("ABC"), unique=True, max_size=3))
    return Stance(
        value=draw(st.sampled_from(VALUES)),
        products=[msgspec.structs.replace(draw(PRODUCTS), key=key, name=f"W-{key}") for key in keys],
        numbers=draw(st.sampled_from([[], ["CVE-2026-0001"]])),
        statement=draw(st.just({}) | TEXTS),
        pages=draw(
            st.sampled_from(
                [[], [Page(language="ja", path="ja/a.html", url="https://maker.example/ja/a.html")]]
            )
        ),
        references=draw(st.sampled_from([[], [Reference(url="https://maker.example/r")]])),
    )


@settings(max_examples=60, deadline=None)
@given(stances(), stances())
def test_two_reports_that_say_the_same_differ_in_nothing_and_any_other_two_in_words(
    before: Stance, after: Stance
) -> None:
    found = rules.differences(before, after)
    in_one_order = {
        id(each): msgspec.structs.replace(each, products=sorted(each.products, key=lambda one: one.key))
        for each in (before, after)
    }
    assert bool(found) == (in_one_order[id(before)] != in_one_order[id(after)])
    for language in ("ja", "en"):
        with override(language):
            lines = wording.sentences(found)
            assert bool(lines) == bool(found)
            assert all("%(" not in each and each.strip() for each in lines)
            assert bool(wording.summary(found)) == bool(found)
    assert rules.differences(after, after) == ()


@settings(max_examples=30, deadline=None)
@given(stances())
def test_a_stance_that_is_kept_reads_back_the_same(stance: Stance) -> None:
    assert values.read(values.builtins(stance)) == stance
    assert values.sha256(values.read(values.builtins(stance))) == values.sha256(stance)


def one(**more: Any) -> Stance:
    given: dict[str, Any] = {"key": "W-1", "name": "W-1", "value": "unknown", **more}
    return Stance(value=given["value"], products=[ProductStance(**given)])


def test_what_changed_is_said_in_words() -> None:
    after = one(value="vulnerable", ranges=[Range.up_to("1.10").to_json()], fixed=["1.12"])
    after = msgspec.structs.replace(after, pages=[PAGE], statement={"ja": "対応中"})
    found = rules.differences(one(), after)
    with override("en"):
        assert wording.sentences(found) == (
            "Status shown on JVN: unknown → affected products exist",
            "W-1: under investigation → affected",
            "W-1: affected versions added: 1.10 and earlier",
            "W-1: fixed version added: 1.12",
            "Statement added",
            "Address of our advisory added: https://maker.example/ja/sa.html",
        )
        assert wording.summary(found) == (
            "one product changed, the statement changed, the addresses of our advisories changed"
        )
    with override("ja"):
        assert "W-1：調査中 → 影響あり" in wording.sentences(found)


def test_what_is_no_longer_said_is_said_to_be_taken_back() -> None:
    before = msgspec.structs.replace(
        one(value="vulnerable", fixed=["1.12"]),
        pages=[PAGE],
        numbers=["CVE-2026-0001"],
        statement={"en": "x"},
    )
    with override("en"):
        assert wording.sentences(rules.differences(before, one(value="vulnerable"))) == (
            "W-1: fixed version taken back: 1.12",
            "The statement was taken back",
            "Numbers taken back: CVE-2026-0001",
            "Address of our advisory taken back: https://maker.example/ja/sa.html",
        )


def test_a_plan_that_ends_because_the_fix_is_there_is_no_news_of_its_own() -> None:
    planned = one(value="vulnerable", planned=["2026-12"])
    with override("en"):
        assert wording.sentences(rules.differences(planned, one(value="vulnerable", fixed=["1.12"]))) == (
            "W-1: fixed version added: 1.12",
        )
        assert wording.sentences(rules.differences(planned, one(value="vulnerable"))) == (
            "W-1: planned date of the fix taken back: 2026-12",
        )


def test_the_same_numbers_in_another_order_and_a_site_that_moved_are_no_news() -> None:
    moved = Page(language="ja", path=PAGE.path, url="https://www.maker.example/security/ja/sa.html")
    before = Stance(numbers=["JVN#17964918", "CVE-2026-0001"], pages=[PAGE])
    assert rules.differences(before, Stance(numbers=before.numbers[::-1], pages=[moved])) == ()


def test_products_of_which_the_same_is_said_stand_in_one_line() -> None:
    def many(value: str) -> Stance:
        names = [f"W-{place:02}" for place in range(12)]
        return Stance(products=[ProductStance(key=each, name=each, value=value) for each in names])

    with override("en"):
        (line,) = wording.sentences(rules.differences(many("unknown"), many("notvulnerable")))
    assert line.endswith("W-07 (+4): under investigation → not affected")
    assert rules.products_changed(rules.differences(many("unknown"), many("notvulnerable"))) == 12


def test_the_first_report_is_owed_once_there_is_a_product() -> None:
    assert not rules.is_owed(None, Stance())
    assert rules.is_owed(None, one())
    assert not rules.is_owed(one(), one())
    assert rules.is_owed(one(), one(value="vulnerable"))
    assert rules.is_owed(one(), Stance()), "a product that is taken out is told, too"


def case(*, parties: tuple[PartyView, ...] = (), jvn: str = "", is_merged: bool = False) -> CaseView:
    none, nothing = LocalText(), ""
    flaw = VulnerabilityView("VUL-1", none, none, none, "", jvn, "", "", (), is_withdrawn=False)
    return CaseView(
        "OKI-1", 1, none, none, ("product",), nothing, AT, None, nothing,
        is_embargoed=False, embargo=None, parts=(), vulnerabilities=(flaw,), parties=parties,
        scope_id=1, may=frozenset(), is_merged=is_merged,
    )  # fmt: skip


def party(role: str = "coordinator", name: str = "", organisation: str = "", left: bool = False) -> PartyView:
    return PartyView(
        "PTY-1", role, LocalText.of(en=name), organisation, "JVN#11112222", AT, AT if left else None
    )


@pytest.mark.parametrize(
    ("here", "owes"),
    [
        (case(), False),
        (case(jvn="JVN#17964918"), True),
        (case(parties=(party(organisation="jpcert"),)), True),
        (case(parties=(party(name="JPCERT/CC"),)), True),
        (case(parties=(party(name="CERT/CC"),)), False),
        (case(parties=(party("supplier", organisation="jpcert"),)), False),
        (case(parties=(party(organisation="jpcert", left=True),)), False),
        (case(jvn="JVN#17964918", is_merged=True), False),
    ],
)
def test_only_what_jpcert_coordinates_owes_reports(here: CaseView, owes: bool) -> None:
    assert rules.is_coordinated(here) is owes


def test_a_case_that_was_coordinated_once_keeps_its_tab_and_its_number() -> None:
    gone = case(parties=(party(organisation="jpcert", left=True),))
    assert rules.has_tab(gone)
    assert rules.reference(gone) == "JVN#11112222"
    assert rules.reference(case(jvn="JVN#17964918")) == "JVN#17964918"
