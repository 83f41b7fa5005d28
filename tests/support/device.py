"""A fleet that talks to the device door: units with tokens and firmware, gateways that deliver for them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from okiagari.device.app import Application
from okiagari.device.settings import Settings
from okiagari.fleet import keys
from okiagari.fleet.stores import Store, open_store

PATH = "/v1/check-ins"
PRODUCT = "WN-G54/R2"


@dataclass
class Door:
    """A running device door, and the store behind it."""

    client: httpx.AsyncClient
    store: Store
    key: bytes
    settings: Settings
    application: Application

    @property
    def running(self) -> Any:
        """The inside of the door, for tests that break something there."""
        return self.application._running

    async def post(self, body: object, token: str = "", **headers: str) -> httpx.Response:
        fields = {"authorization": token, **headers} if token else headers
        return await self.client.post(PATH, json=body, headers=fields)


@dataclass
class Unit:
    """A device in the field. It knows its firmware, its token and where to check in; it has no clock."""

    door: Door
    name: str
    version: str = "1.01"
    product: str = PRODUCT
    hardware: str | None = None
    generation: int = 1
    due_in: int = 0

    @property
    def token(self) -> str:
        return f"TargetToken {keys.token_for(self.door.key, self.name, self.generation)}"

    def word(self, **more: Any) -> dict[str, Any]:
        told = {"unit": self.name, "product": self.product, "version": self.version, **more}
        return told if self.hardware is None else {**told, "hardware": self.hardware}

    async def check_in(self, **more: Any) -> httpx.Response:
        """Say what runs here; remember when to come again."""
        response = await self.door.post(self.word(**more), self.token)
        if response.status_code == httpx.codes.ACCEPTED:
            self.due_in = response.json()["next"]
        return response

    def update(self, version: str) -> None:
        """Boot another firmware."""
        self.version = version


@dataclass
class Gateway:
    """Something that collects what units say and delivers it later, with the time it was said."""

    door: Door
    name: str = "osaka-1"
    collected: list[dict[str, Any]] = field(default_factory=list)

    @property
    def token(self) -> str:
        return f"GatewayToken {keys.gateway_token_for(self.door.key, self.name)}"

    def collect(self, unit: Unit, at: datetime) -> None:
        self.collected.append(unit.word(observed_at=at.isoformat()))

    async def deliver(self) -> httpx.Response:
        return await self.door.post(self.collected, self.token)


@asynccontextmanager
async def a_door(place: str, folder: Path, **settings: Any) -> AsyncIterator[Door]:
    """A device door in this process, over a store at this place."""
    file = keys.key_path(folder)
    key = keys.ensure_key(file)
    chosen = Settings(place=place, key_file=file, **{"linger": 0.01, **settings})
    application = Application(chosen)
    await application.start()
    store = open_store(place)
    transport = httpx.ASGITransport(application)
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://door") as client:
            yield Door(client, store, key, chosen, application)
    finally:
        await application.stop()
        store.close()


def texts(store: Store, names: Sequence[str], today: datetime) -> list[str | None]:
    """The version texts under which these units stand, None for a unit never heard of."""
    found = [store.unit(name, today=today.date()) for name in names]
    return [unit.bucket.version if unit else None for unit in found]
