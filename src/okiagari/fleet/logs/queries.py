"""What was read from update servers' logs: rules, files, the tally of every line, downloads as claims."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.fleet import access
from okiagari.fleet.logs import rules as log_rules
from okiagari.fleet.logs.actions import NO_RULES
from okiagari.fleet.logs.files import Readable, spooled
from okiagari.fleet.logs.trying import Trial, tried
from okiagari.fleet.stores.base import Downloads, LogFile

MAX_TRIED = 8 * 1024 * 1024


@dataclass(frozen=True)
class RulesView:
    """One version of the rules. Version 0: none were written down yet."""

    version: int
    text: str
    adopted_at: datetime | None
    by: str
    reason: str


@dataclass(frozen=True)
class RuleTally:
    """Lines of one rule ("" where none fitted) with one outcome."""

    rule: str
    outcome: str
    lines: int


@dataclass(frozen=True)
class LogsView:
    """Everything of the logs: by the rules in force."""

    rules: RulesView
    versions: tuple[RulesView, ...]
    source: str
    files: tuple[LogFile, ...]
    tally: tuple[RuleTally, ...]
    downloads: tuple[Downloads, ...]

    @property
    def lines(self) -> int:
        return sum(each.lines for each in self.tally)

    @property
    def unmatched(self) -> int:
        return sum(each.lines for each in self.tally if each.outcome in ("no_rule", "unreadable"))


def logs(subject: Subject, *, version: int | None = None) -> LogsView:
    """The rules in force (or one version) and what was read by them. Raises NOTHING_HERE."""
    permits.require(subject, "fleet.read")
    book = access.store().logs
    versions = tuple(
        RulesView(each.version, each.text, each.adopted_at, each.by, each.reason) for each in book.rules()
    )
    chosen = _chosen(versions, version)
    source = log_rules.read(chosen.text).source if chosen.version else ""
    tally = book.tally(source, chosen.version)
    return LogsView(
        rules=chosen,
        versions=versions,
        source=source,
        files=tuple(book.files(source, chosen.version)),
        tally=tuple(RuleTally(rule, outcome, lines) for (rule, outcome), lines in tally.items()),
        downloads=tuple(book.downloads()),
    )


def _chosen(versions: tuple[RulesView, ...], version: int | None) -> RulesView:
    if version is not None:
        found = next((each for each in versions if each.version == version), None)
        if found is None:
            raise permits.NOTHING_HERE()
        return found
    return versions[0] if versions else RulesView(0, "", None, "", "")


def rules_in_force(subject: Subject) -> RulesView:
    """What counts now, for those who may change it. Version 0: nothing yet."""
    permits.require(subject, "fleet.rules")
    newest = next(iter(access.store().logs.rules()), None)
    if newest is None:
        return RulesView(0, "", None, "", "")
    return RulesView(newest.version, newest.text, newest.adopted_at, newest.by, newest.reason)


def downloads(subject: Subject, products: Collection[str], lines: Collection[str]) -> tuple[Downloads, ...]:
    """Completed downloads of these products or lines: claims, not observations."""
    permits.require(subject, "fleet.read")
    found = access.store().logs.downloads()
    return tuple(each for each in found if each.product in products or (each.line and each.line in lines))


def trial(subject: Subject, stream: Readable, *, rules: str, name: str = "log") -> Trial:
    """Which lines would match which rule. Nothing is counted. Raises the rules' own problems."""
    permits.require(subject, "fleet.read")
    read = log_rules.read(rules)
    with spooled(stream, name, limit=MAX_TRIED) as log:
        return tried(log, read)


def trial_of(subject: Subject, lines: str, *, rules: str = "") -> Trial:
    """The same of lines put in by hand; without `rules` by those in force. Raises NO_RULES."""
    permits.require(subject, "fleet.read")
    text = rules or next((each.text for each in access.store().logs.rules()), "")
    if not text:
        raise NO_RULES()
    whole = lines if lines.endswith("\n") else f"{lines}\n"
    return trial(subject, io.BytesIO(whole.encode()), rules=text, name="lines")
