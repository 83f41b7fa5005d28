"""The jobs of disclosure: a publication when its time has come, a watch over what waits, pages kept up."""

from collections.abc import Mapping
from typing import Any

from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import keeping, publisher, warning
from okiagari.disclose.actions import checking
from okiagari.disclose.consistency import checks, downloads, out
from okiagari.plumbing import jobs


@jobs.handles("disclose.publish")
def publish(payload: Mapping[str, Any]) -> None:
    publisher.run(int(payload["publication"]))


@jobs.handles(checks.JOB)
def consistency(payload: Mapping[str, Any]) -> None:
    checks.run(int(payload["advisory"]))


@jobs.handles(downloads.JOB)
def links(payload: Mapping[str, Any]) -> None:
    checking.ask_links_now(int(payload["advisory"]))


@jobs.handles("disclose.check_site", every_seconds=300)
def check_site(payload: Mapping[str, Any]) -> None:
    """Soon after each publication, and every day: is what is out what was approved?"""
    if out.is_due():
        out.check(SYSTEM, asks_links=downloads.is_on())


@jobs.handles("disclose.watch", every_seconds=300)
def watch(payload: Mapping[str, Any]) -> None:
    warning.warn_of_void_approvals()


@jobs.handles("disclose.keep_up", every_seconds=900)
def keep_up(payload: Mapping[str, Any]) -> None:
    """Products that went on sale, dates that were set: the pages say so within a quarter of an hour."""
    keeping.keep_up()
