"""What was read from update servers' logs, in the fleet's own tables and transactions.

A block of a log and how far it was read are kept together or not at all, so that nothing is counted twice
whenever a reader stops. No Django in here.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from okiagari.engines.fleet import instant, moment
from okiagari.fleet.stores import schema
from okiagari.fleet.stores.base import (
    BY_ADDRESS,
    READ_MEANWHILE,
    Applied,
    Claim,
    Downloads,
    LogBlock,
    LogFile,
    RulesVersion,
)
from okiagari.fleet.stores.session import Engine, Session
from okiagari.fleet.stores.writing import Batches
from okiagari.plumbing import clock

FORGOTTEN = "~old:"
_ClaimKey = tuple[str, str, str, str, str]


class SqlLogBook:
    """See `base.LogBook` for what it promises."""

    def __init__(self, engine: Engine, writing: Callable[[], AbstractContextManager[Batches]]) -> None:
        self._engine = engine
        self._writing = writing

    def rules(self) -> Sequence[RulesVersion]:
        statement = """
            SELECT version, content, adopted_at, adopted_by, reason FROM fleet_log_rules ORDER BY version DESC
        """
        with self._engine.reading() as session:
            rows = session.rows(statement)
        return [RulesVersion(version, text, moment(at), by, reason) for version, text, at, by, reason in rows]

    def adopt(self, text: str, *, by: str, reason: str) -> int:
        with self._writing() as batches:
            session = batches.session
            newest: int = session.rows("SELECT coalesce(max(version), 0) FROM fleet_log_rules")[0][0]
            session.run(
                "INSERT INTO fleet_log_rules (version, content, adopted_at, adopted_by, reason) "
                "VALUES (?, ?, ?, ?, ?)",
                newest + 1,
                text,
                instant(clock.now()),
                by,
                reason,
            )
        return newest + 1

    def files(self, source: str, rules: int, *, head: str = "", limit: int = 50) -> Sequence[LogFile]:
        statement = """
            SELECT name, head, size, digest, lines, read_at FROM fleet_log_file
            WHERE source = ? AND rules = ? AND (? = '' OR head = ?) ORDER BY read_at DESC, digest LIMIT ?
        """
        with self._engine.reading() as session:
            rows = session.rows(statement, source, rules, head, head, limit)
        return [
            LogFile(name, head, size, digest, lines, moment(at))
            for name, head, size, digest, lines, at in rows
        ]

    def parts(self, source: str, rules: int) -> Mapping[tuple[str, str], tuple[int, int]]:
        statement = "SELECT client, image, size, last_at FROM fleet_log_part WHERE source = ? AND rules = ?"
        with self._engine.reading() as session:
            return {(row[0], row[1]): (row[2], row[3]) for row in session.rows(statement, source, rules)}

    def take(self, block: LogBlock) -> tuple[Applied, Mapping[tuple[str, str], int]]:
        with self._writing() as batches:
            session = batches.session
            _move_on(session, block)
            applied = batches.apply(block.check_ins) if block.check_ins else Applied()
            new = _keep_claims(session, block.claims)
            _keep_parts(session, block)
            tally = _split(block.tally, new.values())
            session.merge(
                schema.LOG_TALLY, [(block.source, block.rules, *key, lines) for key, lines in tally.items()]
            )
        return applied, tally

    def tally(self, source: str, rules: int) -> Mapping[tuple[str, str], int]:
        statement = """
            SELECT rule, outcome, lines FROM fleet_log_tally WHERE source = ? AND rules = ?
            ORDER BY rule, outcome
        """
        with self._engine.reading() as session:
            rows = session.rows(statement, source, rules)
        return {(rule, outcome): int(lines) for rule, outcome, lines in rows}

    def downloads(self) -> Sequence[Downloads]:
        statement = """
            SELECT product, hardware, line, version, count(*), min(at), max(at) FROM fleet_claim
            GROUP BY product, hardware, line, version ORDER BY product, line, version, hardware
        """
        with self._engine.reading() as session:
            rows = session.rows(statement)
        return [
            Downloads(product, hardware, line, version, int(count), moment(first), moment(last))
            for product, hardware, line, version, count, first, last in rows
        ]

    def forget(self, before: datetime) -> int:
        edge = instant(before)
        units = "SELECT unit FROM fleet_unit WHERE last_at < ? AND unit >= ? AND unit < ?"
        clients = "SELECT DISTINCT client FROM fleet_claim WHERE at < ? AND client < '~'"
        with self._writing() as batches:
            session = batches.session
            session.run("DELETE FROM fleet_log_part WHERE last_at < ?", edge)
            names = [row[0] for row in session.rows(units, edge, BY_ADDRESS, BY_ADDRESS[:-1] + ";")]
            for name in names:
                other = _random()
                session.run("UPDATE fleet_observation SET unit = ? WHERE unit = ?", other, name)
                session.run("UPDATE fleet_unit SET unit = ? WHERE unit = ?", other, name)
            found = [row[0] for row in session.rows(clients, edge)]
            for name in found:
                session.run(
                    "UPDATE fleet_claim SET client = ? WHERE client = ? AND at < ?", _random(), name, edge
                )
        return len(names) + len(found)


def _random() -> str:
    return FORGOTTEN + secrets.token_urlsafe(16)


def _move_on(session: Session, block: LogBlock) -> None:
    """The file stands where this block begins: put it where the block ends. Raises READ_MEANWHILE."""
    place = (block.source, block.rules)
    found = "SELECT 1 FROM fleet_log_file WHERE source = ? AND rules = ? AND digest = ?"
    if session.rows(found, *place, block.file.digest):
        raise READ_MEANWHILE()
    if block.before:
        if not session.rows(found, *place, block.before):
            raise READ_MEANWHILE()
        session.run(
            "DELETE FROM fleet_log_file WHERE source = ? AND rules = ? AND digest = ?", *place, block.before
        )
    session.run(
        "INSERT INTO fleet_log_file (source, rules, digest, head, name, size, lines, read_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        *place,
        block.file.digest,
        block.file.head,
        block.file.name,
        block.file.size,
        block.file.lines,
        instant(clock.now()),
    )


def _keep_claims(session: Session, claims: Sequence[Claim]) -> dict[_ClaimKey, Claim]:
    """Write claims; those that nobody made before."""
    first: dict[_ClaimKey, Claim] = {}
    for claim in claims:
        kept = first.setdefault(claim[:5], claim)
        if claim.at < kept.at:
            first[claim[:5]] = claim
    if not first:
        return {}
    known = "SELECT client, product, hardware, line, version FROM fleet_claim WHERE client {among}"
    before = {tuple(row) for row in session.rows_among(known, sorted({claim.client for claim in claims}))}
    session.merge(schema.CLAIMS, [(*claim[:6], instant(claim.at)) for claim in first.values()])
    return {key: claim for key, claim in first.items() if key not in before}


def _keep_parts(session: Session, block: LogBlock) -> None:
    rows = [(block.source, block.rules, *key, *state) for key, state in block.parts.items() if state]
    if rows:
        session.merge(schema.LOG_PARTS, rows)
    for (client, image), state in block.parts.items():
        if state is None:
            session.run(
                "DELETE FROM fleet_log_part WHERE source = ? AND rules = ? AND client = ? AND image = ?",
                block.source,
                block.rules,
                client,
                image,
            )


def _split(tally: Mapping[tuple[str, str], int], new: Iterable[Claim]) -> dict[tuple[str, str], int]:
    """Of the downloads counted, those that repeat an earlier one stand apart."""
    claimed = Counter(claim.rule for claim in new)
    found = dict(tally)
    for (rule, outcome), lines in tally.items():
        if outcome == "claimed":
            repeated = lines - claimed[rule]
            found[rule, outcome] = claimed[rule]
            found[rule, "repeated"] = found.get((rule, "repeated"), 0) + repeated
    return {key: lines for key, lines in found.items() if lines}
