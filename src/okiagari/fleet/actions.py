"""What the desk does to the fleet: import observations, say when a unit is silent, refuse old tokens.

Units write through the device door, never through here.
"""

import hashlib
import tempfile
from dataclasses import asdict, dataclass
from itertools import islice
from typing import IO, Protocol
from zoneinfo import ZoneInfo

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.fleet import access, imports
from okiagari.fleet.stores.base import Applied
from okiagari.plumbing import clock, ledger
from okiagari.problems import Kind, define, gettext_noop

MAX_BYTES = 64 * 1024 * 1024
BATCH = 2_000
CHUNK = 64 * 1024
IN_MEMORY = 1024 * 1024
MAX_SILENCE = 3650
STREAM = ("fleet", "fleet")

FILE_TOO_LARGE = define(
    "fleet.file_too_large",
    Kind.TOO_LARGE,
    gettext_noop("The file is larger than %(megabytes)s MiB."),
    gettext_noop("Split it into several files. What is imported twice is counted once."),
)
NO_OBSERVATIONS = define(
    "fleet.no_observations",
    Kind.INVALID,
    gettext_noop("The file holds no observations."),
    gettext_noop("Send one line per unit and day; a CSV file needs its header line as well."),
)
WRONG_NUMBER = define(
    "fleet.wrong_number",
    Kind.INVALID,
    gettext_noop("%(number)s is not a possible number here."),
    gettext_noop("It must be a whole number from %(lowest)s to %(highest)s."),
)


class Readable(Protocol):
    """Anything with bytes in it: an open file, an upload, standard input."""

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True)
class Imported:
    """What became of a file's lines: new observations, known ones; of both, those older than the unit's
    latest sign."""

    lines: int
    new: int
    repeated: int
    late: int


def import_observations(
    subject: Subject, stream: Readable, *, name: str, source: str, form: str = "csv"
) -> Imported:
    """Take a whole file of observations, or nothing of it. `name` is the file's, for its error messages;
    `source` says who made it. A slow stream is read to its end before the fleet is touched."""
    permits.require(subject, "fleet.import")
    imports.source_named(source)
    store = access.store()
    zone = ZoneInfo(store.settings().zone)
    origin = imports.Origin(name=name, source=source, now=clock.now(), zone=zone)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        digest = _spool(stream, spool)
        lines = sum(1 for _ in imports.check_ins(spool, form=form, origin=origin))
        if not lines:
            raise NO_OBSERVATIONS().at(name)
        spool.seek(0)
        with store.writing() as batches:
            applied = Applied()
            rows = imports.check_ins(spool, form=form, origin=origin)
            while batch := list(islice(rows, BATCH)):
                applied += batches.apply(batch)
            imported = Imported(lines, applied.new, applied.repeated, applied.late)
            facts = {"file": name, "sha256": digest, "source": source, **asdict(imported)}
            with ledger.action():
                ledger.append(STREAM, subject=subject, verb="fleet.import", facts=facts)
    return imported


def note_failed() -> None:
    """Write down for today how many units say that their update failed. Done by the system itself."""
    store = access.store()
    store.note_failed(clock.today(ZoneInfo(store.settings().zone)))


def set_silence(subject: Subject, days: int) -> None:
    """Call units silent after this many days without a sign. The whole past is counted anew."""
    permits.require(subject, "fleet.import")
    _within(days, 1, MAX_SILENCE, field="days")
    access.store().set_silence(days)
    with ledger.action():
        ledger.append(STREAM, subject=subject, verb="fleet.silence_set", facts={"days": days})


def revoke_tokens(subject: Subject, generation: int, *, unit: str = "") -> None:
    """Refuse tokens of generations below this one: of one unit, of one gateway (`gateway:<name>`), or
    of all. Never taken back."""
    permits.require(subject, "fleet.import")
    _within(generation, 1, 2**31 - 1, field="generation")
    facts = {"generation": generation, "unit": unit}
    with ledger.action():
        ledger.append(STREAM, subject=subject, verb="fleet.tokens_revoked", facts=facts)
        access.store().set_floor(generation, unit=unit)


def _within(number: int, lowest: int, highest: int, *, field: str) -> None:
    if not lowest <= number <= highest:
        raise WRONG_NUMBER(number=number, lowest=lowest, highest=highest).at(field)


def _spool(stream: Readable, spool: IO[bytes]) -> str:
    """Copy the stream to where it can be read twice; its SHA-256."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > MAX_BYTES:
            raise FILE_TOO_LARGE(megabytes=MAX_BYTES // 1024 // 1024)
        digest.update(chunk)
        spool.write(chunk)
    spool.seek(0)
    return digest.hexdigest()
