import pytest

from tests import factories

CATALOGUE = {
    "lines": [{"key": "wn-g54-r2", "releases": [{"text": "1.02"}, {"text": "1.03"}]}],
    "products": [
        {"model": "WN-G54/R2", "team": "router-dev", "targets": [{"line": "wn-g54-r2"}]},
        {"model": "NP-BBRS", "team": "router-dev", "targets": [{}]},
    ],
}


@pytest.fixture
def house(db: None) -> factories.House:
    house = factories.house()
    factories.catalogue(CATALOGUE)
    return house


@pytest.fixture
def case_id(house: factories.House) -> str:
    return factories.case(house.member)
