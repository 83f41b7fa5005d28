"""The severe hole of 2016: shipping stopped, a workaround before the fix, CVE records months later."""

from collections.abc import Iterator
from typing import Any

import pytest

from okiagari.catalog import queries as catalog
from okiagari.desk.subjects import SYSTEM
from okiagari.replay import reading
from tests.support.stories import (
    Told,
    day,
    happened,
    holds_together,
    is_a_trusted_provider,
    programs_bring_it_to_the_same_end,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def told(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    with happened("wfs-sr01", tmp_path_factory.mktemp("story"), django_db_blocker) as story:
        yield story


def test_everything_of_it_holds_together(told: Told) -> None:
    assert told.documents()
    holds_together(told)
    is_a_trusted_provider(told)


def test_programs_bring_it_to_the_same_end(told: Told) -> None:
    programs_bring_it_to_the_same_end(told)


CONDITION = "Only while the pocket-router function is in use"


def test_it_bears_its_public_numbers(told: Told) -> None:
    numbers = {(each["cve"], each["jvn"]) for each in told.case["vulnerabilities"]}
    assert numbers == {("CVE-2016-7806", "JVN#18228200"), ("CVE-2016-7807", "JVN#18228200")}


def test_1_10_and_earlier_are_affected_while_the_router_function_is_in_use(told: Told) -> None:
    cells = {(each["target"], each["vulnerability"]): each for each in told.case["affectedness"]}
    for cve in ("CVE-2016-7806", "CVE-2016-7807"):
        cell = cells["WFS-SR01", cve]
        assert (cell["state"], cell["range"], cell["fixed_in"]) == ("fixed", "1.10 and earlier", "1.11")
        assert cells["WFS-SR02", cve]["state"] == "not_affected"
    assert CONDITION in told.page("en")


def test_about_22800_were_shipped(told: Told) -> None:
    shipped = catalog.product(SYSTEM, "WFS-SR01").shipped
    assert [(str(each.date), each.units) for each in shipped] == [("2016-10", 22_800)]


def test_it_was_published_twice_first_with_the_workaround(told: Told) -> None:
    published = {number: day(each["published_at"]) for number, each in told.revisions().items()}
    assert published[1] == "2016-11-02"
    assert set(published) == {1, 2}
    assert published[2] > published[1]
    workaround = next(each for each in told.case["measures"] if each["kind"] == "workaround")
    fix = next(each for each in told.case["measures"] if each["kind"] == "fix")
    assert day(workaround["ready_at"]) < published[1] < day(fix["ready_at"]) < published[2]


def test_shipping_was_stopped_and_resumed_each_by_an_approver(told: Told) -> None:
    stop = next(each for each in told.case["measures"] if each["kind"] == "shipping_stop")
    assert stop["state"] == "ended"
    assert stop["approved_by"]["en"] == stop["end_approved_by"]["en"] == "Sample Executive"
    assert stop["made_by"]["en"] != stop["approved_by"]["en"]
    assert day(stop["ended_at"]) < "2017-01-31", "on sale again by January"


def test_shop_stock_was_recalled_and_counted(told: Told) -> None:
    recall = next(each for each in told.case["measures"] if each["kind"] == "recall")
    newest = {each["place"]: (each["counts"][0]["done"], each["units"]) for each in recall["stocks"]}
    assert set(newest) == {"shop", "distributor", "maker"}
    assert all(done <= units for done, units in newest.values())
    assert len(next(each for each in recall["stocks"] if each["place"] == "shop")["counts"]) == 2


def test_the_cve_records_were_confirmed_seven_months_later(told: Told) -> None:
    story = reading.read(reading.find("wfs-sr01"))
    confirmed = next(
        story.instant(number)
        for number, event in enumerate(story.given.events)
        if event.do == "disclose.confirm_channel" and event.arguments["channel"] == "cve"
    )
    first = told.revisions()[1]["published_at"]
    assert (confirmed.year, confirmed.month) == (2017, 6)
    assert day(first) == "2016-11-02"


def test_the_case_is_closed_with_its_lessons_and_nothing_missing(told: Told) -> None:
    assert (told.case["step"], told.case["level"], told.case["missing"]) == ("closed", "severe", [])
    assert set(told.clocks().values()) == {"met"}
    areas = {each["area"] for each in told.case["lessons"]}
    assert areas == {"process", "tools", "training"}
    assert all(promise["done_at"] for each in told.case["lessons"] for promise in each["promises"])
