"""Lessons as a tab of their case, promises until they are kept."""

from datetime import UTC, datetime

from okiagari.cases import actions as cases
from okiagari.learn import actions, queries
from okiagari.plumbing import clock
from tests.factories import House, case, text
from tests.web.cases.conftest import Enter


def test_a_lesson_is_drawn_promised_handed_over_and_kept(house: House, case_id: str, enter: Enter) -> None:
    browser, address = enter(house.member), f"/cases/{case_id}/lessons/"
    assert "No lesson yet." in browser.get(address).text
    typed = {"area": "tools", "text_en": "Scan the ports."}
    assert browser.post(f"{address}new/", typed).headers["Location"] == address
    (lesson,) = queries.lessons(house.member, case_id)
    typed = {"text_en": "Buy a scanner.", "due_at": "2031-01-29T18:00"}
    browser.post(f"{address}{lesson.id}/promise/", typed)
    page = browser.get(address).text
    for words in ("Tools", "Scan the ports.", "Buy a scanner.", "Nobody owns it", "2031-01-29 18:00 JST"):
        assert words in page
    (promise,) = queries.open_actions(house.member)
    one = f"{address}promises/{promise.id}"
    assert 'value="2031-01-29T18:00"' in browser.get(f"{one}/owner/").text
    assert browser.post(f"{one}/owner/", {"team": ""}).status_code == 422
    browser.post(f"{one}/owner/", {"team": "psirt", "due_at": "2031-02-01T18:00"})
    assert browser.post(f"{one}/kept/", {"outcome": ""}).status_code == 422
    browser.post(f"{one}/kept/", {"outcome": "Bought it."})
    page = browser.get(address).text
    assert "Bought it." in page
    assert f"{promise.id}/kept/" not in page
    assert browser.post(f"{one}/kept/", {"outcome": "Again."}).status_code == 409


def test_open_promises_stand_on_one_page_with_those_that_are_late(house: House, enter: Enter) -> None:
    for number, (team, due) in enumerate((("psirt", datetime(2026, 1, 1, tzinfo=UTC)), ("support", None))):
        lesson = actions.learn(house.member, case(house.member), area="tools", text=text(f"L{number}"))
        actions.promise(house.member, lesson, text=text(f"約束{number}"), team=team, due_at=due)
    browser = enter(house.member)
    with clock.at(datetime(2030, 1, 2, tzinfo=UTC)):
        page = browser.get("/lessons/").text
    assert "2 promises from lessons of past cases are open." in page
    assert "1 is late." in page
    assert page.index("約束0") < page.index("約束1")
    mine = browser.get("/lessons/?mine=1").text
    assert ("約束0" in mine, "約束1" in mine) == (True, False)
    assert "No promise is open." in enter(house.second).get("/lessons/").text


def test_who_may_only_see_draws_no_lesson(house: House, case_id: str, enter: Enter) -> None:
    lesson = actions.learn(house.member, case_id, area="tools", text=text("x"))
    promise = actions.promise(house.member, lesson, text=text("y"), team="router-dev")
    cases.admit(house.member, case_id, kind="team", key="router-dev", level="see", reason="x")
    cases.admit(house.member, case_id, kind="organisation", key="integrator", level="see", reason="x")
    address = f"/cases/{case_id}/lessons/"
    developer, partner, second = enter(house.developer), enter(house.partner), enter(house.second)
    page = developer.get(address).text
    assert f"promises/{promise}/kept/" in page
    for path in ("new/", f"{lesson}/promise/", f"promises/{promise}/owner/"):
        assert f"lessons/{path}" not in page
        assert developer.get(f"{address}{path}").status_code == 403, path
        assert second.get(f"{address}{path}").status_code == 404, path
    for path in ("", f"promises/{promise}/kept/"):
        assert partner.get(f"{address}{path}").status_code == 403, path
        assert second.get(f"{address}{path}").status_code == 404, path
    assert partner.get("/lessons/").status_code == 403


def test_a_promise_of_another_case_is_not_kept_in_this_one(house: House, case_id: str, enter: Enter) -> None:
    other = case(house.member)
    lesson = actions.learn(house.member, other, area="tools", text=text("x"))
    promise = actions.promise(house.member, lesson, text=text("y"), team="psirt")
    browser = enter(house.member)
    for path in (f"promises/{promise}/kept/", f"promises/{promise}/owner/", f"{lesson}/promise/"):
        assert browser.get(f"/cases/{case_id}/lessons/{path}").status_code == 404
        assert browser.get(f"/cases/{other}/lessons/{path}").status_code == 200


def test_the_pages_speak_japanese(house: House, case_id: str, enter: Enter) -> None:
    browser = enter(house.member, "ja")
    assert "この案件から学んだこと" in browser.get(f"/cases/{case_id}/lessons/").text
    assert "未達成の約束" in browser.get("/lessons/").text
