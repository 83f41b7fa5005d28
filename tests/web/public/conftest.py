"""Strangers at the door: a browser without script, account or cookies kept from before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from tests import factories

FORM = {
    "product": "NP-BBRS",
    "version": "",
    "problem": "WAN側からSSDPの問い合わせに応答します。",
    "effect": "踏み台にされます。",
    "name": "",
    "contact": "",
    "once": "one-time-token",
}


@pytest.fixture(autouse=True)
def _nobody_was_here_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def house(db: None) -> factories.House:
    return factories.house()


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="ja")


@pytest.fixture
def site_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A published site of two files, as a publication leaves it."""
    from dataclasses import replace

    from django.conf import settings as live

    tree = tmp_path / "trees" / "one"
    (tree / "ja").mkdir(parents=True)
    (tree / "index.html").write_text("<h1>Site</h1>", encoding="utf-8")
    (tree / "ja" / "index.html").write_text("<h1>一覧</h1>", encoding="utf-8")
    (tmp_path / "current").symlink_to("trees/one")
    monkeypatch.setattr(live, "ENVIRONMENT", replace(live.ENVIRONMENT, site_dir=tmp_path))
    return tree
