"""Group commit: check-ins of many requests become one transaction.

A request is answered only after its check-ins are on the disk. To make that cheap, a flush waits a moment
for company (`linger`, or until `batch` check-ins are there), then one thread writes them all; what comes
meanwhile waits for the next flush. Nothing accepted is ever lost: a crash loses only what was not answered,
and a unit that got no answer comes again.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from okiagari.device.settings import Settings
from okiagari.fleet.stores import Store
from okiagari.fleet.stores.base import UNAVAILABLE, CheckIn
from okiagari.problems import Kind, Problem, define, gettext_noop

OVERLOADED = define(
    "device.overloaded",
    Kind.UNAVAILABLE,
    gettext_noop("More check-ins are waiting than can be kept."),
    gettext_noop("Nothing of this request was kept. Send it again after the seconds in Retry-After."),
)
CLOSING = define(
    "device.closing",
    Kind.UNAVAILABLE,
    gettext_noop("The device door is closing."),
    gettext_noop("Nothing of this request was kept. Send it again after the seconds in Retry-After."),
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Waiting:
    check_ins: Sequence[CheckIn]
    kept: "asyncio.Future[None]"


class Buffer:
    """Lives in one event loop, between `start` and `stop`."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._queue: deque[_Waiting] = deque()
        self._size = 0
        self._some, self._enough = asyncio.Event(), asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="fleet-flush")
        self._worker: asyncio.Task[None] | None = None
        self._is_closing = False
        self.is_well = True

    def start(self) -> None:
        self._worker = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Take nothing new, write everything that waits, then return."""
        self._is_closing = True
        self._some.set()
        self._enough.set()
        if self._worker is not None:
            await self._worker
        self._thread.shutdown()

    async def keep(self, check_ins: Sequence[CheckIn]) -> None:
        """Return when these are on the disk. Raises OVERLOADED, CLOSING or UNAVAILABLE: then none is."""
        if self._is_closing:
            raise CLOSING()
        if self._size + len(check_ins) > self._settings.backlog:
            raise OVERLOADED()
        waiting = _Waiting(check_ins, asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        self._size += len(check_ins)
        self._some.set()
        if self._size >= self._settings.batch:
            self._enough.set()
        await waiting.kept

    async def _work(self) -> None:
        while self._queue or not self._is_closing:
            await self._some.wait()
            if not self._is_closing:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._enough.wait(), self._settings.linger)
            taken = self._take()
            if taken:
                await self._flush(taken)

    def _take(self) -> list[_Waiting]:
        taken: list[_Waiting] = []
        size = 0
        while self._queue and size < self._settings.batch:
            taken.append(self._queue.popleft())
            size += len(taken[-1].check_ins)
        self._size -= size
        if not self._is_closing:
            if self._size < self._settings.batch:
                self._enough.clear()
            if not self._queue:
                self._some.clear()
        return taken

    async def _flush(self, taken: Sequence[_Waiting]) -> None:
        loop = asyncio.get_running_loop()
        check_ins = [each for waiting in taken for each in waiting.check_ins]
        failure: Problem | None = None
        try:
            await loop.run_in_executor(self._thread, self._store.apply, check_ins)
        except Problem as problem:
            failure = problem
        except Exception:
            log.exception("%s check-ins could not be kept", len(check_ins))
            if len(taken) > 1:  # whichever cannot be kept must not take the others with it
                for waiting in taken:
                    await self._flush([waiting])
                return
            failure = UNAVAILABLE()
        self.is_well = failure is None
        for waiting in taken:
            if waiting.kept.done():
                continue
            if failure is None:
                waiting.kept.set_result(None)
            else:
                waiting.kept.set_exception(failure)
