"""How alike two reports are, and why. Pure: texts in; a figure from 0 to 1 and its reasons out.

Words are compared as content terms: bigrams of Japanese that are not hiragana alone (those carry
grammar), and the first six letters of English words that say something. Shared ids of vulnerabilities
weigh most, then wording, then the product and its version. `traits` are a small sample of the same (ids,
model names, 32 terms chosen by hash), by which a database finds the reports worth comparing; two texts
that share a tenth of their terms share three of these on average.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from okiagari.intake.rules import flaws
from okiagari.problems import gettext_noop
from okiagari.standards import ids

SAMPLE = 32
LIKELY = 0.45
"""From here on a report is shown as a possible duplicate; measured in tests/intake/test_likeness.py."""
MAX_TRAIT = 80

WHY_IDS = gettext_noop("both name %(ids)s")
WHY_TEXT = gettext_noop("%(percent)s %% of the wording is shared")
WHY_PRODUCT = gettext_noop("same product (%(product)s)")
WHY_VERSION = gettext_noop("same version (%(version)s)")
WHY_CLASS = gettext_noop("same class of flaw (%(classes)s)")
WHY_PART = gettext_noop("same part of the product (%(parts)s)")
WHY_REPORTER = gettext_noop("same reporter")

_CJK = re.compile(r"[぀-ヿ㐀-䶿一-鿿々〆ｦ-ﾟー]+")
_HIRAGANA = re.compile(r"[぀-ゟ]+")
_WORD = re.compile(r"[a-z][a-z0-9]{2,}|[0-9]{3,}")
_MODEL = re.compile(r"(?<![a-z0-9])[a-z]{2,}[a-z0-9]*(?:[-/][a-z0-9]+)+|(?<![a-z0-9])[a-z]{2,}[0-9][a-z0-9]+")
_ID = re.compile(r"(?:cve|jvndb)-\d{4}-\d+|jvn(?:vu|ta)?#?\d{8}|cwe-\d+")
_STOP = frozenset(
    [
        "about",
        "after",
        "also",
        "and",
        "any",
        "are",
        "because",
        "been",
        "before",
        "being",
        "but",
        "can",
        "could",
        "device",
        "did",
        "does",
        "firmware",
        "for",
        "found",
        "from",
        "has",
        "have",
        "her",
        "his",
        "how",
        "into",
        "its",
        "may",
        "more",
        "not",
        "off",
        "only",
        "our",
        "out",
        "over",
        "please",
        "product",
        "report",
        "router",
        "should",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "through",
        "under",
        "used",
        "using",
        "version",
        "vulnerability",
        "was",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


@dataclass(frozen=True)
class Text:
    """A report as far as likeness looks at it."""

    words: str
    product: str = ""
    version: str = ""
    reporter: str = ""
    """How to reach who reported, and only where the reader may know of it."""


@dataclass(frozen=True)
class Reason:
    """A marked template and what fills it; names in a tuple are marked as well."""

    text: str
    parameters: "dict[str, object]" = field(default_factory=dict)


@dataclass(frozen=True)
class Likeness:
    score: float
    reasons: tuple[Reason, ...]


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def terms(text: str) -> frozenset[str]:
    """The content terms of a text in Japanese, English or both; ids count apart."""
    plain = _ID.sub(" ", folded(text))
    words = (word[:6] for word in _WORD.findall(plain) if word not in _STOP)
    return frozenset([*words, *_bigrams(plain)])


def _bigrams(plain: str) -> Iterator[str]:
    for run in _CJK.findall(plain):
        pairs = (run[at : at + 2] for at in range(len(run) - 1))
        yield from (pair for pair in pairs if not _HIRAGANA.fullmatch(pair))


def key(name: str) -> str:
    """A product or version without what people write differently: case, width, blanks, dashes."""
    return re.sub(r"[\W_]+", "", folded(name))


def models(text: Text) -> frozenset[str]:
    """What looks like a model name in the product, or anywhere in the words."""
    found = {key(match) for match in _MODEL.findall(folded(f"{text.product} {text.words}"))}
    known = {key(str(each)) for each in ids.find(text.words)}
    return frozenset(found - known - {""})


def named_ids(text: Text) -> frozenset[str]:
    """The ids of vulnerabilities that it names; a CWE says too little to count."""
    return frozenset(str(each) for each in ids.find(text.words) if each.system is not ids.System.CWE)


def traits(text: Text) -> tuple[str, ...]:
    """What to look other reports up by."""
    hashes = sorted(hashlib.blake2b(term.encode(), digest_size=8).hexdigest() for term in terms(text.words))
    product = {f"model:{key(text.product)}"} if key(text.product) else set()
    found = {
        *(f"id:{each}" for each in named_ids(text)),
        *product,
        *(f"model:{each}" for each in models(text)),
        *(f"term:{each}" for each in hashes[:SAMPLE]),
    }
    return tuple(sorted(trait[:MAX_TRAIT] for trait in found))


def compare(one: Text, other: Text) -> Likeness:
    """How alike, and why, strongest reason first."""
    found = [
        *_by_ids(one, other),
        *_by_words(one, other),
        *_by_product(one, other),
        *_by_flaw(one, other),
        *_by_reporter(one, other),
    ]
    apart = 1.0
    for weight, _ in found:
        apart *= 1 - weight
    ordered = sorted(found, key=lambda pair: -pair[0])
    return Likeness(round(1 - apart, 3), tuple(reason for _, reason in ordered))


def _by_ids(one: Text, other: Text) -> Iterator[tuple[float, Reason]]:
    shared = named_ids(one) & named_ids(other)
    if shared:
        yield 0.7, Reason(WHY_IDS, {"ids": ", ".join(sorted(shared))})


def _by_words(one: Text, other: Text) -> Iterator[tuple[float, Reason]]:
    here, there = terms(one.words), terms(other.words)
    if not here or not there:
        return
    share = 2 * len(here & there) / (len(here) + len(there))
    weight = min(0.9, max(0.0, (share - 0.08) / 0.35))
    if weight >= 0.1:
        yield weight, Reason(WHY_TEXT, {"percent": round(share * 100)})


def _by_product(one: Text, other: Text) -> Iterator[tuple[float, Reason]]:
    if not _same_product(one, other) and not models(one) & models(other):
        return
    yield 0.25, Reason(WHY_PRODUCT, {"product": one.product or other.product})
    if key(one.version) and key(one.version) == key(other.version):
        yield 0.1, Reason(WHY_VERSION, {"version": one.version})


def _by_flaw(one: Text, other: Text) -> Iterator[tuple[float, Reason]]:
    """Alone this says little: it weighs where the product is the same as well."""
    near = 0.2 if models(one) & models(other) or _same_product(one, other) else 0.05
    classes = flaws.classes(one.words) & flaws.classes(other.words)
    if classes:
        yield near, Reason(WHY_CLASS, {"classes": tuple(sorted(classes))})
    parts = flaws.parts(one.words) & flaws.parts(other.words)
    if parts:
        yield near / 2, Reason(WHY_PART, {"parts": tuple(sorted(parts))})


def _same_product(one: Text, other: Text) -> bool:
    return bool(key(one.product)) and key(one.product) == key(other.product)


def _by_reporter(one: Text, other: Text) -> Iterator[tuple[float, Reason]]:
    if key(one.reporter) and key(one.reporter) == key(other.reporter):
        yield 0.15, Reason(WHY_REPORTER)
