"""Statuses and differences in words of the active language: for pages, letters, the desk.

In: values of `rules` and `values`. Out: text. Nothing is decided here.
"""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import get_language, gettext, override

from okiagari.disclose.jvn import rules
from okiagari.disclose.jvn.rules import Difference, Of
from okiagari.disclose.jvn.values import ProductStance, Step, Texts
from okiagari.disclose.site import saying
from okiagari.disclose.site.jvn import STATUS_WORDS
from okiagari.problems import gettext_noop
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LANGUAGES, LocalText

PRODUCT_WORDS: Mapping[str, str] = {
    "vulnerable": gettext_noop("affected"),
    "vulnerable_investigating": gettext_noop("affected (other vulnerabilities under investigation)"),
    "notvulnerable": gettext_noop("not affected"),
    "notvulnerable_investigating": gettext_noop("not affected so far (under investigation)"),
    "unknown": gettext_noop("under investigation"),
}
"""The five values, said of one product."""
STEP_WORDS: Mapping[str, str] = {
    "workaround": gettext_noop("workaround"),
    "stop_use": gettext_noop("request to stop using it"),
    "replace": gettext_noop("replacement"),
}
WAY_WORDS: Mapping[str, str] = {
    "letter": gettext_noop("letter sent from here"),
    "mail": gettext_noop("mail sent by hand"),
    "portal": gettext_noop("copied into their form"),
    "phone": gettext_noop("told by phone"),
    "meeting": gettext_noop("told in a meeting"),
    "post": gettext_noop("sent by post"),
    "chat": gettext_noop("told in a chat"),
}
_LABELS: Mapping[Of, str] = {
    Of.STATUS: gettext_noop("Status shown on JVN: %(before)s → %(after)s"),
    Of.ADDED: gettext_noop("%(product)s: added (%(after)s)"),
    Of.REMOVED: gettext_noop("%(product)s: no longer in the report"),
    Of.VALUE: gettext_noop("%(product)s: %(before)s → %(after)s"),
    Of.VERSIONS: gettext_noop("%(product)s: affected versions: %(before)s → %(after)s"),
    Of.CONDITIONS: gettext_noop("%(product)s: condition: %(before)s → %(after)s"),
    Of.FIXED: gettext_noop("%(product)s: fixed version: %(before)s → %(after)s"),
    Of.UNFIXED: gettext_noop("%(product)s: not fixed yet: %(before)s → %(after)s"),
    Of.PLAN: gettext_noop("%(product)s: fix planned: %(before)s → %(after)s"),
    Of.NEVER: gettext_noop("%(product)s: why there is no fix: %(before)s → %(after)s"),
    Of.STEPS: gettext_noop("%(product)s: countermeasures changed: %(after)s"),
    Of.SUCCESSOR: gettext_noop("%(product)s: recommended successor: %(before)s → %(after)s"),
    Of.STATEMENT: gettext_noop("The statement changed"),
}
_FIRST: Mapping[Of, str] = {
    Of.VERSIONS: gettext_noop("%(product)s: affected versions added: %(after)s"),
    Of.CONDITIONS: gettext_noop("%(product)s: condition added: %(after)s"),
    Of.FIXED: gettext_noop("%(product)s: fixed version added: %(after)s"),
    Of.UNFIXED: gettext_noop("%(product)s: not fixed yet: %(after)s"),
    Of.PLAN: gettext_noop("%(product)s: planned date of the fix added: %(after)s"),
    Of.NEVER: gettext_noop("%(product)s: there will be no fix: %(after)s"),
    Of.STEPS: gettext_noop("%(product)s: countermeasure added: %(after)s"),
    Of.SUCCESSOR: gettext_noop("%(product)s: recommended successor added: %(after)s"),
    Of.NUMBERS: gettext_noop("Numbers added: %(after)s"),
    Of.STATEMENT: gettext_noop("Statement added"),
    Of.PAGES: gettext_noop("Address of our advisory added: %(after)s"),
    Of.REFERENCES: gettext_noop("References added: %(after)s"),
}
"""Said where there was nothing before."""
_LAST: Mapping[Of, str] = {
    Of.VERSIONS: gettext_noop("%(product)s: affected versions taken back: %(before)s"),
    Of.CONDITIONS: gettext_noop("%(product)s: condition taken back: %(before)s"),
    Of.FIXED: gettext_noop("%(product)s: fixed version taken back: %(before)s"),
    Of.UNFIXED: gettext_noop("%(product)s: fixed now: %(before)s"),
    Of.PLAN: gettext_noop("%(product)s: planned date of the fix taken back: %(before)s"),
    Of.NEVER: gettext_noop("%(product)s: no longer said that there will be no fix"),
    Of.STEPS: gettext_noop("%(product)s: countermeasure taken back: %(before)s"),
    Of.SUCCESSOR: gettext_noop("%(product)s: recommended successor taken back: %(before)s"),
    Of.NUMBERS: gettext_noop("Numbers taken back: %(before)s"),
    Of.STATEMENT: gettext_noop("The statement was taken back"),
    Of.PAGES: gettext_noop("Address of our advisory taken back: %(before)s"),
    Of.REFERENCES: gettext_noop("References taken back: %(before)s"),
}
"""Said where there is nothing any more."""
_BESIDE: Mapping[Of, str] = {
    Of.STATUS: gettext_noop("the vendor status changed"),
    Of.NUMBERS: gettext_noop("the numbers changed"),
    Of.STATEMENT: gettext_noop("the statement changed"),
    Of.PAGES: gettext_noop("the addresses of our advisories changed"),
    Of.REFERENCES: gettext_noop("the references changed"),
}
NEVER_TOLD = gettext_noop("where our products stand")
ONE_PRODUCT = gettext_noop("one product changed")
PRODUCTS = gettext_noop("%(count)s products changed")
NOTHING = "–"
NAMED = 8


