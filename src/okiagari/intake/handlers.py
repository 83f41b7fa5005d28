"""Jobs of this room. Each can run twice without harm."""

from collections.abc import Mapping
from typing import Any

from okiagari.intake import mailbox
from okiagari.intake.actions import mailing
from okiagari.intake.actions.spooling import ABSORB, absorb, absorb_left
from okiagari.plumbing import jobs

EVERY_SECONDS = 900
__all__ = ["mailbox"]


@jobs.handles(ABSORB)
def absorb_one(payload: Mapping[str, Any]) -> None:
    absorb(str(payload["number"]))


@jobs.handles("intake.absorb_left", every_seconds=EVERY_SECONDS)
def absorb_everything_left(payload: Mapping[str, Any]) -> None:
    absorb_left()


@jobs.handles(mailing.ABSORB)
def absorb_one_mail(payload: Mapping[str, Any]) -> None:
    mailing.absorb_mail(str(payload["mail"]))


@jobs.handles("intake.absorb_mail_left", every_seconds=EVERY_SECONDS)
def absorb_every_mail_left(payload: Mapping[str, Any]) -> None:
    mailing.absorb_left()
