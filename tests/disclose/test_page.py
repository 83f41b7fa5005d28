"""The public page: the first screen answers; a hostile text stays a text."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okiagari.disclose.rules.content import Content, Reference, Words
from okiagari.disclose.site import csaf_document, feed, jvn, pages, planning
from okiagari.disclose.site.lines import lines_of
from okiagari.standards import csaf
from tests.disclose.making import (
    SITE,
    both,
    content,
    entry,
    flaw,
    measure,
    product,
    release,
    status,
    successor,
)

EVERY = {"form": "all"}


def page(said: Content, language: str = "en") -> str:
    return pages.page_bytes(entry(said), SITE, language).decode()


class Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def words(html: str) -> str:
    reader = Text()
    reader.feed(html)
    return re.sub(r"\s+", " ", " ".join(reader.said))


def stopped() -> Content:
    return content(
        products=[product("A-1", support={"end_of_sales": "2006", "end_of_security_support": "2010"})],
        statuses=[status("A-1", "affected", range=EVERY)],
        measures=[measure("stop_use", "A-1", successor="B-2")],
        successors=[successor("B-2", page="https://maker.example/b2")],
    )


def test_the_first_screen_answers_the_three_questions() -> None:
    html = page(content())
    answers = html[html.index('class="answer"') : html.index('id="update"')]
    for words_ in ("Is my device concerned?", "versions before 1.03", "What to do now", "Get version 1.03"):
        assert words_ in answers
    assert answers.count('class="do"') == 1
    assert "2015-08-18 10:00 JST" in answers


def test_a_stop_use_page_names_successor_dates_and_the_plug() -> None:
    said = words(page(stopped()))
    for each in ("please stop using it and disconnect", "B-2", "2006", "2010", "not affected by this"):
        assert each in said
    assert "https://maker.example/b2" in page(stopped())
    assert 'class="do"' not in page(stopped())


def test_not_yet_says_when_and_never_says_why() -> None:
    planned = content(statuses=[status("A-1", "affected", range=EVERY, planned="late 2015-12")])
    assert "A fix is planned for" in words(page(planned))
    never = content(statuses=[status("A-1", "affected", range=EVERY, cannot_fix=both("無理", "No way"))])
    assert "No way" in words(page(never))


def test_a_language_older_than_its_source_says_so() -> None:
    title = content().words.title
    stale = content(words=Words(title=title, stale=["en"]))
    assert "is newer" in page(stale, "en")
    assert "古い内容" not in page(stale, "ja")


def test_each_page_names_its_language_and_the_other_one() -> None:
    html = page(content(), "ja")
    assert '<html lang="ja">' in html
    assert '<link rel="alternate" hreflang="en" href="../en/sa-2015-001.html">' in html


def test_the_same_request_for_two_products_stands_once() -> None:
    said = content(
        products=[product("A-1"), product("B-2")],
        statuses=[status("A-1", "affected", range=EVERY), status("B-2", "affected", range=EVERY)],
        measures=[measure("workaround", "A-1", "B-2", text=both("遮断", "Block port 1900"))],
    )
    steps, rest = page(said).split('id="workaround"')
    assert steps.count("Block port 1900") == 1
    assert rest.count("Block port 1900") == 1


def test_the_jvn_text_has_the_status_and_every_affected_product() -> None:
    text = jvn.text(entry(stopped()), SITE, "ja")
    assert "該当製品あり (2015-08-18)" in text
    assert "A-1 すべてのバージョン" in text


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["affected", "not_affected"], "vulnerable"),
        (["affected", "investigating"], "vulnerable_investigating"),
        (["not_affected", "not_affected"], "notvulnerable"),
        (["not_affected", "investigating"], "notvulnerable_investigating"),
        (["investigating", "investigating"], "unknown"),
    ],
)
def test_the_vendor_status_is_the_roll_up_of_vuldef(states: list[str], expected: str) -> None:
    said = content(
        products=[product("A-1"), product("B-2")],
        statuses=[
            status(key, state, range=EVERY if state == "affected" else {})
            for key, state in zip(("A-1", "B-2"), states, strict=True)
        ],
    )
    assert jvn.vendor_status(said) == expected


OUR_SCRIPT = '<script src="../../check.js" defer></script>'
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "' onmouseover='alert(1)",
            "{{ settings.SECRET_KEY }}{% debug %}",
            "javascript:alert(1)",
            'https://x/"onclick="alert(1)',
            "]]><x>",
            "\x00\x0b\ufffe",
            "</title><script>1</script>",
        ]
    ),
)


@given(st.lists(HOSTILE, min_size=10, max_size=10))
@settings(max_examples=60)
def test_no_text_can_become_markup_or_break_a_document(given_: list[str]) -> None:
    a, b, c, d, e, f, g, h, i, j = given_
    said = content(
        words=Words(title=both(a + "t"), summary=both(b), advice=both(c), contact=both(d)),
        products=[product("A-1", names=both(e), other_names=[f], page=g, find_model=both(h))],
        vulnerabilities=[flaw(title=both(i + "t"), description=both(j + "d"), cve="", jvn=a, impact=both(b))],
        releases=[release("1.03", url=g, how_to_apply=both(c))],
        measures=[measure("workaround", "A-1", text=both(d))],
        references=[Reference(url=e, title=both(f))],
        credits=[g or "x"],
    )
    # the plan checks every page for scripts, handlers, links that lead nowhere, and every document
    known = entry(said)
    plan = planning.plan([known], SITE)
    for path, data in plan.contents.items():
        assert isinstance(data, bytes)
        if path.endswith(".html"):
            html = data.decode().replace(OUR_SCRIPT, "")
            assert not re.search(r"<(script|img|x)\b", html, re.IGNORECASE)
            assert "SECRET_KEY }}" not in html or "{{ settings" in words(html)
    assert all(feed.feed_bytes([known], [lines_of(known, SITE)], SITE, language) for language in ("ja", "en"))


VARIATIONS = {
    "fixed": content(),
    "stop use": stopped(),
    "waiting": content(statuses=[status("A-1", "affected", range=EVERY, planned="2015-12")]),
    "waiting, no date": content(statuses=[status("A-1", "affected", range=EVERY)]),
    "never, workaround": content(
        statuses=[status("A-1", "affected", range=EVERY, cannot_fix=both("不可", "No"))],
        measures=[measure("workaround", "A-1")],
    ),
    "investigating": content(statuses=[status("A-1", "investigating")]),
    "not affected": content(statuses=[status("A-1", "not_affected", justification="component_not_present")]),
    "condition": content(
        statuses=[
            status("A-1", "affected", range={"form": "up_to", "high": "1.10"}, condition=both("条件", "If"))
        ]
    ),
    "notice": content(kind="notice", products=[], vulnerabilities=[], statuses=[], releases=[]),
    "application": content(products=[product("A-1", kind="application", line="line")]),
    "two flaws": content(
        vulnerabilities=[
            flaw(1),
            flaw(2, cve="", jvn="JVN#17964918", jvndb="JVNDB-2015-000117", cwe="CWE-78"),
        ],
        statuses=[
            status("A-1", "fixed", range={"form": "before", "high": "1.03"}, fixed_in="1.03"),
            status("A-1", "not_affected", vulnerability="VUL-2"),
        ],
    ),
    "no score, no id": content(vulnerabilities=[flaw(cve="", scores=[])]),
    "credited": content(credits=["A laboratory"], references=[Reference(url="https://jvn.jp/")]),
    "japanese only": content(languages=["ja"]),
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_every_kind_of_advisory_makes_a_valid_tree(name: str) -> None:
    said = VARIATIONS[name]
    for known in (entry(said), entry(said, editions=3), entry(said, withdrawn=True)):
        planning.plan([known], SITE)


# A version is never written as `vers`: that would claim an order of texts (6.2.18, see standards.csaf.tree).
WITHOUT_VERS = "6.2.18"
WITHOUT_SCORE = "6.2.3"


@pytest.mark.parametrize("name", VARIATIONS)
def test_documents_pass_the_optional_tests_too(name: str) -> None:
    said = VARIATIONS[name]
    allowed = {WITHOUT_VERS, WITHOUT_SCORE} if name.startswith("no score") else {WITHOUT_VERS}
    for language in said.languages:
        document = csaf_document.document(entry(said), SITE, language).document
        found = csaf.validate(document, csaf.Level.MANDATORY, csaf.Level.OPTIONAL)
        assert [each for each in found if each.test not in allowed] == []
