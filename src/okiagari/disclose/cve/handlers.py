"""The jobs of CVE ids: a deed until it went through, and the watch once an hour."""

from collections.abc import Mapping
from typing import Any

from okiagari.disclose.cve import watching, working
from okiagari.plumbing import jobs


@jobs.handles("disclose.cve")
def do(payload: Mapping[str, Any]) -> None:
    working.run(int(payload["deed"]))


@jobs.handles("disclose.cve_watch", every_seconds=3600)
def watch(payload: Mapping[str, Any]) -> None:
    watching.look()
