"""Facts of a content in words of one language: names, severities, dates, what is said of each action.

In: values of `rules.content`. Out: text. The language is the one that is active (`speaking`).
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext, override, pgettext

from okiagari.disclose.rules.content import Content, Product, Score, Texts, Vulnerability
from okiagari.disclose.rules.standing import Action
from okiagari.problems import Problem, gettext_noop
from okiagari.standards import cvss
from okiagari.standards.csaf.parts import date_words
from okiagari.standards.firmware_order import Range
from okiagari.standards.partialdate import PartialDate

speaking = override
SEVERITIES = ("none", "low", "medium", "high", "critical")
SOURCES = ("own", "jvn", "nvd", "supplier", "finder")
SOURCE_WORDS: Mapping[str, str] = {
    "own": gettext_noop("our own score"),
    "jvn": "JVN",
    "nvd": "NVD",
    "supplier": gettext_noop("score of the supplier"),
    "finder": gettext_noop("score of the finder"),
}
ACTION_WORDS: Mapping[Action, str] = {
    Action.STOP_USE: gettext_noop("Please stop using it"),
    Action.UPDATE: gettext_noop("Update it"),
    Action.REPLACE: gettext_noop("Have it replaced"),
    Action.WORKAROUND: gettext_noop("Apply the workaround"),
    Action.WAIT: gettext_noop("A fix is being prepared"),
    Action.CHECKING: gettext_noop("We are investigating"),
    Action.NOTHING: gettext_noop("Not affected"),
}


def severity_word(severity: str) -> str:
    words = {
        "none": pgettext("CVSS", "None"),
        "low": pgettext("CVSS", "Low"),
        "medium": pgettext("CVSS", "Medium"),
        "high": pgettext("CVSS", "High"),
        "critical": pgettext("CVSS", "Critical"),
    }
    return words.get(severity, severity)


def in_language(texts: Texts, language: str) -> str:
    """The text in this language; else in any: a fact (a name) is better in another language than absent."""
    return texts.get(language) or next(iter(texts.values()), "")


def exact(texts: Texts, language: str) -> str:
    return texts.get(language, "")


def model(product: Product) -> str:
    """As it is printed on the device."""
    parts = [product.model, product.revision]
    if product.platform:
        parts.append(f"({product.platform})")
    return " ".join(part for part in parts if part)


def models_on(content: Content, line: str) -> list[str]:
    """The products that run the releases of a line."""
    return list(dict.fromkeys(model(each) for each in content.products if each.line == line))


def version_note(content: Content, line: str, release: str, language: str) -> str:
    """What is said of one version, in exactly this language."""
    found = (each.text for each in content.version_notes if (each.line, each.release) == (line, release))
    return exact(next(found, {}), language)


@dataclass(frozen=True)
class Name:
    """A name. `language`: where it is in another than the page's, so that voices read it right; else ""."""

    text: str
    language: str = ""

    def __str__(self) -> str:
        return self.text


def other_names(product: Product, language: str) -> list[Name]:
    """Every other name it carries, without the model again: product name, brand's name, names in shops."""
    spoken = language if product.names.get(language) else next(iter(product.names), language)
    names = [Name(product.names.get(spoken, ""), "" if spoken == language else spoken)]
    names += [Name(each) for each in product.other_names]
    bare = [replace(each, text=_without(each.text, model(product), product.model)) for each in names]
    return list({each.text: each for each in reversed(bare) if each.text}.values())[::-1]


def _without(name: str, *models: str) -> str:
    """The name without the model number at its end, which stands beside it."""
    for number in models:
        if name == number or name.endswith((f" {number}", f"\u3000{number}")):
            return name[: len(name) - len(number)].rstrip()
    return name


def versions(ranges: Iterable[Range], language: str) -> list[str]:
    return [each.words(language) for each in ranges]


def date(text: str, language: str) -> str:
    """A partial date; what cannot be read as one stays as it is."""
    try:
        return date_words(PartialDate.parse(text), language) or text
    except Problem:
        return text


def scores_of(flaw: Vulnerability) -> list[Score]:
    """Own scores first, newer versions of CVSS before older ones."""
    known = [score for score in flaw.scores if score.system == "cvss"]
    newest = sorted(known, key=lambda score: score.version, reverse=True)
    return sorted(newest, key=lambda score: _place(score.source))


def _place(source: str) -> int:
    return SOURCES.index(source) if source in SOURCES else len(SOURCES)


def severity(content: Content) -> str:
    """The highest severity of its vulnerabilities, for the products they affect or may affect.

    A product has its own score before that of all. What is known not to be affected makes nothing worse.
    """
    spared = {(each.vulnerability, each.product) for each in content.statuses if each.state == "not_affected"}
    counted = [_severities(flaw, content, spared) for flaw in content.vulnerabilities]
    known = [each for of_flaw in counted for each in of_flaw if each in SEVERITIES]
    return max(known, key=SEVERITIES.index, default="")


def _severities(flaw: Vulnerability, content: Content, spared: Container[tuple[str, str]]) -> set[str]:
    """That of each product by the first score that holds for it; where no product is left, that of all."""
    scores = scores_of(flaw)
    general = next((score.severity for score in scores if not score.products), "")
    own: dict[str, str] = {}
    for score in scores:
        for product in score.products:
            own.setdefault(product, score.severity)
    left = [each.key for each in content.products if (flaw.id, each.key) not in spared]
    return {own.get(key, general) for key in left} or {general}


def vector_words(score: Score) -> list[tuple[str, str]]:
    """The base metrics of a vector in plain words; nothing where it cannot be read."""
    try:
        read = cvss.parse(score.vector, score.version or None)
    except Problem:
        return []
    return [(gettext(word.name), gettext(word.label)) for word in read.words if word.group is cvss.Group.BASE]


def exploit_words(code: str, since: str = "") -> str:
    """What is known of attacks; "" where nothing is. `since`: the day of the first one."""
    if code == "attacked" and since:
        return gettext("Attacks that use it have been seen since %(date)s.") % {"date": since}
    words = {
        "attacked": gettext("Attacks that use it have been seen."),
        "public": gettext("How to exploit it is public; we know of no attack."),
    }
    return words.get(code, "")


def web(url: str) -> str:
    """The address if it is one of a web page, else "": nothing else becomes a link."""
    url = url.strip()
    return url if url.lower().startswith(("https://", "http://")) else ""
