import pytest

from tests import factories


@pytest.fixture
def house(db: None) -> factories.House:
    return factories.house()
