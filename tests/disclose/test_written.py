"""The advisory as text, Markdown and fragment: the same facts as the page, texts stay texts."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okiagari.disclose import problems
from okiagari.disclose.rules.content import Words
from okiagari.disclose.site import pages, planning, written
from okiagari.disclose.site.written import embedded, letter, markdown
from okiagari.problems import Problem
from tests.disclose.making import SITE, both, content, entry, measure, product, status, successor

EVERY = {"form": "all"}
SAID = content(
    products=[
        product("A-1", find_model=both("底面", "Underneath")),
        product("B-2", support={"end_of_sales": "2006"}),
    ],
    statuses=[
        status("A-1", "fixed", range={"form": "before", "high": "1.03"}, fixed_in="1.03"),
        status("B-2", "affected", range=EVERY),
    ],
    measures=[measure("stop_use", "B-2", successor="C-3", text=both("停止", "Unplug it"))],
    successors=[successor("C-3")],
    credits=["A laboratory"],
)
FACTS = (
    *("Title", "SA-2015-001", "2015-08-18 10:00 JST", "Summary", "A-1", "versions before 1.03", "1.03"),
    *("https://maker.example/1.zip", "ab" * 32, "Underneath", "Unplug it", "C-3", "2006", "CVE-2015-2984"),
    *("AV:N/AC:L/Au:N/C:N/I:N/A:P", "A laboratory", "Desk", "Edition 2"),
)


@pytest.mark.parametrize("form", ["mail", "markdown", "fragment"])
def test_each_form_says_every_fact_of_the_page(form: str) -> None:
    made = {
        each.format: each
        for each in written.documents(entry(SAID, editions=2), SITE)
        if each.language == "en"
    }
    said = made[form].content.decode()
    assert [fact for fact in FACTS if fact not in said] == []


def test_a_letter_of_a_withdrawn_advisory_says_so_first() -> None:
    said = letter.text(entry(SAID, withdrawn=True), SITE, "en")
    assert said.index("This advisory was withdrawn.") < said.index("Summary")


@pytest.mark.parametrize("text", ["Change it for the new one.", ""])
def test_a_replacement_names_what_follows_on_the_page_and_in_the_letter(text: str) -> None:
    said = entry(
        content(
            statuses=[status("A-1", "affected", range=EVERY)],
            measures=[measure("replace", "A-1", successor="C-3", text=both(text) if text else {})],
            successors=[successor("C-3", page="https://maker.example/c-3")],
        )
    )
    page = pages.page_bytes(said, SITE, "en").decode()
    for words in (text or "Please have it replaced.", "Successor, not affected by this vulnerability: C-3"):
        assert words in page
        assert words in letter.text(said, SITE, "en")
    assert 'href="https://maker.example/c-3"' in page


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["# x", "- x", "1. x", "<b>x</b>", "[x](javascript:1)", "`x`", "*x*", "&lt;", "a\r\n# b", "\x1b[2J"]
    ),
)


@given(HOSTILE, HOSTILE)
@settings(max_examples=60)
def test_no_text_becomes_markdown_or_steers_a_terminal(title: str, summary: str) -> None:
    said = entry(content(words=Words(title=both("t" + title), summary=both(summary))))
    marked = markdown.text(said, SITE, "en")
    assert marked.count("\n# ") == 0
    assert not re.search(r"(?<!\\)\[", marked)
    assert not re.search(r"(?<!\\)<(?!https?://)", marked)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", marked + letter.text(said, SITE, "en"))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Download: https://a.example/wfs_sr_1.zip", "Download: <https://a.example/wfs_sr_1.zip>"),
        ("See https://a.example/x_y.", "See <https://a.example/x_y>."),
        ("（https://a.example/x_y）を参照", "（<https://a.example/x_y>）を参照"),
        ("詳細はhttps://a.example/x_yを参照", "詳細はhttps://a.example/x\\_yを参照"),
        ("https://a.example/説明_書", "<https://a.example/説明_書>"),
        ("a_b https://a.example/<x>", "a\\_b https://a.example/\\<x\\>"),
    ],
)
def test_an_address_in_a_sentence_of_markdown_leads_where_it_says(text: str, marked: str) -> None:
    said = entry(content(words=Words(title=both("t"), summary=both(text))))
    assert f"\n\n{marked}\n\n" in markdown.text(said, SITE, "ja")


def test_addresses_of_a_fragment_are_whole() -> None:
    said = embedded.fragment(entry(SAID), SITE, "ja")
    found = re.findall(r'href="([^"]*)"', said)
    assert found
    assert all(each.startswith(("https://", "#")) for each in found)
    assert "<html" not in said


def test_the_house_frame_holds_the_advisory_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "house.html").write_text(
        '<html lang="{{ language }}"><title>{{ title }}</title><script src="/menu.js"></script>{{ advisory }}'
    )
    (tmp_path / "house.ja.html").write_text("<html>和{{ advisory }}")
    site = replace(SITE, house=embedded.templates(tmp_path))
    hostile = content(words=Words(title=both("<b>{{ advisory }}"), summary=both("Summary")))
    plan = planning.plan([entry(hostile)], site)
    page = plan.contents["en/house/sa-2015-001.html"]
    assert isinstance(page, bytes)
    assert page.startswith(b'<html lang="en"><title>&lt;b&gt;{{ advisory }}</title><script src="/menu.js">')
    assert page.count(b"Summary") == 1
    japanese = plan.contents["ja/house/sa-2015-001.html"]
    assert isinstance(japanese, bytes)
    assert japanese.decode().startswith("<html>和<article")
    assert not [path for path in planning.plan([entry(SAID)], SITE).contents if "/house/" in path]


def test_a_house_frame_without_a_place_is_refused() -> None:
    with pytest.raises(Problem) as refusal:
        planning.plan([entry(SAID)], replace(SITE, house={"ja": "<html>"}))
    assert refusal.value.definition is problems.BROKEN_TREE
