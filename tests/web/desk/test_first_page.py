"""The first page: what burns is not said twice, what is due is on the time line, nobody is left alone."""

from datetime import timedelta

import pytest

from okiagari.cases import actions as cases
from okiagari.flow.models import Position
from okiagari.plumbing import clock
from okiagari.standards.localtext import LocalText
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


def test_dated_work_stands_on_the_time_line_and_later_work_does_not(house: House, enter: Enter) -> None:
    case_id = factories.case(house.member)
    for name, days in (("Call the factory", 2), ("Look back", 20)):
        due = clock.now() + timedelta(days=days)
        cases.add_task(house.member, case_id, title=LocalText.of(en=name), team="psirt", due_at=due)
    page = enter(house.member).get("/").text
    week = page.partition("Due in the next 7 days")[2]
    assert "Call the factory" in week
    assert "Look back" not in week
    assert "Look back" in page


@pytest.mark.parametrize(
    ("who", "where", "week"),
    [
        ("support", "/inquiries/", True),
        ("auditor", "/audit/", False),
        ("administrator", "/people/", False),
        ("partner", "/cases/", True),
    ],
)
def test_who_has_nothing_to_do_is_shown_where_to_go(
    house: House, enter: Enter, who: str, where: str, week: bool
) -> None:
    main = enter(getattr(house, who)).get("/").text.partition("<main")[2]
    assert f'href="{where}"' in main
    assert "Nothing waits for you." in main
    assert ("Nothing is on fire." in main) is (who == "support"), "who is not told what burns is told nothing"
    assert ("Due in the next 7 days" in main) is week


def test_the_page_says_in_a_sentence_how_it_stands(house: House, enter: Enter) -> None:
    factories.case(house.member)
    assert "Nothing is on fire. 1 thing waits for you, nothing is late." in enter(house.member).get("/").text
    japanese = enter(house.member, "ja").get("/").text
    assert "至急の案件はありません。対応待ちは1件、期限超過はありません。" in japanese


def test_only_administrators_are_told_that_nothing_is_signed(house: House, enter: Enter) -> None:
    english = "Make a key on the page “Signing keys” or with “okiagari keys create”."
    japanese = "「署名鍵」の画面か「okiagari keys create」で署名鍵を作成できます。"
    assert english in enter(house.administrator).get("/").text
    assert japanese in enter(house.administrator, "ja").get("/").text
    assert "okiagari keys" not in enter(house.member).get("/").text
