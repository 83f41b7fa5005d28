"""The jobs of disclosure: a publication when its time has come, and a watch over those that wait."""

from collections.abc import Mapping
from typing import Any

from okiagari.disclose import publisher
from okiagari.plumbing import jobs


@jobs.handles("disclose.publish")
def publish(payload: Mapping[str, Any]) -> None:
    publisher.run(int(payload["publication"]))


@jobs.handles("disclose.watch", every_seconds=300)
def watch(payload: Mapping[str, Any]) -> None:
    publisher.warn_of_void_approvals()
