"""What one request means: asks the maker's rules. Pure: a request in, an outcome out.

Nothing is remembered from request to request here; joining ranges and leaving out repeats is `counting`.
"""

from enum import StrEnum
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote

from okiagari.engines.accesslog import Request
from okiagari.fleet import rules as texts
from okiagari.fleet.logs.rules import METHODS, LogRules, Meaning, Rule, RuleKind
from okiagari.problems import Problem, gettext_noop

FIRST_ERROR = 400
REMEMBERED = 50_000


class Outcome(StrEnum):
    """What became of a line. Every line has exactly one."""

    SEEN = "seen"
    CLAIMED = "claimed"
    REPEATED = "repeated"
    PART = "part"
    NOTHING = "nothing"
    FAILED = "failed"
    REFUSED = "refused"
    BOT = "bot"
    OWN = "own"
    NO_RULE = "no_rule"
    UNREADABLE = "unreadable"


OUTCOMES = {
    Outcome.SEEN: gettext_noop("says what a unit runs"),
    Outcome.CLAIMED: gettext_noop("completes a download (a claim)"),
    Outcome.REPEATED: gettext_noop("repeats a download already counted"),
    Outcome.PART: gettext_noop("part of a download"),
    Outcome.NOTHING: gettext_noop("nothing was sent that tells anything"),
    Outcome.FAILED: gettext_noop("was refused or failed at the server"),
    Outcome.REFUSED: gettext_noop("fits a rule, but what it names cannot be kept"),
    Outcome.BOT: gettext_noop("left out: a robot"),
    Outcome.OWN: gettext_noop("left out: an address of our own"),
    Outcome.NO_RULE: gettext_noop("fits no rule"),
    Outcome.UNREADABLE: gettext_noop("is no line of an access log"),
}


class Match(NamedTuple):
    """What a request says. `outcome` CLAIMED: the whole image as far as this request alone can tell."""

    outcome: Outcome
    rule: str = ""
    product: str = ""
    hardware: str = ""
    version: str = ""
    line: str = ""
    unit: str = ""
    whole: int | None = None


class Matcher:
    """Asks the rules, in their order. Remembers which rules fit a path."""

    def __init__(self, rules: LogRules) -> None:
        self._rules = rules
        self._paths: dict[str, list[tuple[Rule, dict[str, str]]]] = {}

    def match(self, request: Request) -> Match:
        """The outcome of one request."""
        path, _, query = request.target.partition("?")
        for rule, taken in self._fitting(path):
            found = _with_query(rule, taken, query)
            if found is not None:
                return self._left_out(request, rule) or _judged(request, rule, found)
        return self._left_out(request, None) or Match(Outcome.NO_RULE)

    def _fitting(self, path: str) -> list[tuple[Rule, dict[str, str]]]:
        known = self._paths.get(path)
        if known is None:
            if len(self._paths) >= REMEMBERED:
                self._paths.clear()
            found = ((rule, rule.path.fullmatch(path)) for rule in self._rules.rules)
            known = self._paths[path] = [(rule, match.groupdict()) for rule, match in found if match]
        return known

    def _left_out(self, request: Request, rule: Rule | None) -> Match | None:
        key = rule.key if rule else ""
        if self._rules.agents is not None and self._rules.agents.search(request.agent):
            return Match(Outcome.BOT, key)
        return Match(Outcome.OWN, key) if self._rules.is_own(request.address) else None


def _with_query(rule: Rule, taken: dict[str, str], query: str) -> dict[str, str] | None:
    """What path and query say together; None where the query is not the rule's."""
    found = {name: unquote(value) for name, value in taken.items()}
    if not rule.query:
        return found
    given = dict(parse_qsl(query, keep_blank_values=True))
    for name, pattern in rule.query.items():
        match = pattern.fullmatch(given.get(name, "")) if name in given else None
        if match is None:
            return None
        found.update(match.groupdict())
    return found


def _judged(request: Request, rule: Rule, taken: dict[str, str]) -> Match:
    if request.status >= FIRST_ERROR:
        return Match(Outcome.FAILED, rule.key)
    meaning = rule.meaning(request.status)
    if request.method not in METHODS[rule.kind] or meaning is Meaning.NOTHING:
        return Match(Outcome.NOTHING, rule.key)
    said = {**taken, **rule.fixed}
    try:
        match = _match(rule, said)
    except Problem:
        return Match(Outcome.REFUSED, rule.key)
    if rule.kind is RuleKind.CHECK:
        return match
    is_whole = meaning is Meaning.COMPLETE and request.size >= (match.whole or 1)
    return match._replace(outcome=Outcome.CLAIMED if is_whole else Outcome.PART)


def _match(rule: Rule, said: dict[str, str]) -> Match:
    product, version = said.get("product", ""), texts.text(said.get("version", ""), "version")
    product = rule.products.get(product, product)
    version = rule.versions.get(version, version)
    needs_unit = rule.kind is RuleKind.CHECK and not rule.by_address
    return Match(
        Outcome.SEEN,
        rule.key,
        product=texts.text(product, "product") if product or not rule.line else "",
        hardware=texts.text(said.get("hardware", ""), "hardware"),
        version=version,
        line=rule.line,
        unit=texts.text(said.get("unit", ""), "unit") if needs_unit else "",
        whole=rule.whole(version),
    )
