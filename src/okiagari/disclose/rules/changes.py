"""What changed between two contents, for the editor, the approver and the revision history.

In: the content last published (or none) and the one that would go out. Out: changes, each a path that
the editor marks, and a marked sentence. Texts are compared per language, facts by their keys.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from okiagari.disclose.rules.content import WORDS, Content, Product
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
DETAILS_CHANGED = gettext_noop("%(product)s: details changed.")
VERSIONS_CHANGED = gettext_noop("%(product)s: affected versions changed.")
WORDS_CHANGED = gettext_noop("Wording changed.")
REFERENCES_CHANGED = gettext_noop("References changed.")
FLAWS_CHANGED = gettext_noop("Details of the vulnerabilities changed.")
OTHER_CHANGED = gettext_noop("Other details changed.")


def changes(before: Content | None, after: Content) -> tuple[Change, ...]:
    """Everything that differs, in the order of the page."""
    if before is None:
        return (Change("all", NEW_DOCUMENT, is_public_note=True),)
    found = [*_languages(before, after), *_words(before, after), *_products(before, after)]
    if before.vulnerabilities != after.vulnerabilities:
        found.append(Change("vulnerabilities", FLAWS_CHANGED, is_public_note=True))
    if before.references != after.references:
        found.append(Change("references", REFERENCES_CHANGED))
    if not found and before != after:
        found.append(Change("other", OTHER_CHANGED))
    return tuple(found)


def notes(before: Content | None, after: Content) -> tuple[Change, ...]:
    """What the revision history says when nobody writes it: never empty where something changed."""
    found = changes(before, after)
    return tuple(change for change in found if change.is_public_note) or found[:1]


def _languages(before: Content, after: Content) -> Iterator[Change]:
    for language in after.languages:
        if language not in before.languages and language in LANGUAGE_ADDED:
            yield Change(f"languages.{language}", LANGUAGE_ADDED[language], is_public_note=True)


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
        change = _product(old.get(key), standing)
        if change:
            yield change
    for key in old.keys() - new.keys():
        name = _name(old[key].product)
        yield Change(f"products.{key}", PRODUCT_REMOVED, {"product": name}, is_public_note=True)


def _product(old: Standing | None, new: Standing) -> Change | None:
    path, name = f"products.{new.product.key}", _name(new.product)
    release = new.release.text if new.release else ""
    if old is None:
        return Change(path, PRODUCT_ADDED, {"product": name}, is_public_note=True)
    if (old.action, old.release and old.release.text) != (new.action, new.release and new.release.text):
        parameters = {"product": name, "release": release}
        return Change(path, NOW[new.action], parameters, is_public_note=True)
    if old.ranges != new.ranges:
        return Change(path, VERSIONS_CHANGED, {"product": name}, is_public_note=True)
    return Change(path, DETAILS_CHANGED, {"product": name}) if old != new else None


def _name(product: Product) -> str:
    return f"{product.model} {product.revision}".strip()
