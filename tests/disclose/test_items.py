"""What an advisory must say: each item has its place, and what is missing is named per language."""

import pytest

from okiagari.disclose.rules import items
from okiagari.disclose.rules.content import Content, Words
from tests.disclose.making import both, content, flaw, measure, product, release, status, successor


def lacking(said: Content) -> set[tuple[str, str]]:
    return {(item.code, item.language) for item in items.missing(said) if item.is_required}


def advised(said: Content) -> set[str]:
    return {item.code for item in items.missing(said) if not item.is_required}


def test_a_complete_advisory_lacks_nothing_required() -> None:
    assert lacking(content()) == set()
    assert items.ready_languages(content()) == ("ja", "en")


@pytest.mark.parametrize("name", ["title", "summary", "description", "impact", "contact"])
def test_each_word_is_required_in_each_language(name: str) -> None:
    whole = content().words
    words = {each: getattr(whole, each) for each in items_of_words()}
    said = content(words=Words(**{**words, name: {"ja": "だけ"}}))
    assert lacking(said) == {(name, "en")}
    assert items.ready_languages(said) == ("ja",)


def items_of_words() -> list[str]:
    return ["title", "summary", "description", "impact", "contact"]


def test_description_and_impact_may_live_with_the_vulnerability() -> None:
    words = Words(title=both("題名"), summary=both("要約"), contact=both("窓口"))
    told = flaw(description=both("説明"), impact=both("影響"))
    assert lacking(content(words=words, vulnerabilities=[told])) == set()
    assert ("description", "ja") in lacking(content(words=words))


def test_a_language_older_than_its_source_is_not_ready() -> None:
    words = content().words
    stale = Words(
        title=words.title,
        summary=words.summary,
        description=words.description,
        impact=words.impact,
        contact=words.contact,
        stale=["en"],
    )
    assert items.ready_languages(content(words=stale)) == ("ja",)


def test_an_update_needs_the_version_the_download_and_how_to_apply_it() -> None:
    bare = release("1.03", url="", sha256="", how_to_apply={"ja": "更新"})
    said = content(releases=[bare])
    assert lacking(said) == {("download", ""), ("how_to_apply", "en")}
    assert "checksum" in advised(said)


def test_the_products_page_can_stand_for_the_download() -> None:
    said = content(
        releases=[release("1.03", url="")], products=[product("A-1", page="https://maker.example/a")]
    )
    assert ("download", "") not in lacking(said)


def test_affected_versions_must_be_known() -> None:
    assert ("versions", "") in lacking(content(statuses=[status("A-1", "affected")]))
    unknown = status("A-1", "affected", range={"form": "unknown"})
    assert ("versions", "") in lacking(content(statuses=[unknown]))


def test_a_condition_said_in_japanese_is_needed_in_english() -> None:
    told = status("A-1", "fixed", range={"form": "all"}, fixed_in="1.03", condition={"ja": "有効なとき"})
    assert lacking(content(statuses=[told])) == {("condition", "en")}


def test_an_undecided_product_is_named() -> None:
    assert "decided" in advised(content(statuses=[]))


def test_we_are_investigating_demands_only_what_can_be_known_by_then() -> None:
    words = Words(title=both("題名"), summary=both("調査中"), contact=both("窓口"))
    assert lacking(content(words=words, statuses=[status("A-1", "investigating")])) == set()
    assert lacking(content(words=words, products=[], statuses=[], phase="investigating")) == set()
    assert lacking(content(words=words, products=[], statuses=[])) >= {("products", "")}


def test_a_notice_of_an_incident_needs_title_summary_and_contact() -> None:
    words = Words(title=both("題名"), summary=both("障害"), contact=both("窓口"))
    said = content(kind="incident", words=words, products=[], vulnerabilities=[], statuses=[], releases=[])
    assert lacking(said) == set()


def test_a_stop_use_request_wants_text_dates_and_a_successor_known_not_to_be_affected() -> None:
    affected = [status("A-1", "affected", range={"form": "all"})]
    asked = measure("stop_use", "A-1", text={"ja": "停止"}, successor="B-2")
    doubtful = successor("B-2", is_not_affected=False)
    said = content(statuses=affected, measures=[asked], successors=[doubtful])
    assert lacking(said) == {("stop_use", "en"), ("successor_not_affected", "")}
    assert {"end_of_sales", "end_of_security_support"} <= advised(said)
    dated = product("A-1", support={"end_of_sales": "2006", "end_of_security_support": "2010"})
    assert not {"end_of_sales", "end_of_security_support"} & advised(
        content(statuses=affected, measures=[asked], successors=[doubtful], products=[dated])
    )


def test_waiting_without_a_word_on_the_fix_is_missing_the_measure() -> None:
    affected = status("A-1", "affected", range={"form": "all"})
    assert ("measure", "") in lacking(content(statuses=[affected]))
    planned = status("A-1", "affected", range={"form": "all"}, planned="2015-12")
    assert ("measure", "") not in lacking(content(statuses=[planned]))


def test_every_item_of_the_partnership_guideline_has_its_place() -> None:
    said = content(
        products=[product("A-1"), product("B-2"), product("C-3")],
        statuses=[
            status("A-1", "fixed", range={"form": "all"}, fixed_in="1.03", condition=both("条件")),
            status("B-2", "affected", range={"form": "all"}),
            status("C-3", "affected", range={"form": "all"}),
        ],
        measures=[measure("stop_use", "B-2", successor="D-4"), measure("workaround", "C-3")],
        successors=[successor("D-4")],
    )
    found = {item.code for item in items.items(said)} | {"decided", "measure", "advice"}
    assert found == set(items.LABELS)
