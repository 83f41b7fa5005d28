"""What the desk does with logs: put the maker's rules in force, read a log by them, forget pseudonyms."""

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path

import yaml
from django.conf import settings

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.engines.accesslog import CHUNK, whole_lines
from okiagari.engines.fleet import instant
from okiagari.fleet import access
from okiagari.fleet.keys import ensure_key
from okiagari.fleet.logs import rules as log_rules
from okiagari.fleet.logs.counting import Counting, pseudonyms
from okiagari.fleet.logs.files import Log, Place, Readable, spooled
from okiagari.fleet.stores.base import Applied, LogBlock, LogBook, LogFile
from okiagari.plumbing import clock, ledger
from okiagari.problems import Kind, define, gettext_noop

STREAM = ("fleet", "fleet")
MAX_UPLOAD = 64 * 1024 * 1024
KEPT_FOR = timedelta(days=90)
"""How long a pseudonym of an address lives after its last sign. THREAT_MODEL.md says so too."""

NO_RULES = define(
    "fleet.no_log_rules",
    Kind.CONFLICT,
    gettext_noop("No rules say yet what the log of an update server means."),
    gettext_noop("Write them down first: which address stands for which product and release."),
)
EMPTY_LOG = define(
    "fleet.empty_log",
    Kind.INVALID,
    gettext_noop("%(name)s holds no whole line."),
    gettext_noop("Give an access log in the combined format; each line ends with a line break."),
)

Progress = Callable[[int], object]


@dataclass(frozen=True)
class LogRead:
    """What became of a log's lines. `skipped`: read before, and left alone. Of the others every one is in
    `tally`, by rule and outcome."""

    rules: int
    lines: int
    skipped: int
    observations: int
    claims: int
    tally: dict[str, int]

    @property
    def unmatched(self) -> int:
        return self.tally.get("no_rule", 0) + self.tally.get("unreadable", 0)


def put_log_rules(subject: Subject, rules: object, *, reason: str = "") -> int:
    """Put rules in force as the next version: YAML text, or the same as plain values. What older versions
    counted stays; a log read before can be read again by the new ones. The same text twice is one version.
    Raises the rules' own problems."""
    permits.require(subject, "fleet.rules")
    text = rules if isinstance(rules, str) else _as_yaml(rules)
    log_rules.read(text)
    newest = next(iter(access.store().logs.rules()), None)
    if newest is not None and newest.text == text:
        return newest.version
    version = access.store().logs.adopt(text, by=subject.key, reason=reason.strip())
    facts = {"version": version, "reason": reason.strip()}
    with ledger.action():
        ledger.append(STREAM, subject=subject, verb="fleet.log_rules", facts=facts)
    return version


def read_log(
    subject: Subject,
    stream: Readable | Log,
    *,
    name: str = "log",
    limit: int | None = MAX_UPLOAD,
    told: Progress | None = None,
) -> LogRead:
    """Read a log by the rules in force, from where it was left. `told` hears how many bytes were taken."""
    permits.require(subject, "fleet.import")
    version, rules = in_force()
    if isinstance(stream, Log):
        return _read(subject, stream, version, rules, told)
    with spooled(stream, name, limit=limit) as log:
        return _read(subject, log, version, rules, told)


def read_lines(subject: Subject, lines: Sequence[str], *, name: str = "lines") -> LogRead:
    """Read lines given one by one: a log for a story or a try by hand."""
    text = "".join(f"{line.rstrip()}\n" for line in lines)
    return read_log(subject, io.BytesIO(text.encode()), name=name)


def forget() -> int:
    """Replace pseudonyms of addresses last heard of before `KEPT_FOR` by random names. Returns how many."""
    return access.store().logs.forget(clock.now() - KEPT_FOR)


def in_force() -> tuple[int, log_rules.LogRules]:
    """The newest rules. Raises NO_RULES."""
    newest = next(iter(access.store().logs.rules()), None)
    if newest is None:
        raise NO_RULES()
    return newest.version, log_rules.read(newest.text)


def _read(
    subject: Subject, log: Log, version: int, rules: log_rules.LogRules, told: Progress | None
) -> LogRead:
    book = access.store().logs
    place = log.place(lambda head: book.files(rules.source, version, head=head, limit=1000))
    reader = _Reader(book, log, version, rules)
    reader.run(place, told)
    if not reader.lines and not place.lines:
        raise EMPTY_LOG(name=log.name).at("file")
    by_outcome: Counter[str] = Counter()
    for (_, outcome), lines in reader.tally.items():
        by_outcome[outcome] += lines
    done = LogRead(
        rules=version,
        lines=reader.lines,
        skipped=place.lines,
        observations=reader.applied.new,
        claims=by_outcome["claimed"],
        tally=dict(by_outcome),
    )
    facts = {"file": log.name, "source": rules.source, **asdict(done)}
    with ledger.action():
        ledger.append(STREAM, subject=subject, verb="fleet.log_read", facts=facts)
    return done


class _Reader:
    """Takes a log piece after piece; each piece is kept together with how far it reaches."""

    def __init__(self, book: LogBook, log: Log, version: int, rules: log_rules.LogRules) -> None:
        self._book = book
        self._log = log
        self._version = version
        self._source = rules.source
        self.lines = 0
        self.applied = Applied()
        self.tally: Counter[tuple[str, str]] = Counter()
        self._counting = Counting(
            rules,
            pseudonym=pseudonyms(ensure_key(_key_path())),
            now=instant(clock.now()),
            parts=book.parts(rules.source, version),
        )

    def run(self, place: Place, told: Progress | None) -> None:
        """Read on from here to the last whole line."""
        digest = hashlib.sha256()
        with self._log.stream() as stream:
            left = place.offset
            while left and (chunk := stream.read(min(CHUNK, left))):
                digest.update(chunk)
                left -= len(chunk)
            file = LogFile(self._log.name, place.head, place.offset, place.digest, place.lines)
            for piece in whole_lines(stream):
                digest.update(piece)
                file = self._take(piece, file, digest.hexdigest())
                if told is not None:
                    told(file.size)

    def _take(self, piece: bytes, file: LogFile, digest: str) -> LogFile:
        """Count a piece and keep it; the file as it stands then."""
        batch = self._counting.count(piece)
        after = replace(file, size=file.size + len(piece), digest=digest, lines=file.lines + batch.lines)
        block = LogBlock(
            source=self._source,
            rules=self._version,
            before=file.digest,
            file=after,
            check_ins=batch.check_ins,
            claims=batch.claims,
            tally=batch.tally,
            parts=batch.parts,
        )
        applied, tally = self._book.take(block)
        self.lines += batch.lines
        self.applied += applied
        self.tally.update(tally)
        return after


def _key_path() -> Path:
    return Path(settings.ENVIRONMENT.data) / "secrets" / "log.key"


def _as_yaml(rules: object) -> str:
    log_rules.of(rules)
    return yaml.safe_dump(rules, allow_unicode=True, sort_keys=False)
