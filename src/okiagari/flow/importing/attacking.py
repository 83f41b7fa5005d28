"""What a document says of attacks and of publications elsewhere, as facts that a case could note. Pure.

In: what an advisory says, and now. Out: each statement with the kind of fact it may be: known for what is
dated and for the sentences our own formats say, open for words of others. It proposes; nothing is noted here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import override

from okiagari.cases.rules import FACT_KINDS, FACT_UNKNOWN
from okiagari.disclose.site import saying
from okiagari.flow.importing import problems
from okiagari.standards.advisory import Advisory, Flaw
from okiagari.standards.localtext import LANGUAGES

_CODES: Mapping[str, str] = {"attacked": "exploited_somewhere", "public": "exploit_public"}


@dataclass(frozen=True)
class Told:
    """One statement. `number` counts from 1 through the document, `flaw` from 0; `what` names it.

    `kind`: of the fact it is taken for, "" where only a person can say. `known_at`: since when its author
    knew.
    """

    number: int
    flaw: int
    what: str
    text: str
    kind: str
    at: datetime
    known_at: datetime | None = None


def told(said: Advisory, now: datetime) -> tuple[Told, ...]:
    """Every statement, in the order of the document."""
    found = (each for number, flaw in enumerate(said.flaws) for each in _of_flaw(said, number, flaw, now))
    return tuple(replace(each, number=number) for number, each in enumerate(found, 1))


def chosen(statements: Sequence[Told], wanted: Mapping[str, str] | None) -> tuple[Told, ...]:
    """Those that become facts: as proposed, or as somebody said by their numbers ("" for none).

    Raises NO_SUCH_STATEMENT, FACT_UNKNOWN.
    """
    kinds = {str(each.number): each.kind for each in statements}
    for number, kind in (wanted or {}).items():
        if number not in kinds:
            raise problems.NO_SUCH_STATEMENT(number=number, count=len(kinds)).at("facts")
        if kind and kind not in FACT_KINDS:
            raise FACT_UNKNOWN(kind=kind, known=", ".join(FACT_KINDS)).at("facts")
        kinds[number] = kind
    return tuple(
        replace(each, kind=kinds[str(each.number)]) for each in statements if kinds[str(each.number)]
    )


def _of_flaw(said: Advisory, number: int, flaw: Flaw, now: datetime) -> Iterator[Told]:
    dates = [each.at for each in said.revisions if each.at <= now]
    first = min(filter(None, (said.first_at, *dates)), default=now)
    stated = min(max(dates, default=first), now)
    if flaw.public_at and flaw.public_at < first:
        text = flaw.public_at.isoformat()
        yield Told(0, number, "public elsewhere", text, "public_elsewhere", flaw.public_at)
    if flaw.attacked:
        at, known_at = flaw.attacked
        text = f"{at.isoformat()} ({known_at.isoformat()})"
        kind = "exploited_somewhere" if at <= now else ""
        yield Told(0, number, "first attack", text, kind, at, min(known_at, now))
    for text in flaw.exploits:
        kind = _CODES.get(_code(text), "")
        if flaw.attacked is None or kind != "exploited_somewhere":  # else the date says it already
            yield Told(0, number, "exploit", text, kind, stated)


def _code(text: str) -> str:
    """Which of our own sentences it is, in any of our languages; "" for the words of others."""
    for language in LANGUAGES:
        with override(language):
            for code in _CODES:
                if text == saying.exploit_words(code):
                    return code
            before, after = saying.exploit_words("attacked", "\0").split("\0")
        if text.startswith(before) and text.endswith(after):
            return "attacked"
    return ""
