"""The first page: what is on fire is not said a second time among what waits."""

from okiagari.flow.models import Position
from tests import factories
from tests.factories import House
from tests.web.cases.conftest import Enter

MISSING = "The first judgement"


def test_what_burns_is_not_said_again_among_what_waits(house: House, enter: Enter) -> None:
    case_id = factories.case(house.member)
    browser = enter(house.member)
    missing = str(Position.objects.get(case__public_id=case_id).missing)
    before = browser.get("/").text
    Position.objects.filter(case__public_id=case_id).update(level="severe")
    page = browser.get("/").text
    fire, _, rest = page.partition("Waits for me")
    assert missing, "a new case lacks something"
    assert "is on fire" in fire
    assert case_id in before.partition("Waits for me")[2]
    assert case_id not in rest
    assert "Nothing else waits for you." in rest
