"""Judges CSAF documents file by file, on every core, whatever their number. Pure: no Django, no network.

Enters: files and folders. Leaves: one `Judged` per file, in the order of the files, while the others are
still being read. Never: holds more than a few files at a time, reads a file over the size limit, ends
because a file is broken (that is a finding), says anything of a file in a folder that is plainly something
else of a provider's tree (feed, service document, provider metadata): it is left out, and that is told.
"""

import errno
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec

from okiagari.engines.processes import Processes
from okiagari.standards.csaf.check import Finding, Level, Severity, judge

FILE = "file"
"""The test a finding names when the file itself cannot be read."""
LIMIT = 15 * 1024 * 1024
"""Bytes a document should not exceed (OASIS CSAF 2.0, appendix C.1)."""
PER_TASK = 8
FEW = 24
"""So many files are not worth a second process."""

_OTHERS = (
    ("feed", "ROLIE feed"),
    ("service", "ROLIE service document"),
    ("categories", "ROLIE category document"),
    ("aggregator", "aggregator metadata"),
    ("metadata_version", "provider metadata"),
)


@dataclass(frozen=True)
class File:
    """`is_named`: somebody named this very file, so whatever is in it is judged."""

    path: Path
    is_named: bool


@dataclass(frozen=True)
class Judged:
    """`version` and `draft`: what it was judged by, "" where it could not be read. `left_out`: what it is
    instead of a document."""

    file: File
    version: str = ""
    draft: str = ""
    findings: tuple[Finding, ...] = ()
    left_out: str = ""

    @property
    def is_valid(self) -> bool:
        return all(each.severity is not Severity.ERROR for each in self.findings)


@dataclass(frozen=True)
class Asked:
    """What every file is asked. `limit`: bytes."""

    levels: tuple[Level, ...] = (Level.MANDATORY,)
    limit: int = LIMIT


def found(places: Iterable[Path]) -> Iterator[File]:
    """The files named, and every ``.json`` below the folders named, folder by folder in their order."""
    for place in places:
        if place.is_dir():
            for folder, folders, names in os.walk(place):
                folders.sort()
                for name in sorted(names):
                    if name.lower().endswith(".json"):
                        yield File(Path(folder) / name, is_named=False)
        else:
            yield File(place, is_named=True)


def judged(files: Iterable[File], asked: Asked, *, workers: int = 0) -> Iterator[Judged]:
    """Each file in its order. `workers`: 0 for one per core; few files are judged right here."""
    rest = iter(files)
    first = list(islice(rest, FEW))
    count = workers or os.cpu_count() or 1
    if count == 1 or len(first) < FEW:
        yield from _judged(first, asked)
        yield from (judged_file(each, asked) for each in rest)
        return
    with Processes(count, warm) as pool:
        waiting: deque[tuple[list[File], Future[list[Judged]]]] = deque()
        for task in _tasks(first, rest):
            waiting.append((task, pool.submit(_judged, task, asked)))
            if len(waiting) > 3 * count:
                yield from _result(*waiting.popleft(), asked)
        while waiting:
            yield from _result(*waiting.popleft(), asked)


def _result(task: list[File], future: "Future[list[Judged]]", asked: Asked) -> list[Judged]:
    """Where a process ended without an answer, each of its files is judged in one of its own."""
    try:
        return future.result()
    except BrokenProcessPool:
        return [_alone(each, asked) for each in task]


def _alone(file: File, asked: Asked) -> Judged:
    with Processes(1, warm) as worker:
        try:
            return worker.submit(_judged, [file], asked).result()[0]
        except BrokenProcessPool:
            return _unread(file, "the process that judged it ended without an answer")


def warm() -> None:
    """Read the schemas of both versions."""
    for version in ("2.0", "2.1"):
        judge({"document": {"csaf_version": version}})


def _tasks(first: list[File], rest: Iterator[File]) -> Iterator[list[File]]:
    for start in range(0, len(first), PER_TASK):
        yield first[start : start + PER_TASK]
    while task := list(islice(rest, PER_TASK)):
        yield task


def _judged(files: Sequence[File], asked: Asked) -> list[Judged]:
    return [judged_file(each, asked) for each in files]


def judged_file(file: File, asked: Asked) -> Judged:
    """One file. Whatever is wrong with it is a finding."""
    try:
        content = _read(file.path, asked.limit)
    except OSError as error:
        return _unread(file, f"the file cannot be read: {error.strerror or error}")
    if content is None:
        return _unread(file, f"the file is larger than {asked.limit:,} bytes")
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _unread(file, f"the file is not JSON in UTF-8: {error}")
    if not isinstance(value, dict):
        return _unread(file, "a document is a JSON object")
    other = "" if file.is_named else _other(value)
    return Judged(file, left_out=other) if other else _of_value(file, value, asked)


def _read(path: Path, limit: int) -> bytes | None:
    """The content; None where there is more than may be read. Never more than that is held."""
    if not path.is_file():
        raise OSError(errno.EINVAL, "it is no plain file")
    with path.open("rb") as opened:
        content = opened.read(limit + 1)
    return content if len(content) <= limit else None


def _other(value: dict[str, object]) -> str:
    """What a file of a provider's tree is that is no document; "" where it is one, or nobody knows."""
    if "document" in value:
        return ""
    return next((name for key, name in _OTHERS if key in value), "")


def _of_value(file: File, value: dict[str, object], asked: Asked) -> Judged:
    try:
        report = judge(value, *asked.levels)
    except Exception as error:  # noqa: BLE001 - no document of others may end the reading of a folder
        return _unread(file, f"the tests could not be run: {type(error).__name__}: {error}")
    return Judged(file, report.version, report.draft, report.findings)


def _unread(file: File, why: str) -> Judged:
    return Judged(file, findings=(Finding(FILE, Severity.ERROR, "", why),))
