"""Goes through a provider's documents several at a time: threads ask the network, processes judge. No Django.

Enters: a source, the addresses, what each is asked. Leaves: what was found of each, in their order, while
others are still on their way. Never: more than `connections` requests at once, more than a few documents
held at a time, an end because one of them ends its process (that is a finding of its own).
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice

from okiagari.engines.csaf_files import FEW, PER_TASK, warm
from okiagari.engines.processes import FORK, SPAWN, Processes
from okiagari.standards.provider.answers import Source
from okiagari.standards.provider.one_document import (
    VALID,
    Asked,
    Examined,
    Gathered,
    Said,
    Wanted,
    examine,
    gather,
    one_by_one,
)

CONNECTIONS = 4
"""Requests at once to somebody else's server, unless asked otherwise."""


@dataclass(frozen=True)
class Workers:
    """An examiner. `processes`: 0 for one per core; few documents are judged right here."""

    processes: int = 0
    connections: int = CONNECTIONS

    def __call__(self, source: Source, wanted: Iterable[Wanted], asked: Asked) -> Iterator[Examined]:
        rest = iter(wanted)
        first = list(islice(rest, FEW))
        count = self.processes or os.cpu_count() or 1
        is_small = count == 1 or len(first) < FEW
        if source.is_network:
            yield from self._over_network(source, chain(first, rest), asked, 1 if is_small else count)
        elif is_small:
            yield from one_by_one(source, chain(first, rest), asked)
        else:
            yield from _read_at_once(source, chain(first, rest), asked, count)

    def _over_network(
        self, source: Source, wanted: Iterable[Wanted], asked: Asked, count: int
    ) -> Iterator[Examined]:
        if count == 1:
            for each, gathered in _gathered(source, wanted, self.connections):
                yield examine(each, gathered, asked)
            return
        with Processes(count, warm, beside_threads=True) as pool:
            waiting: deque[tuple[Wanted, Gathered, Future[Examined]]] = deque()
            for each, gathered in _gathered(source, wanted, self.connections):
                waiting.append((each, gathered, pool.submit(examine, each, gathered, asked)))
                if len(waiting) > 2 * count:
                    yield _judged(asked, *waiting.popleft())
            while waiting:
                yield _judged(asked, *waiting.popleft())


def _gathered(
    source: Source, wanted: Iterable[Wanted], connections: int
) -> Iterator[tuple[Wanted, Gathered]]:
    """In their order. As many are on their way as there are connections."""
    with ThreadPoolExecutor(connections) as threads:
        waiting: deque[tuple[Wanted, Future[Gathered]]] = deque()
        try:
            for each in wanted:
                waiting.append((each, threads.submit(gather, source, each.url)))
                if len(waiting) >= connections:
                    yield _asked_for(*waiting.popleft())
            while waiting:
                yield _asked_for(*waiting.popleft())
        finally:
            threads.shutdown(wait=False, cancel_futures=True)


def _asked_for(wanted: Wanted, future: "Future[Gathered]") -> tuple[Wanted, Gathered]:
    return wanted, future.result()


def _judged(asked: Asked, wanted: Wanted, gathered: Gathered, future: "Future[Examined]") -> Examined:
    """Where a process ended without an answer, the document is judged once more in one of its own."""
    try:
        return future.result()
    except BrokenProcessPool:
        return _alone(wanted, examine, wanted, gathered, asked, method=SPAWN)


def _read_at_once(source: Source, wanted: Iterable[Wanted], asked: Asked, count: int) -> Iterator[Examined]:
    """Of a folder: each process reads what it judges."""
    rest = iter(wanted)
    with Processes(count, warm) as pool:
        waiting: deque[tuple[list[Wanted], Future[list[Examined]]]] = deque()
        while task := list(islice(rest, PER_TASK)):
            waiting.append((task, pool.submit(_read, source, task, asked)))
            if len(waiting) > 3 * count:
                yield from _results(source, asked, *waiting.popleft())
        while waiting:
            yield from _results(source, asked, *waiting.popleft())


def _read(source: Source, task: list[Wanted], asked: Asked) -> list[Examined]:
    return list(one_by_one(source, task, asked))


def _results(
    source: Source, asked: Asked, task: list[Wanted], future: "Future[list[Examined]]"
) -> list[Examined]:
    """Where a process ended without an answer, each of its documents is judged in one of its own."""
    try:
        return future.result()
    except BrokenProcessPool:
        return [_alone(each, _read_one, source, each, asked) for each in task]


def _read_one(source: Source, wanted: Wanted, asked: Asked) -> Examined:
    return examine(wanted, gather(source, wanted.url), asked)


def _alone(wanted: Wanted, judge: Callable[..., Examined], *args: object, method: str = FORK) -> Examined:
    with Processes(1, warm, method=method) as worker:
        try:
            return worker.submit(judge, *args).result()
        except BrokenProcessPool:
            return _unanswered(wanted)


def _unanswered(wanted: Wanted) -> Examined:
    message = "the process that judged it ended without an answer"
    return Examined(wanted.url, (), (Said(VALID, is_error=True, place=wanted.url, message=message),))
