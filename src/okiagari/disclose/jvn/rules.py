"""Which cases owe JPCERT/CC reports, and what has changed since the last one.

In: a case as it is read, two stances. Out: yes or no, and the differences, each with what it was and is.
Pure: nothing is read or written, and words are made elsewhere (`wording`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from okiagari.cases.values import CaseView, PartyView
from okiagari.disclose.jvn.values import ProductStance, Stance

JPCERT = "jpcert"
WAYS = ("mail", "portal", "phone", "meeting", "post", "chat")
"""How a report was told by hand; those of a message, the usual ones first."""


class Of(StrEnum):
    """What a difference is about."""

    STATUS = "status"
    ADDED = "added"
    REMOVED = "removed"
    VALUE = "value"
    VERSIONS = "versions"
    CONDITIONS = "conditions"
    FIXED = "fixed"
    UNFIXED = "unfixed"
    PLAN = "plan"
    NEVER = "never"
    STEPS = "steps"
    SUCCESSOR = "successor"
    NUMBERS = "numbers"
    STATEMENT = "statement"
    PAGES = "pages"
    REFERENCES = "references"


@dataclass(frozen=True)
class Difference:
    """`product`: its key and name, "" where it is about none. `before` and `after`: as they stand in a
    stance.
    """

    of: Of
    before: object = None
    after: object = None
    product: str = ""
    name: str = ""


def coordinator(case: CaseView, *, even_gone: bool = False) -> PartyView | None:
    """JPCERT/CC as a party of the case."""
    found = [each for each in case.parties if each.role == "coordinator" and _is_jpcert(each)]
    here = [each for each in found if each.left_at is None]
    return next(iter(here or (found if even_gone else ())), None)


def _is_jpcert(party: PartyView) -> bool:
    names = (party.organisation, *party.name.texts.values())
    return any(JPCERT in each.casefold() for each in names)


def reference(case: CaseView) -> str:
    """The number JPCERT/CC knows the case by; "" while there is none."""
    party = coordinator(case, even_gone=True)
    if party is not None and party.reference:
        return party.reference
    return next((each.jvn for each in case.vulnerabilities if each.jvn and not each.is_withdrawn), "")


def is_coordinated(case: CaseView) -> bool:
    """JPCERT/CC is a party, or a vulnerability has a number of JVN."""
    has_number = any(each.jvn and not each.is_withdrawn for each in case.vulnerabilities)
    return not case.is_merged and (has_number or coordinator(case) is not None)


def has_tab(case: CaseView) -> bool:
    """A case that was coordinated once keeps what was told."""
    return is_coordinated(case) or coordinator(case, even_gone=True) is not None


def differences(before: Stance | None, after: Stance) -> tuple[Difference, ...]:
    """Everything that changed, the whole before its parts. Against nothing, everything is new: see
    `is_owed`.
    """
    if before is None:
        return ()
    return (*_status(before, after), *_products(before, after), *_beside(before, after))


def is_owed(before: Stance | None, after: Stance) -> bool:
    """Is there something that was not told? A case without a product has nothing to say yet."""
    if before is None:
        return bool(after.products)
    return bool(differences(before, after))


def products_changed(found: Iterable[Difference]) -> int:
    return len({each.product for each in found if each.product})


def _status(before: Stance, after: Stance) -> Iterator[Difference]:
    if before.value != after.value:
        yield Difference(Of.STATUS, before.value, after.value)


def _products(before: Stance, after: Stance) -> Iterator[Difference]:
    old = {each.key: each for each in before.products}
    new = {each.key: each for each in after.products}
    for key, each in new.items():
        if key not in old:
            yield Difference(Of.ADDED, None, each.value, key, each.name)
        else:
            yield from _product(old[key], each)
    for key in (each for each in old if each not in new):
        yield Difference(Of.REMOVED, old[key].value, None, key, old[key].name)


_PARTS: tuple[tuple[Of, Callable[[ProductStance], object]], ...] = (
    (Of.VALUE, lambda each: each.value),
    (Of.VERSIONS, lambda each: each.ranges),
    (Of.CONDITIONS, lambda each: each.conditions),
    (Of.FIXED, lambda each: each.fixed),
    (Of.UNFIXED, lambda each: each.unfixed),
    (Of.PLAN, lambda each: (each.planned, each.planned_words)),
    (Of.NEVER, lambda each: each.never),
    (Of.STEPS, lambda each: each.steps),
    (Of.SUCCESSOR, lambda each: each.successor),
)


def _product(old: ProductStance, new: ProductStance) -> Iterator[Difference]:
    """A plan that ends because the fix is there is no news of its own."""
    is_fixed_now = bool(new.fixed) and not old.fixed
    for of, part in _PARTS:
        before, after = part(old), part(new)
        is_kept_promise = of is Of.PLAN and is_fixed_now and not (new.planned or new.planned_words)
        if before != after and not is_kept_promise:
            yield Difference(of, before, after, new.key, new.name)


def _beside(before: Stance, after: Stance) -> Iterator[Difference]:
    """What joined a list and what left it are two things; the address of the whole site is none of a case."""
    if before.statement != after.statement:
        yield Difference(Of.STATEMENT, before.statement, after.statement)
    for of, old, new in (
        (Of.NUMBERS, _same(before.numbers), _same(after.numbers)),
        (Of.PAGES, _pages(before), _pages(after)),
        (Of.REFERENCES, _references(before), _references(after)),
    ):
        if joined := [shown for key, shown in new.items() if key not in old]:
            yield Difference(of, [], joined)
        if left := [shown for key, shown in old.items() if key not in new]:
            yield Difference(of, left, [])


def _same(texts: Iterable[str]) -> dict[str, str]:
    return {each: each for each in texts}


def _pages(stance: Stance) -> dict[str, str]:
    return {each.path: each.url for each in stance.pages}


def _references(stance: Stance) -> dict[str, str]:
    return _same(each.url for each in stance.references)
