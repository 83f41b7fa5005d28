"""What one request means: asks the maker's rules. Pure: a request in, an outcome out.

Nothing is remembered from request to request here; joining ranges and leaving out repeats is `counting`.
"""

from enum import StrEnum
from typing import NamedTuple, TypeVar
from urllib.parse import unquote, unquote_plus

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
    """Asks the rules, in their order. Remembers what repeats: paths, user agents, products with versions."""

    def __init__(self, rules: LogRules) -> None:
        self._rules = rules
        self._paths: dict[str, list[tuple[Rule, dict[str, str]]]] = {}
        self._agents: dict[str, bool] = {}
        self._said: dict[tuple[str, str, str, str], Match] = {}

    def match(self, request: Request) -> Match:
        """The outcome of one request."""
        path, _, query = request.target.partition("?")
        for rule, taken in self._fitting(path):
            found = _with_query(rule, taken, query) if rule.query else taken
            if found is not None:
                return self._left_out(request, rule.key) or self._judged(request, rule, found)
        return self._left_out(request, "") or Match(Outcome.NO_RULE)

    def _fitting(self, path: str) -> list[tuple[Rule, dict[str, str]]]:
        known = self._paths.get(path)
        if known is None:
            found = ((rule, rule.path.fullmatch(path)) for rule in self._rules.rules)
            taken = [
                (rule, {name: unquote(value) for name, value in match.groupdict().items()})
                for rule, match in found
                if match
            ]
            known = _remembered(self._paths, path, taken)
        return known

    def _left_out(self, request: Request, rule: str) -> Match | None:
        if self._is_robot(request.agent):
            return Match(Outcome.BOT, rule)
        return Match(Outcome.OWN, rule) if self._rules.is_own(request.address) else None

    def _is_robot(self, agent: str) -> bool:
        known = self._agents.get(agent)
        if known is None:
            words = self._rules.agents
            known = _remembered(self._agents, agent, words is not None and words.search(agent) is not None)
        return known

    def _judged(self, request: Request, rule: Rule, taken: dict[str, str]) -> Match:
        if request.status >= FIRST_ERROR:
            return Match(Outcome.FAILED, rule.key)
        meaning = rule.meaning(request.status)
        if request.method not in METHODS[rule.kind] or meaning is Meaning.NOTHING:
            return Match(Outcome.NOTHING, rule.key)
        match = self._named(rule, {**taken, **rule.fixed} if rule.fixed else taken)
        if match.outcome is Outcome.REFUSED:
            return match
        if rule.kind is RuleKind.CHECK:
            return match if rule.by_address else _with_unit(match, taken.get("unit", ""))
        is_whole = meaning is Meaning.COMPLETE and request.size >= (match.whole or 1)
        return match._replace(outcome=Outcome.CLAIMED if is_whole else Outcome.PART)

    def _named(self, rule: Rule, said: dict[str, str]) -> Match:
        """What the request names, without the unit."""
        key = (rule.key, said.get("product", ""), said.get("hardware", ""), said.get("version", ""))
        known = self._said.get(key)
        if known is None:
            known = _remembered(self._said, key, _match(rule, *key[1:]))
        return known


K = TypeVar("K")
V = TypeVar("V")


def _remembered(kept: dict[K, V], key: K, value: V) -> V:
    """Keep it, and forget all when it becomes too much."""
    if len(kept) >= REMEMBERED:
        kept.clear()
    kept[key] = value
    return value


def _with_query(rule: Rule, taken: dict[str, str], query: str) -> dict[str, str] | None:
    """What path and query say together; None where the query is not the rule's."""
    given: dict[str, str] = {}
    for part in query.split("&"):
        word, _, said = part.partition("=")
        given[word] = said
    found = dict(taken)
    for name, pattern in rule.query.items():
        value = given.get(name)
        match = None if value is None else pattern.fullmatch(unquote_plus(value))
        if match is None:
            return None
        found.update(match.groupdict())
    return found


def _match(rule: Rule, product: str, hardware: str, version: str) -> Match:
    product = rule.products.get(product, product)
    version = rule.versions.get(version, version)
    try:
        return Match(
            Outcome.SEEN,
            rule.key,
            product=texts.text(product, "product") if product or not rule.line else "",
            hardware=texts.text(hardware, "hardware"),
            version=texts.text(version, "version"),
            line=rule.line,
            whole=rule.whole(version),
        )
    except Problem:
        return Match(Outcome.REFUSED, rule.key)


def _with_unit(match: Match, unit: str) -> Match:
    try:
        return match._replace(unit=texts.text(unit, "unit"))
    except Problem:
        return Match(Outcome.REFUSED, match.rule)
