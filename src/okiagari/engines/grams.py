"""Words of Japanese and English text for a search index, and what a person typed as a query over them.

In: any text. Out: `words` (tokens in the order of the text, for an index that keeps places), `parse` (the
phrases of a query, all of which must be found), `spots` (where they stand in a text, to mark them).

Text is folded first: NFKC (half-width katakana, full-width letters, circled numbers) and casefold. A run
of Chinese characters, kana or Hangul becomes its bigrams, and its last character alone, so that every
character begins exactly one token: a part of a run is found exactly where it stands, down to one character.
Anything else that is a letter or a digit makes whole words; an id is the row of its parts (CVE-2016-7806:
cve, 2016, 7806; WFS-SR01: wfs, sr01), so both the id and a part of it are found. It never guesses where a
Japanese word ends, and it holds no list of words.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_CJK = (
    "\u1100-\u11ff\u3005-\u3007\u303b\u3040-\u3098\u309d-\u30fa\u30fc-\u30ff\u3130-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"(?P<cjk>[{_CJK}]+)|[^\W_{_CJK}]+")
_PIECE = re.compile(r'"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟「」『』＂", '"'))
# a character with the marks behind it: half-width katakana write their dots apart
_CLUSTER = re.compile("(?s:.)[\uff9e\uff9f\u0300-\u036f\u3099\u309a]*")
LONGEST_WORD = 64
MOST_PHRASES = 12


@dataclass(frozen=True)
class Phrase:
    """Tokens that must stand one after the other; the last one may go on where `is_open`."""

    tokens: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True)
class Query:
    """Every phrase must be found. An empty query finds nothing."""

    phrases: tuple[Phrase, ...]

    def __bool__(self) -> bool:
        return bool(self.phrases)


def fold(text: str) -> str:
    """The text as it is compared. Folding twice changes nothing."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded)


def words(text: str) -> tuple[str, ...]:
    """The tokens of a text, in its order."""
    return tuple(token for token, _, _ in _tokens(fold(text)))


def _tokens(folded: str) -> Iterator[tuple[str, int, int]]:
    """Each token with the place in the folded text where it begins and ends."""
    for run in _RUN.finditer(folded):
        start, end = run.span()
        if run["cjk"]:
            yield from ((folded[at : min(at + 2, end)], at, min(at + 2, end)) for at in range(start, end))
        else:
            yield folded[start : min(end, start + LONGEST_WORD)], start, end


def parse(text: str, *, is_typing: bool = False) -> Query:
    """The query a person typed: words, and phrases in quotes (" or 「」). A word that ends in * may go on.

    `is_typing`: the last word is not finished yet, so it may go on as well.
    """
    pieces = list(_PIECE.finditer(text.translate(_QUOTES)))
    phrases: list[Phrase] = []
    for number, piece in enumerate(pieces):
        plain = piece["plain"]
        is_last = is_typing and number == len(pieces) - 1 and plain is not None
        phrase = _phrase(plain if plain is not None else piece["quoted"], is_open=is_last)
        if phrase is not None and phrase not in phrases:
            phrases.append(phrase)
    return Query(tuple(phrases[:MOST_PHRASES]))


def _phrase(text: str, *, is_open: bool) -> Phrase | None:
    tokens = words(text)
    if not tokens:
        return None
    if not _is_cjk(tokens[-1]):
        return Phrase(tokens, is_open or text.endswith("*"))
    # A run ends with its last character alone; in a query the run may go on behind it.
    if len(tokens) > 1 and len(tokens[-2]) > 1 and _is_cjk(tokens[-2]):
        return Phrase(tokens[:-1])
    return Phrase(tokens, is_open=True)


def _is_cjk(token: str) -> bool:
    return bool(re.match(f"[{_CJK}]", token))


def holds(tokens: Sequence[str], query: Query) -> bool:
    """Whether every phrase of the query stands in these tokens: what an index must answer, said plainly."""
    return bool(query) and all(any(True for _ in _places(tokens, phrase)) for phrase in query.phrases)


def _places(tokens: Sequence[str], phrase: Phrase) -> Iterator[int]:
    length = len(phrase.tokens)
    head, last = phrase.tokens[:-1], phrase.tokens[-1]
    for at in range(len(tokens) - length + 1):
        if tuple(tokens[at : at + length - 1]) != head:
            continue
        end = tokens[at + length - 1]
        if end == last or (phrase.is_open and end.startswith(last)):
            yield at


def spots(text: str, query: Query) -> tuple[tuple[int, int], ...]:
    """Where the query stands in the text as it is written: begin and end of each place, none overlapping."""
    folded, origin = _folded_with_origin(text)
    tokens = list(_tokens(folded))
    plain = [token for token, _, _ in tokens]
    found = []
    for phrase in query.phrases:
        for at in _places(plain, phrase):
            last = phrase.tokens[-1]
            start, end = tokens[at][1], tokens[at + len(phrase.tokens) - 1][1] + len(last)
            found.append((origin[start][0], origin[end - 1][1]))
    return _merged(found)


def _folded_with_origin(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The folded text, and for each of its characters the stretch of the text that it comes from."""
    parts: list[str] = []
    origin: list[tuple[int, int]] = []
    for cluster in _CLUSTER.finditer(text):
        part = _folded_cluster(cluster[0])
        parts.append(part)
        origin += (cluster.span(),) * len(part)
    return "".join(parts), origin


@lru_cache(maxsize=16_384)
def _folded_cluster(cluster: str) -> str:
    return fold(cluster)


def _merged(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
