"""What changed between two contents, for the editor, the approver and the revision history.

In: the content last published (or none) and the one that would go out. Out: changes, each a path that
the editor marks, and a marked sentence. Texts are compared per language, facts by their keys.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from okiagari.disclose.rules.content import WORDS, Content, Product, Vulnerability
from okiagari.disclose.rules.details import details
from okiagari.disclose.rules.standing import Action, Standing, standings
from okiagari.problems import gettext_noop


@dataclass(frozen=True)
class Change:
    """`path` names the field (``words.summary.ja``, ``products.NP-BBRS``). `text` is a marked sentence.

    `is_public_note` marks those worth a line in the revision history.
    """

    path: str
    text: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    is_public_note: bool = False


NEW_DOCUMENT = gettext_noop("First publication.")
WITHDRAWN = gettext_noop("Withdrawn.")
ANEW = gettext_noop("Published anew; the earlier editions are those of this advisory.")
SUPERSEDED = gettext_noop("Superseded by %(advisory)s.")
LANGUAGE_ADDED = {
    "ja": gettext_noop("Japanese text added."),
    "en": gettext_noop("English text added."),
}
PRODUCT_ADDED = gettext_noop("%(product)s added.")
PRODUCT_REMOVED = gettext_noop("%(product)s removed.")
NOW = {
    Action.STOP_USE: gettext_noop("%(product)s: please stop using it."),
    Action.UPDATE: gettext_noop("%(product)s: fixed firmware %(release)s."),
    Action.REPLACE: gettext_noop("%(product)s: replacement offered."),
    Action.WORKAROUND: gettext_noop("%(product)s: workaround."),
    Action.WAIT: gettext_noop("%(product)s: affected; a fix is being prepared."),
    Action.CHECKING: gettext_noop("%(product)s: under investigation."),
    Action.NOTHING: gettext_noop("%(product)s: not affected."),
}
VERSIONS_CHANGED = gettext_noop("%(product)s: affected versions changed.")
PLAN_CHANGED = gettext_noop("%(product)s: the planned date of the fix changed.")
WORKAROUND_ADDED = gettext_noop("%(product)s: workaround added.")
WORDS_CHANGED = gettext_noop("Wording changed.")
WHOLE = {
    "references": gettext_noop("References changed."),
    "credits": gettext_noop("Acknowledgments changed."),
    "lookups": gettext_noop("How to look up the version changed."),
    "version_notes": gettext_noop("What is said of single versions changed."),
}
FLAW_ADDED = gettext_noop("Vulnerability added: %(name)s.")
FLAW_REMOVED = gettext_noop("Vulnerability removed: %(name)s.")
SCORES_CHANGED = gettext_noop("Score changed: %(name)s.")
ATTACKED = gettext_noop("Now used in attacks: %(name)s.")
EXPLOIT_OUT = gettext_noop("An exploit is public: %(name)s.")
IDS_CHANGED = gettext_noop("Ids added: %(name)s.")
FLAWS_CHANGED = gettext_noop("Details of the vulnerabilities changed.")
PHASE = {
    "investigating": gettext_noop("We are investigating."),
    "identified": gettext_noop("The cause is known."),
    "contained": gettext_noop("It is contained."),
    "resolved": gettext_noop("It is over."),
}
PROMISE_CHANGED = gettext_noop("The time of the next update changed.")
OTHER_CHANGED = gettext_noop("Other details changed.")
NAMED = 8
"""So many products are named in one line of the history; of the rest it says how many."""


def changes(before: Content | None, after: Content) -> tuple[Change, ...]:
    """Everything that differs, in the order of the page."""
    if before is None:
        return (Change("all", NEW_DOCUMENT, is_public_note=True),)
    found = [
        *_languages(before, after),
        *_course(before, after),
        *_words(before, after),
        *_products(before, after),
        *_flaws(before, after),
    ]
    found += [
        Change(name, text) for name, text in WHOLE.items() if getattr(before, name) != getattr(after, name)
    ]
    if not found and before != after:
        found.append(Change("other", OTHER_CHANGED))
    return tuple(found)


def notes(before: Content | None, after: Content) -> tuple[Change, ...]:
    """What the revision history says when nobody writes it: never empty where something changed.

    Products of which the same is said stand in one line, however many there are.
    """
    found = changes(before, after)
    return _together(change for change in found if change.is_public_note) or found[:1]


def _together(found: Iterable[Change]) -> tuple[Change, ...]:
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in found:
        groups.setdefault((change.text, change.parameters.get("release", "")), []).append(change)
    return tuple(_one(same) for same in groups.values())


def _one(same: list[Change]) -> Change:
    first = same[0]
    if len(same) == 1:
        return first
    names = [each.parameters.get("product") or each.parameters.get("name", "") for each in same]
    shown = ", ".join(names[:NAMED])
    count = f" (+{len(names) - NAMED})" if len(names) > NAMED else ""
    key = "product" if "product" in first.parameters else "name"
    return Change(first.path, first.text, {**first.parameters, key: shown + count}, is_public_note=True)


def _languages(before: Content, after: Content) -> Iterator[Change]:
    for language in after.languages:
        if language not in before.languages and language in LANGUAGE_ADDED:
            yield Change(f"languages.{language}", LANGUAGE_ADDED[language], is_public_note=True)


def _course(before: Content, after: Content) -> Iterator[Change]:
    if before.phase != after.phase and after.phase in PHASE:
        yield Change("phase", PHASE[after.phase], is_public_note=True)
    if before.next_update != after.next_update:
        yield Change("next_update", PROMISE_CHANGED)


def _words(before: Content, after: Content) -> Iterator[Change]:
    for name in WORDS:
        old, new = getattr(before.words, name), getattr(after.words, name)
        for language in after.languages:
            is_new_language = language not in before.languages
            if not is_new_language and old.get(language, "") != new.get(language, ""):
                yield Change(f"words.{name}.{language}", WORDS_CHANGED)


def _products(before: Content, after: Content) -> Iterator[Change]:
    old = {each.product.key: each for each in standings(before)}
    new = {each.product.key: each for each in standings(after)}
    for key, standing in new.items():
        yield from _product(old.get(key), standing)
    for key in old.keys() - new.keys():
        name = _name(old[key].product)
        yield Change(f"products.{key}", PRODUCT_REMOVED, {"product": name}, is_public_note=True)


def _product(old: Standing | None, new: Standing) -> Iterator[Change]:
    """What its owner is told now; where that is the same, what else is new."""
    path, name = f"products.{new.product.key}", _name(new.product)
    release = new.release.text if new.release else ""
    if old is None:
        yield Change(path, PRODUCT_ADDED, {"product": name}, is_public_note=True)
    elif (old.action, old.release and old.release.text) != (new.action, new.release and new.release.text):
        parameters = {"product": name, "release": release}
        yield Change(path, NOW[new.action], parameters, is_public_note=True)
    else:
        noted = _noted(old, new)
        for text in (noted,) if noted else details(old, new):
            yield Change(path, text, {"product": name}, is_public_note=bool(noted))


def _noted(old: Standing, new: Standing) -> str:
    """What the revision history says of a product whose owner is still told to do the same."""
    if old.ranges != new.ranges:
        return VERSIONS_CHANGED
    if len(new.of_kind("workaround")) > len(old.of_kind("workaround")):
        return WORKAROUND_ADDED
    return PLAN_CHANGED if _plan(old) != _plan(new) else ""


def _plan(standing: Standing) -> list[tuple[str, object]]:
    return [(each.planned, each.planned_wording) for each in standing.planned]


def _flaws(before: Content, after: Content) -> Iterator[Change]:
    old = {each.id: each for each in before.vulnerabilities}
    new = {each.id: each for each in after.vulnerabilities}
    for key, flaw in new.items():
        text = _flaw(old.get(key), flaw)
        if text:
            parameters = {} if text == FLAWS_CHANGED else {"name": _called(flaw)}
            yield Change("vulnerabilities", text, parameters, is_public_note=True)
    for key in old.keys() - new.keys():
        yield Change("vulnerabilities", FLAW_REMOVED, {"name": _called(old[key])}, is_public_note=True)


def _flaw(old: Vulnerability | None, new: Vulnerability) -> str:
    """The loudest thing that changed of a vulnerability."""
    if old is None:
        return FLAW_ADDED
    if old.exploit != new.exploit:
        return {"attacked": ATTACKED, "public": EXPLOIT_OUT}.get(new.exploit, FLAWS_CHANGED)
    if old.scores != new.scores:
        return SCORES_CHANGED
    if (old.cve, old.jvn, old.jvndb) != (new.cve, new.jvn, new.jvndb):
        return IDS_CHANGED
    return FLAWS_CHANGED if old != new else ""


def _called(flaw: Vulnerability) -> str:
    return flaw.cve or flaw.jvn or flaw.id


def _name(product: Product) -> str:
    return f"{product.model} {product.revision}".strip()
