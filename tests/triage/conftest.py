"""A case with two vulnerabilities, and a catalogue with two firmware lines and what has none."""

from dataclasses import dataclass

import pytest

from okiagari.desk.subjects import Subject
from tests import factories

CATALOGUE = {
    "lines": [
        {
            "key": "wn-g54-r2",
            "releases": [
                {"text": "1.00"},
                {"text": "1.01", "state": "withdrawn"},
                {"text": "1.02"},
                {"text": "1.03", "aliases": ["1.0.3"]},
            ],
        },
        {"key": "np-bbrs", "releases": [{"text": "1.00"}, {"text": "1.08"}]},
        {"key": "unlisted"},
    ],
    "products": [
        {
            "model": "WN-G54/R2",
            "family": "WN-G54",
            "team": "router-dev",
            "targets": [{"line": "wn-g54-r2"}],
        },
        {"model": "NP-BBRS", "team": "router-dev", "targets": [{"line": "np-bbrs"}]},
        {"model": "ETX2-RA", "team": "router-dev", "targets": [{"line": "unlisted"}]},
        {"model": "Remote Link", "kind": "service", "team": "storage-dev", "targets": [{}]},
    ],
}


@pytest.fixture
def house(db: None) -> factories.House:
    house = factories.house()
    factories.catalogue(CATALOGUE)
    return house


@dataclass(frozen=True)
class Matter:
    """An open case; `member` leads it."""

    member: Subject
    case: str
    first: str
    second: str


@pytest.fixture
def matter(house: factories.House) -> Matter:
    case = factories.case(house.member)
    first = factories.vulnerability(house.member, case, "SSDPリフレクション", cve="CVE-2015-2984")
    second = factories.vulnerability(house.member, case, "別の問題")
    return Matter(house.member, case, first, second)
