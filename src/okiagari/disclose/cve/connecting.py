"""The account at CVE Services and the address of the watch, from the settings; one request at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from okiagari.plumbing import outside

from .problems import BEING_ASKED, NO_WATCH, NOT_SET_UP

if TYPE_CHECKING:  # it brings an HTTP client along, which no start of the house owes
    from okiagari.engines.cve_services.client import Services
    from okiagari.engines.cve_services.public import PublicRecords


def is_cna() -> bool:
    return bool(settings.ENVIRONMENT.cve_org_id)


def is_set_up() -> bool:
    """May CVE Services be told something now?"""
    return bool(settings.ENVIRONMENT.cve_api_url) and not outside.is_silent()


def is_watching() -> bool:
    """May anybody be asked whether cited ids are public?"""
    return bool(settings.ENVIRONMENT.cve_watch_url) and not outside.is_silent()


def user() -> str:
    return str(settings.ENVIRONMENT.cve_api_user)


def org() -> str:
    return str(settings.ENVIRONMENT.cve_org_name)


@contextmanager
def services() -> "Iterator[Services]":
    """The account. Raises NOT_SET_UP."""
    from okiagari.engines.cve_services.client import Account, Services

    if not is_set_up():
        raise NOT_SET_UP()
    known = settings.ENVIRONMENT
    account = Account(known.cve_api_url, known.cve_org_name, known.cve_api_user, known.cve_api_key)
    with Services(account) as client:
        yield client


@contextmanager
def public_records() -> "Iterator[PublicRecords]":
    """What anybody can ask. Raises NO_WATCH."""
    from okiagari.engines.cve_services.public import PublicRecords

    if not is_watching():
        raise NO_WATCH()
    with PublicRecords(settings.ENVIRONMENT.cve_watch_url) as client:
        yield client


@contextmanager
def alone() -> Iterator[None]:
    """One at a time speaks with CVE Services, whichever process it is in. Raises BEING_ASKED."""
    folder = Path(settings.ENVIRONMENT.data)
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / ".cve.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BEING_ASKED() from None
        yield
    finally:
        os.close(handle)
