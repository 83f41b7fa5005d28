"""The index on both databases: what is put is found, by those in whose reach it lies, and by nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Q

from okiagari.desk.models import Scope
from okiagari.plumbing import clock, search
from okiagari.plumbing.models import SearchDoc
from okiagari.plumbing.search import Document, Reach, dialects
from okiagari.standards.localtext import LocalText

pytestmark = pytest.mark.django_db
NOW = datetime(2016, 1, 1, tzinfo=UTC)
ALL = frozenset({"read", "inside"})


def scope() -> int:
    return Scope.objects.create(kind="case", created_at=clock.now()).pk


def put(key: str, title: str, text: str = "", *, scopes: tuple[int, ...] = (), days: int = 0) -> None:
    document = Document(LocalText.of(ja=title), text, "read", NOW + timedelta(days=days), scopes)
    search.put("case", key, (document,))


def within(*scopes: int, verbs: frozenset[str] = ALL) -> Reach:
    return Reach(lambda column: Q(**{f"{column}__in": scopes}), verbs)


def keys(query: str, *scopes: int, verbs: frozenset[str] = ALL) -> list[str]:
    return [hit.key for hit in search.found(query, within(*scopes, verbs=verbs)).hits]


@pytest.mark.parametrize(
    "query",
    [
        "認証",
        "漏洩",
        "洩",
        "ﾊﾞｯﾌｧ",
        "ＷＦＳ－ＳＲ０１",
        "sr01",
        "cve-2016-7806",
        "7806",
        "JVN#18228200",
        '"情報の漏洩"',
        "認証 漏洩 wfs-sr*",
        "wfs*",
    ],
)
def test_words_of_both_languages_and_parts_of_ids_are_found(query: str) -> None:
    put("A", "WFS-SR01の認証の件", "情報の漏洩。バッファオーバーフロー。CVE-2016-7806, JVN#18228200")
    put("B", "別の件", "無関係な証認。CVE-2016-780")
    assert keys(query) == ["A"]


@pytest.mark.parametrize(
    "query", ["証認", '"漏洩 情報"', "認証 ない", "' OR 1", '"', "NEAR(a b)", "a:b", "*", ""]
)
def test_what_is_not_there_is_not_found_and_nothing_breaks(query: str) -> None:
    put("A", "認証の件", "情報の漏洩")
    assert keys(query) == []


def test_only_the_own_scopes_are_searched_and_counted() -> None:
    mine, theirs = scope(), scope()
    put("MINE", "漏洩", scopes=(mine,))
    put("THEIRS", "漏洩", scopes=(theirs,))
    put("ALL", "漏洩")
    result = search.found("漏洩", within(mine))
    assert {hit.key for hit in result.hits} == {"MINE", "ALL"}
    assert result.counts == {"case": 2}
    assert keys("漏洩", verbs=frozenset()) == []


def test_what_belongs_to_several_scopes_needs_all_of_them() -> None:
    one, other = scope(), scope()
    put("BOTH", "漏洩", scopes=(one, other))
    assert keys("漏洩", one) == keys("漏洩", other) == []
    assert keys("漏洩", one, other) == ["BOTH"]
    put("BOTH", "漏洩", scopes=(one,))
    assert keys("漏洩", one) == ["BOTH"]


def test_a_part_one_may_not_read_does_not_answer_for_the_whole() -> None:
    face = Document(LocalText.of(ja="件"), "表", "read", NOW, part="face")
    inside = Document(LocalText.of(ja="件"), "表 漏洩", "inside", NOW, part="inside")
    search.put("case", "A", (face, inside))
    assert keys("漏洩", verbs=frozenset({"read"})) == []
    assert keys("漏洩") == ["A"]
    assert keys("表", verbs=frozenset({"read"})) == ["A"]


def test_a_change_is_found_at_once_and_the_old_words_are_not() -> None:
    put("A", "認証")
    put("A", "漏洩")
    assert keys("認証") == []
    assert keys("漏洩") == ["A"]
    search.put("case", "A", ())
    assert keys("漏洩") == []
    assert not SearchDoc.objects.exists()


def test_the_same_again_writes_nothing() -> None:
    document = Document(LocalText.of(ja="件"), "言葉", "read", NOW, (scope(), scope()))
    assert search.put("case", "A", (document,)) == 1
    assert search.put("case", "A", (document,)) == 0


def test_a_title_that_answers_stands_before_newer_mentions() -> None:
    put("OLD", "漏洩の件")
    put("NEW", "別の件", "漏洩とも書いてある", days=9)
    put("NEWER", "別の件", "漏洩", days=10)
    assert keys("漏洩") == ["OLD", "NEWER", "NEW"]


def test_a_product_stands_before_its_newer_releases() -> None:
    put("WFS-SR01", "WFS-SR01")
    release = Document(LocalText.of(ja="WFS-SR01 1.11"), "", "read", NOW + timedelta(days=9), ())
    search.put("release", "wfs-sr01/1.11", (release,))
    assert keys("wfs-sr01") == ["WFS-SR01", "wfs-sr01/1.11"]


def test_a_snippet_is_plain_pieces_around_the_first_place() -> None:
    put("A", "件", "まえがき。" * 30 + "<b>情報の漏洩</b>がある。" + "あとがき。" * 50)
    pieces = search.found("漏洩", within()).hits[0].snippet
    assert [text for text, is_asked in pieces if is_asked] == ["漏洩"]
    assert "".join(text for text, _ in pieces).startswith("…")
    assert "<b>情報の" in "".join(text for text, _ in pieces)


def test_several_at_once_leave_others_below_the_same_key_out() -> None:
    one = (Document(LocalText.of(ja="教訓"), "", "read", NOW),)
    search.put_many("lesson", {"A/1": one, "A/2": one, "B/1": one})
    assert search.put_many("lesson", {"A/2": one}, below="A/") == 1
    assert sorted(SearchDoc.objects.values_list("key", flat=True)) == ["A/2", "B/1"]
    assert search.forget_others("lesson", ["A/2"]) == 1


@pytest.mark.sqlite
def test_erased_words_leave_the_pages_of_the_index_too() -> None:
    put("A", "クモガクレ" * 3)
    search.put("case", "A", ())
    dialects.merge()
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM search_index_data")
        pages = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert "クモ".encode() not in pages
