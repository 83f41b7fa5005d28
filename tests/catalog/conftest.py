"""A house, and a small catalogue: two models on one line, an application on two platforms."""

from typing import Any

import pytest

from tests import factories
from tests.factories import House

CATALOGUE: dict[str, Any] = {
    "organisations": [{"key": "maker", "kind": "maker", "name": {"ja": "メーカー", "en": "Maker"}}],
    "lines": [
        {
            "key": "hdl-t",
            "name": {"ja": "HDL-T ファームウェア", "en": "HDL-T firmware"},
            "releases": [
                {"text": "1.00"},
                {"text": "1.00.008_SE", "requires": "1.00"},
                {"text": "1.21", "date": "2025-05", "aliases": [{"text": "V1.21", "source": "device"}]},
            ],
        }
    ],
    "products": [
        {
            "model": "HDL-TC1",
            "names": {"ja": "ネットワークハードディスク", "en": "Network disk"},
            "other_names": ["ＬＡＮディスク"],
            "category": "nas",
            "family": "HDL-T",
            "team": "storage-dev",
            "brand": "maker",
            "line": "hdl-t",
            "successor": "HDL-T2WH",
            "support": {"end_of_security_support": {"date": "2030-03", "assumed": True}},
            "shipped": [{"date": "2024", "units": 1200}, {"date": "2025", "units": 2400}],
        },
        {
            "model": "HDL-T2WH",
            "names": {"ja": "2台構成", "en": "Two disks"},
            "category": "nas",
            "targets": [
                {"line": "hdl-t", "revision": "A1", "serials": "1000-1999"},
                {"line": "hdl-t", "revision": "B1"},
            ],
        },
        {
            "model": "Disk Connect",
            "kind": "application",
            "targets": [{"platform": "windows"}, {"platform": "android"}],
        },
    ],
}


@pytest.fixture
def house(db: None) -> House:
    return factories.house()


@pytest.fixture
def catalogue(house: House) -> House:
    factories.catalogue(CATALOGUE, house.member)
    return house
