"""The list of cases: filter, order, pages, export, and a constant number of queries."""

import csv
import io
from datetime import timedelta

import pytest

from okiagari.cases import actions
from okiagari.plumbing import clock
from tests.factories import House, case, text
from tests.web.cases.conftest import Enter


def test_the_list_shows_open_cases_and_says_what_is_missing(house: House, enter: Enter) -> None:
    number, over = case(house.member, "開いている"), case(house.member, "閉じた")
    actions.close_case(house.member, over, reason="Over.")
    page = enter(house.member).get("/cases/").content.decode()
    assert number in page
    assert over not in page
    assert over in enter(house.member).get("/cases/?state=closed").content.decode()
    assert over in enter(house.member).get("/cases/?state=all").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [("text=ルータ", "ルータの件"), ("kind=service", "クラウドの件"), ("text=CLOUD", "クラウドの件")],
)
def test_a_filter_leaves_what_matches(house: House, enter: Enter, query: str, found: str) -> None:
    actions.open_case(house.member, title=text("ルータの件", "Router"), kinds=["product"])
    actions.open_case(house.member, title=text("クラウドの件", "Cloud"), kinds=["service"])
    page = enter(house.member, "ja").get(f"/cases/?{query}").content.decode()
    other = {"ルータの件", "クラウドの件"} - {found}
    assert found in page
    assert not any(title in page for title in other)


def test_an_empty_list_teaches_the_next_step(house: House, enter: Enter) -> None:
    assert "Look at the reports" in enter(house.member).get("/cases/").content.decode()
    assert "Show all open cases" in enter(house.member).get("/cases/?text=zzz").content.decode()
    assert "when its team lets you in" in enter(house.developer).get("/cases/").content.decode()


def test_pages_follow_one_another_without_loss(
    house: House, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("okiagari.web.frame.lists.pages.PER_PAGE", 3)
    numbers = {case(house.member, f"件{each}") for each in range(7)}
    browser, seen, address = enter(house.member), [], "/cases/"
    for start in (0, 3, 6):
        page = browser.get(address, {"from": start, "sort": "opened"}).content.decode()
        seen += [number for number in numbers if number in page]
    assert sorted(seen) == sorted(numbers)
    assert 'rel="next"' in browser.get("/cases/").content.decode()
    assert 'rel="next"' not in browser.get("/cases/?from=6").content.decode()


@pytest.mark.parametrize(
    "query", ["from=-1", "from=zz", "sort=password", "state=x", "step=x", "from=" + "9" * 40]
)
def test_a_crooked_address_still_answers(house: House, enter: Enter, query: str) -> None:
    assert enter(house.member).get(f"/cases/?{query}").status_code == 200


def test_the_list_asks_at_most_twelve_questions_however_long_it_is(
    house: House, enter: Enter, django_assert_max_num_queries: object, django_assert_num_queries: object
) -> None:
    browser = enter(house.member)
    case(house.member)
    with django_assert_max_num_queries(12) as short:  # type: ignore[operator]
        browser.get("/cases/")
    for each in range(15):
        case(house.member, f"件{each}")
    with django_assert_num_queries(len(short.captured_queries)):  # type: ignore[operator]
        assert browser.get("/cases/").status_code == 200


def test_the_export_holds_the_same_rows_and_no_formulas(house: House, enter: Enter) -> None:
    number = case(house.member, "=HYPERLINK(1)")
    hidden = case(house.second, "隠れた件", kinds=("infrastructure",))
    answer = enter(house.member).get("/cases/cases.csv?state=all")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(body)))
    assert [row[0] for row in rows[1:]] == [number]
    assert rows[1][1] == "'=HYPERLINK(1) (en)"
    assert hidden not in body


def test_a_partner_gets_no_export_and_no_missing_things(house: House, enter: Enter) -> None:
    number = case(house.member, "共有の件")
    actions.admit(
        house.member, number, kind="organisation", key="integrator", level="see", reason="Builds it in."
    )
    browser = enter(house.partner, "ja")
    assert "共有の件" in browser.get("/cases/").content.decode()
    assert browser.get("/cases/cases.csv").status_code == 403


def test_what_is_due_first_stands_first_and_what_has_no_due_time_last(house: House, enter: Enter) -> None:
    free, late, soon = (case(house.member, name) for name in ("無期限の件", "遅れた件", "近い件"))
    for number, days in ((late, -1), (soon, 1)):
        due = clock.now() + timedelta(days=days)
        actions.add_task(house.member, number, title=text("作業"), team="psirt", due_at=due)
    page = enter(house.member).get("/cases/?sort=due").content.decode()
    assert page.index(late) < page.index(soon) < page.index(free)
