"""A content in some of its languages: unfinished words bind nobody.

In: a content and languages. Out: the same content without any text of another one.
"""

from collections.abc import Iterable

from okiagari.disclose.rules.content import WORDS, Content, builtins, read


def only(content: Content, languages: Iterable[str]) -> Content:
    """The same content without the texts of any other language."""
    kept = list(languages)
    plain = _only(builtins(content), frozenset(kept))
    assert isinstance(plain, dict)
    words = plain.get("words", {})
    stale = [language for language in words.get("stale", []) if language in kept]
    return read({**plain, "words": {**words, "stale": stale}, "languages": kept})


_TEXTS = frozenset(
    {
        *WORDS,
        "name",
        "names",
        "brand",
        "find_model",
        "find_version",
        "how_to_apply",
        "condition",
        "planned_wording",
        "cannot_fix",
        "text",
        "alt",
    }
)


def _only(value: object, languages: frozenset[str]) -> object:
    if isinstance(value, list):
        return [_only(each, languages) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: {language: words for language, words in each.items() if language in languages}
        if name in _TEXTS and isinstance(each, dict)
        else _only(each, languages)
        for name, each in value.items()
    }
