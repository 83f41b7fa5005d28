"""Jobs of this room. Each can run twice without harm."""

from collections.abc import Mapping
from typing import Any

from okiagari.intake.actions.spooling import ABSORB, absorb, absorb_left
from okiagari.plumbing import jobs

EVERY_SECONDS = 900


@jobs.handles(ABSORB)
def absorb_one(payload: Mapping[str, Any]) -> None:
    absorb(str(payload["number"]))


@jobs.handles("intake.absorb_left", every_seconds=EVERY_SECONDS)
def absorb_everything_left(payload: Mapping[str, Any]) -> None:
    absorb_left()
