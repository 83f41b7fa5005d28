"""The other roles at the same doors: what differs from `test_doors` is what a role alone lets one do."""

from collections.abc import Mapping

import pytest

from tests.leaks.comparing import faults
from tests.leaks.house import STRANGERS
from tests.leaks.walking import ASK_ALL_TWICE, Walked

ROLES = tuple(who for who in STRANGERS if who not in ASK_ALL_TWICE)
pytestmark = pytest.mark.once


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.django_db
def test_no_role_is_told_the_house_with_the_secret_from_the_house_without(
    who: str, walked: Mapping[str, Walked]
) -> None:
    wrong = faults(who, walked[who])
    assert not wrong, f"{len(wrong)} answers tell {who} something:\n" + "\n".join(wrong[:60])
    assert len(walked[who].with_it) > 400, "the walk found too few doors to prove anything"
