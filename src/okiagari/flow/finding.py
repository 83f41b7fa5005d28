"""The search: whatever holds the words, as far as the subject may see it.

The reach is asked of `permits` and goes into the query itself. A number goes straight to its page, whether or
not there is anything: the page answers as it always does.
"""

from collections.abc import Sequence
from functools import partial

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ids, search
from okiagari.plumbing.search import Hit, Reach, Result
from okiagari.problems import Kind, define, gettext_noop

KINDS = ("case", "report", "advisory", "document", "product", "release", "lesson")
NUMBERS = {"OKI": "case", "REP": "report", "ADV": "advisory", "DOC": "document"}
READING = ("cases.read", "cases.inside", "intake.read", "flow.documents", "catalog.read")
UNKNOWN_KIND = define(
    "flow.unknown_kind",
    Kind.INVALID,
    gettext_noop("“%(value)s” is nothing that can be searched."),
    gettext_noop("Choose from: %(known)s."),
)
LONGEST = 200


def reach(subject: Subject) -> Reach:
    """How far this subject sees."""
    verbs = frozenset(verb for verb in READING if permits.may(subject, verb))
    return Reach(partial(permits.opens, subject), verbs)


def find(
    subject: Subject, text: str, *, kinds: Sequence[str] = (), language: str = "en", limit: int = 30
) -> Result:
    """Things that hold every word, and how many there are of each kind. Raises UNKNOWN_KIND, SIGN_IN."""
    permits.require(subject, "desk.own_account")
    for each in kinds:
        if each not in KINDS:
            raise UNKNOWN_KIND(value=each, known=", ".join(KINDS)).at("kind")
    asked = text[:LONGEST]
    return search.found(asked, reach(subject), kinds=kinds, language=language, limit=min(limit, 100))


def guess(subject: Subject, text: str, *, language: str = "en", limit: int = 8) -> Result:
    """The same while somebody is still typing: the last word may go on."""
    permits.require(subject, "desk.own_account")
    return search.found(text[:LONGEST], reach(subject), language=language, limit=limit, is_typing=True)


def number_of(text: str) -> tuple[str, str] | None:
    """The kind and number that a text is, such as ``oki-26-7k3qd``; nothing for other words."""
    number = ids.folded(text)
    kind = NUMBERS.get(number.partition("-")[0])
    return (kind, number) if kind and number.count("-") == 2 and " " not in number else None


__all__ = ["KINDS", "Hit", "Result", "find", "guess", "number_of", "reach"]
