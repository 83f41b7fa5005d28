"""The device door as an ASGI application: `uvicorn okiagari.device.app:application`.

`POST /v1/check-ins` answers 202 `{"accepted": n, "next": seconds}` once all n check-ins are on the disk, at
most a linger and a flush after they came. `next` is when to come again, scattered by ten per cent so that
units switched on together do not stay together. A request is kept whole or not at all: one wrong item
refuses it, with the item's index.

`GET /healthz` says whether check-ins are being kept. On SIGTERM the server lets requests finish; what waits
is written before the process ends.
"""

import asyncio
import logging
import os
import random
import time

from okiagari.device import http, items, settings
from okiagari.device.buffer import Buffer
from okiagari.device.pace import Pace
from okiagari.fleet import keys
from okiagari.fleet.stores import Store, open_store
from okiagari.plumbing import clock
from okiagari.problems import Kind, Problem, define, gettext_noop

REFRESH = 10.0  # seconds until a revoked token is refused at the latest
RETRY = 30  # seconds

TOO_OFTEN = define(
    "device.too_often",
    Kind.TOO_MANY,
    gettext_noop("This unit checks in too often."),
    gettext_noop("Come back after the seconds in Retry-After; the answer to a check-in says when to come."),
)

log = logging.getLogger(__name__)


class Application:
    """One device door. It may write to its store and nowhere else."""

    def __init__(self, given: settings.Settings | None = None) -> None:
        self._given = given
        self._running: _Running | None = None

    async def start(self) -> None:
        """Open the store, read the key, begin to flush. Raises a problem."""
        chosen = self._given or settings.read(os.environ)
        key = keys.read_key(chosen.key_file)
        store = await asyncio.to_thread(open_store, chosen.place, zone=chosen.zone)
        self._running = _Running(chosen, store, key)
        self._running.start()

    async def stop(self) -> None:
        """Write what waits, close the store."""
        running, self._running = self._running, None
        if running is not None:
            await running.stop()

    async def __call__(self, scope: http.Scope, receive: http.Receive, send: http.Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            assert self._running is not None, "requests come after start-up"
            await self._running.respond(scope, receive, send)

    async def _live(self, receive: http.Receive, send: http.Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self.start()
                except Problem as problem:
                    failure = f"okiagari: {problem.message} {problem.hint}"
                    await send({"type": "lifespan.startup.failed", "message": failure})
                    return
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


class _Running:
    """The door between start and stop."""

    def __init__(self, chosen: settings.Settings, store: Store, key: bytes) -> None:
        self._settings = chosen
        self._store = store
        self._key = key
        self._buffer = Buffer(store, chosen)
        self._pace = Pace(chosen.per_minute)
        self._told = store.settings()
        self._refreshing: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._buffer.start()
        self._refreshing = asyncio.create_task(self._refresh())

    async def stop(self) -> None:
        await self._buffer.stop()
        if self._refreshing is not None:
            self._refreshing.cancel()
            await asyncio.gather(self._refreshing, return_exceptions=True)
        self._store.close()

    async def respond(self, scope: http.Scope, receive: http.Receive, send: http.Send) -> None:
        try:
            if (scope["method"], scope["path"]) == ("POST", "/v1/check-ins"):
                await self._check_in(scope, receive, send)
            elif (scope["method"], scope["path"]) == ("GET", "/healthz"):
                is_well = self._buffer.is_well
                await http.answer(
                    send, 200 if is_well else 503, {"status": "ok" if is_well else "store unavailable"}
                )
            else:
                raise http.NOTHING_HERE()
        except items.WrongItem as wrong:
            await http.refuse(send, wrong.problem, index=wrong.index)
        except Problem as problem:
            await http.refuse(send, problem, retry_after=self._retry_after(problem))
        except http.GoneError:
            pass

    async def _check_in(self, scope: http.Scope, receive: http.Receive, send: http.Send) -> None:
        authorization = http.header(scope, b"authorization")
        if not items.is_token(authorization):
            raise items.NO_TOKEN()
        sent = items.decode(await http.body(scope, receive))
        source = items.admit(authorization, sent, key=self._key, settings=self._told)
        check_ins = items.check_ins(sent, source=source, received=clock.now())
        if source == items.OWN and not self._pace.allows([each.unit for each in check_ins], time.monotonic()):
            raise TOO_OFTEN()
        await self._buffer.keep(check_ins)
        await http.answer(send, 202, {"accepted": len(check_ins), "next": self._next()})

    def _next(self) -> int:
        return round(self._settings.interval * random.uniform(0.9, 1.1))  # noqa: S311 - scatters, hides nothing

    def _retry_after(self, problem: Problem) -> int:
        if problem.kind == Kind.TOO_MANY:
            return self._pace.seconds_left(time.monotonic())
        return RETRY if problem.kind == Kind.UNAVAILABLE else 0

    async def _refresh(self) -> None:
        while True:
            await asyncio.sleep(REFRESH)
            try:
                self._told = await asyncio.to_thread(self._store.settings)
                self._buffer.is_well = True
            except Problem as problem:
                self._buffer.is_well = False
                log.warning("the fleet's settings could not be read again: %s", problem)


application = Application()