def status(value: str) -> str:
    """What JVN shows beside the vendor's name."""
    return gettext(STATUS_WORDS[value])


def product_status(value: str) -> str:
    return gettext(PRODUCT_WORDS[value])


def language() -> str:
    return (get_language() or "en")[:2]


def sentences(found: Iterable[Difference]) -> tuple[str, ...]:
    """Each difference as a line; products of which the same is to be said stand in one."""
    groups: dict[tuple[Of, str, str], list[Difference]] = {}
    for each in found:
        key = (each.of, _part(each.of, each.before), _part(each.of, each.after))
        groups.setdefault(key, []).append(each)
    return tuple(_line(of, before, after, same) for (of, before, after), same in groups.items())


def _line(of: Of, before: str, after: str, same: list[Difference]) -> str:
    template = _LABELS.get(of, "")
    if of in _FIRST and not (before and after):
        template = (_LAST if before else _FIRST)[of]
    names = [each.name for each in same]
    shown = gettext(", ").join(names[:NAMED])
    count = f" (+{len(names) - NAMED})" if len(names) > NAMED else ""
    return gettext(template) % {
        "product": shown + count,
        "before": before or NOTHING,
        "after": after or NOTHING,
    }


def summary(found: Iterable[Difference]) -> str:
    """All of it in half a sentence, for the desk."""
    every = list(found)
    count = rules.products_changed(every)
    parts = (
        [] if not count else [gettext(ONE_PRODUCT) if count == 1 else gettext(PRODUCTS) % {"count": count}]
    )
    kinds = dict.fromkeys(each.of for each in every if not each.product)
    if count:
        kinds.pop(Of.STATUS, None)
    return gettext(", ").join([*parts, *(gettext(_BESIDE[of]) for of in kinds)])


def owed(found: Iterable[Difference], *, is_first: bool) -> LocalText:
    """What was not told, in every language."""
    every, texts = list(found), {}
    for each in LANGUAGES:
        with override(each):
            texts[each] = gettext(NEVER_TOLD) if is_first else summary(every)
    return LocalText(texts, "en")


def versions(each: ProductStance) -> str:
    return gettext(", ").join(saying.versions(each.versions, language()))


def local(texts: Texts) -> str:
    return saying.in_language(texts, language())


def step(each: Step) -> str:
    said, label = local(each.text), gettext(STEP_WORDS[each.kind])
    return f"{label}{gettext(': ')}{said}" if said else label


def plan(dates: Iterable[str], words: Iterable[Texts]) -> str:
    """When a fix is said to come."""
    said = [*(saying.date(each, language()) for each in dates), *(local(each) for each in words)]
    return gettext(", ").join(dict.fromkeys(each for each in said if each))


def _joined(values: Iterable[object]) -> str:
    return gettext(", ").join(str(each) for each in values)


def _texts(values: Iterable[Texts]) -> str:
    return _joined(local(each) for each in values)


def _ranges(values: Iterable[Mapping[str, object]]) -> str:
    return _joined(saying.versions([Range.from_json(each) for each in values], language()))


_WORDS: Mapping[Of, Callable[..., str]] = {
    Of.STATUS: status,
    Of.ADDED: product_status,
    Of.REMOVED: product_status,
    Of.VALUE: product_status,
    Of.VERSIONS: _ranges,
    Of.CONDITIONS: _texts,
    Of.PLAN: lambda value: plan(*value),
    Of.NEVER: _texts,
    Of.STEPS: lambda value: _joined(step(each) for each in value),
    Of.SUCCESSOR: str,
    Of.STATEMENT: local,
}


def _part(of: Of, value: object) -> str:
    """One side of a difference."""
    if value is None:
        return ""
    return _WORDS.get(of, _joined)(value)
