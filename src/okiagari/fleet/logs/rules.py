"""The maker's rules for the log of an update server: which address means which product and release.

In: YAML text or plain values. Out: frozen `LogRules`, or every mistake with its place. Pure.

A pattern is a path in which `{product}`, `{version}`, `{hardware}` and `{unit}` take what stands there up to
the next slash, `*` takes anything up to the next slash and `**` anything at all. The first rule that fits
wins.
"""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec
import yaml

from okiagari.problems import Kind, Problem, define, gettext_noop, several
from okiagari.standards import yaml12

HOLES = ("product", "version", "hardware", "unit")
BOTS = ("bot", "crawl", "spider", "slurp", "monitor", "probe", "scan", "preview", "headless")
MOST_RULES = 100

NOT_YAML = define(
    "fleet.rules_not_yaml",
    Kind.INVALID,
    gettext_noop("The rules are not YAML: %(why)s."),
    gettext_noop("Put texts with braces or colons into double quotes."),
)
WRONG_SHAPE = define(
    "fleet.rules_wrong_shape",
    Kind.INVALID,
    gettext_noop("The rules cannot be read: %(why)s."),
    gettext_noop("Compare with the example; unknown names are refused so that no typing mistake is silent."),
)
KEY_TWICE = define(
    "fleet.rules_key_twice",
    Kind.INVALID,
    gettext_noop("Two rules are called “%(key)s”."),
    gettext_noop("Lines are counted by these keys, so each may stand only once."),
)
UNKNOWN_HOLE = define(
    "fleet.rules_unknown_hole",
    Kind.INVALID,
    gettext_noop("The rule “%(rule)s” has a hole {%(hole)s} that means nothing."),
    gettext_noop("A hole is one of %(allowed)s; * takes anything that is not kept."),
)
NOTHING_SAID = define(
    "fleet.rules_nothing_said",
    Kind.INVALID,
    gettext_noop("The rule “%(rule)s” does not say the %(what)s."),
    gettext_noop("Let a hole of the path or query take it, or write it beside the path."),
)
WRONG_NETWORK = define(
    "fleet.rules_wrong_network",
    Kind.INVALID,
    gettext_noop("“%(text)s” is no address and no network."),
    gettext_noop("Write them like 192.0.2.17 or 192.0.2.0/24."),
)


class RuleKind(StrEnum):
    """A version check says what a unit runs; a download says what somebody fetched."""

    CHECK = "check"
    DOWNLOAD = "download"


class Meaning(StrEnum):
    """What the server's answer says. SEEN: of a unit; COMPLETE, PART: of an image; NOTHING: neither."""

    SEEN = "seen"
    COMPLETE = "complete"
    PART = "part"
    NOTHING = "nothing"


MEANINGS: Mapping[RuleKind, Mapping[int, Meaning]] = {
    RuleKind.CHECK: {200: Meaning.SEEN, 204: Meaning.SEEN, 304: Meaning.SEEN},
    RuleKind.DOWNLOAD: {200: Meaning.COMPLETE, 206: Meaning.PART, 304: Meaning.NOTHING},
}
METHODS: Mapping[RuleKind, tuple[str, ...]] = {
    RuleKind.CHECK: ("GET", "POST", "HEAD"),
    RuleKind.DOWNLOAD: ("GET",),
}

Key = Annotated[str, msgspec.Meta(pattern="^[a-z0-9][a-z0-9_-]{0,39}$")]
Texts = dict[str, str]


class _SkipIn(msgspec.Struct, forbid_unknown_fields=True):
    agents: list[str] = msgspec.field(default_factory=lambda: list(BOTS))
    addresses: list[str] = []


class _RuleIn(msgspec.Struct, forbid_unknown_fields=True):
    key: Key
    kind: Literal["check", "download"]
    path: Annotated[str, msgspec.Meta(pattern="^/", max_length=500)]
    query: Texts = {}
    product: str = ""
    line: str = ""
    version: str = ""
    hardware: str = ""
    identify: Literal["unit", "address"] = "unit"
    products: Texts = {}
    versions: Texts = {}
    size: Annotated[int, msgspec.Meta(ge=1)] | None = None
    sizes: dict[str, Annotated[int, msgspec.Meta(ge=1)]] = {}
    means: dict[int, Literal["seen", "complete", "part", "nothing"]] = {}


class _RulesIn(msgspec.Struct, forbid_unknown_fields=True):
    rules: Annotated[list[_RuleIn], msgspec.Meta(min_length=1, max_length=MOST_RULES)]
    name: Key = "update-server"
    note: str = ""
    skip: _SkipIn = msgspec.field(default_factory=_SkipIn)


