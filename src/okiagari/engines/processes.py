"""A pool of processes that is made anew when one of them ends without an answer. Pure: no Django, no files.

Where the system can fork, `warm` is run once before: each process then has from the start what it loaded. A
pool that is made anew beside threads begins from nothing instead: a fork may copy a lock that somebody holds.
"""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
FORK, SPAWN = "fork", "spawn"


class Processes:
    """`method`: how they begin, where the system can. `beside_threads`: threads of this process will run."""

    def __init__(
        self, count: int, warm: Callable[[], object], *, method: str = FORK, beside_threads: bool = False
    ) -> None:
        self._count = count
        can_fork = method == FORK and FORK in multiprocessing.get_all_start_methods()
        if can_fork:
            warm()
        self._pool = self._made(FORK if can_fork else SPAWN)
        self._again = FORK if can_fork and not beside_threads else SPAWN
        if beside_threads:
            self._pool.submit(_nothing).result()  # all of them start with the first task: now, not later

    def _made(self, method: str) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._count, mp_context=multiprocessing.get_context(method))

    def submit(self, task: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        try:
            return self._pool.submit(task, *args, **kwargs)
        except BrokenProcessPool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = self._made(self._again)
            return self._pool.submit(task, *args, **kwargs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def _nothing() -> None:
    pass
