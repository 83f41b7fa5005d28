import pytest

from tests import factories


@pytest.fixture
def house(db: None) -> factories.House:
    return factories.house()


@pytest.fixture
def case_id(house: factories.House) -> str:
    return factories.case(house.member)
