"""What changed since the last publication: never silent, never more than what changed."""

from okiagari.disclose.rules import changes
from okiagari.disclose.rules.content import Content, Reference, Words
from tests.disclose.making import both, content, measure, product, release, status


def paths(before: Content | None, after: Content) -> list[str]:
    return [change.path for change in changes.changes(before, after)]


def test_nothing_changed_says_nothing() -> None:
    assert paths(content(), content()) == []


def test_the_first_publication_says_so() -> None:
    assert [note.text for note in changes.notes(None, content())] == [changes.NEW_DOCUMENT]


def test_a_changed_word_is_marked_in_its_language() -> None:
    words = Words(title=both("題名", "New title"), summary=both("要約", "Summary"))
    before = content(words=Words(title=both("題名", "Title"), summary=both("要約", "Summary")))
    assert paths(before, content(words=words)) == ["words.title.en"]


def test_a_language_that_follows_later_is_one_change_and_not_one_per_word() -> None:
    before = content(languages=["ja"], words=Words(title={"ja": "題名"}))
    after = content(words=Words(title=both("題名", "Title")))
    assert paths(before, after) == ["languages.en"]


def test_a_fix_for_a_product_that_waited_is_said_by_name() -> None:
    before = content(statuses=[status("A-1", "affected", range={"form": "all"})])
    (note,) = changes.notes(before, content())
    assert note.path == "products.A-1"
    assert note.parameters == {"product": "A-1", "release": "1.03"}


def test_products_that_come_and_go_are_named() -> None:
    more = content(products=[product("A-1"), product("B-2")])
    assert "products.B-2" in paths(content(), more)
    assert "products.B-2" in paths(more, content())


def test_a_small_change_still_leaves_a_line_in_the_history() -> None:
    before = content(releases=[release("1.03", sha256="")])
    assert changes.notes(before, content())
    assert changes.notes(content(), content(references=[Reference(url="https://jvn.jp/")]))
    assert changes.notes(content(), content(credits=["Somebody"]))


def test_a_stop_use_request_is_a_public_note() -> None:
    affected = [status("A-1", "affected", range={"form": "all"})]
    after = content(statuses=affected, measures=[measure("stop_use", "A-1")])
    (note,) = changes.notes(content(statuses=affected), after)
    assert note.is_public_note
    assert "stop" in note.text