@dataclass(frozen=True)
class Rule:
    """One rule, ready to be asked. `path` and `query` are patterns; what they do not take is fixed."""

    key: str
    kind: RuleKind
    path: re.Pattern[str]
    query: Mapping[str, re.Pattern[str]]
    fixed: Mapping[str, str]
    line: str
    by_address: bool
    products: Mapping[str, str]
    versions: Mapping[str, str]
    size: int | None
    sizes: Mapping[str, int]
    means: Mapping[int, Meaning]

    def meaning(self, status: int) -> Meaning:
        return self.means.get(status, Meaning.NOTHING)

    def whole(self, version: str) -> int | None:
        """Bytes of the whole image, where the maker said so."""
        return self.sizes.get(version, self.size)


@dataclass(frozen=True)
class LogRules:
    """All rules. `source`: how everything counted by them is marked."""

    name: str
    rules: tuple[Rule, ...]
    agents: re.Pattern[str] | None
    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
    text: str

    @property
    def source(self) -> str:
        return f"log:{self.name}"

    def is_own(self, address: str) -> bool:
        """An address that the maker left out: its own network, its monitoring."""
        if not self.networks:
            return False
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self.networks)


def read(text: str) -> LogRules:
    """The rules of a YAML text. Raises NOT_YAML, WRONG_SHAPE or several problems."""
    try:
        value = yaml12.load(text)
    except yaml.YAMLError as error:
        raise NOT_YAML(why=" ".join(str(error).split())[:200]).at("rules") from None
    return of(value, text)


def of(value: Any, text: str = "") -> LogRules:
    """The rules of plain values; `text` is what people wrote."""
    try:
        given = msgspec.convert(value, _RulesIn)
    except msgspec.ValidationError as error:
        raise WRONG_SHAPE(why=str(error)).at("rules") from None
    wrong: list[Problem] = []
    rules = tuple(_rule(each, wrong) for each in given.rules)
    wrong += _twice(rule.key for rule in rules)
    networks = tuple(_network(each, wrong) for each in given.skip.addresses)
    if wrong:
        raise several(wrong)
    words = [re.escape(each) for each in given.skip.agents if each.strip()]
    return LogRules(
        name=given.name,
        rules=rules,
        agents=re.compile("|".join(words), re.IGNORECASE) if words else None,
        networks=tuple(each for each in networks if each is not None),
        text=text,
    )


def _rule(given: _RuleIn, wrong: list[Problem]) -> Rule:
    kind = RuleKind(given.kind)
    holes = [*_holes(given.path), *(hole for each in given.query.values() for hole in _holes(each))]
    fixed = {
        name: getattr(given, name) for name in ("product", "version", "hardware") if getattr(given, name)
    }
    unknown = (hole for hole in holes if hole not in HOLES)
    allowed = ", ".join(HOLES)
    wrong += [UNKNOWN_HOLE(rule=given.key, hole=hole, allowed=allowed).at("rules") for hole in unknown]
    said = {*holes, *fixed, *(["product"] if given.line and kind is RuleKind.DOWNLOAD else [])}
    needed = ["product", "version"]
    if kind is RuleKind.CHECK and given.identify == "unit":
        needed.append("unit")
    wrong += [NOTHING_SAID(rule=given.key, what=what).at("rules") for what in needed if what not in said]
    return Rule(
        key=given.key,
        kind=kind,
        path=_pattern(given.path, within="[^/]"),
        query={name: _pattern(each, within=".") for name, each in given.query.items()},
        fixed=fixed,
        line=given.line,
        by_address=given.identify == "address",
        products=given.products,
        versions=given.versions,
        size=given.size,
        sizes=given.sizes,
        means={**MEANINGS[kind], **{status: Meaning(word) for status, word in given.means.items()}},
    )


def _holes(pattern: str) -> list[str]:
    return re.findall(r"\{([^{}]*)\}", pattern)


def _pattern(text: str, *, within: str) -> re.Pattern[str]:
    """A pattern with holes as a regular expression; a hole that stands twice must hold the same text."""
    parts, seen = [], set[str]()
    for piece in re.split(r"(\{[^{}]*\}|\*\*|\*)", text):
        name = piece[1:-1]
        if piece == "**":
            parts.append(".*")
        elif piece == "*":
            parts.append(f"{within}*")
        elif piece.startswith("{") and name in HOLES:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{within}+?)")
            seen.add(name)
        else:
            parts.append(re.escape(piece))
    return re.compile("".join(parts), re.DOTALL)


def _twice(keys: Iterable[str]) -> list[Problem]:
    seen, wrong = set[str](), []
    for key in keys:
        if key in seen:
            wrong.append(KEY_TWICE(key=key).at("rules"))
        seen.add(key)
    return wrong


def _network(text: str, wrong: list[Problem]) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        wrong.append(WRONG_NETWORK(text=text[:60]).at("rules"))
        return None
