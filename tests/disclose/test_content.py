"""Contents: the same content has the same hash, and another language binds nobody."""

import json

from okiagari.disclose.rules import content as rules
from okiagari.disclose.rules.content import Words
from okiagari.disclose.rules.languages import only
from tests.disclose.making import both, content, product, status


def test_the_same_content_has_the_same_hash() -> None:
    assert rules.sha256(content()) == rules.sha256(content())


def test_the_hash_is_that_of_the_canonical_json_and_survives_being_stored() -> None:
    said = content()
    stored = json.loads(json.dumps(rules.builtins(said)))
    assert rules.read(stored) == said
    assert rules.sha256(rules.read(stored)) == rules.sha256(said)


def test_any_other_fact_makes_another_hash() -> None:
    first = rules.sha256(content())
    assert first != rules.sha256(content(credits=["A finder"]))
    assert first != rules.sha256(content(statuses=[status("A-1", "not_affected")]))
    assert first != rules.sha256(content(products=[product("A-1", page="https://maker.example/a")]))


def test_a_field_left_at_its_default_is_not_in_the_hash() -> None:
    assert b"credits" not in rules.canonical(content(credits=[]))
    assert b"credits" in rules.canonical(content(credits=["A finder"]))


def test_unfinished_english_words_do_not_change_the_japanese_content() -> None:
    first = content(words=Words(title=both("題名", "A")))
    later = content(words=Words(title=both("題名", "B"), stale=["en"]))
    assert only(first, ["ja"]) == only(later, ["ja"])
    assert only(first, ["ja"]).languages == ["ja"]
    assert rules.sha256(only(first, ["ja", "en"])) != rules.sha256(only(later, ["ja", "en"]))


def test_no_text_of_another_language_is_left() -> None:
    kept = rules.canonical(only(content(), ["ja"])).decode()
    for english in ("Title", "Summary", "Router", "Flaw", "Update"):
        assert english not in kept
