"""Stops, stock and cut-ins at the web: asked for, approved by another, counted, looked up by support."""

import pytest

from okiagari.cases import actions as cases
from okiagari.desk import people
from okiagari.remedy import queries
from tests.disclose.story import Story
from tests.web.cases.conftest import Enter


def test_a_stop_is_asked_for_approved_and_resumed_by_two_people(story: Story, enter: Enter) -> None:
    cases.admit(story.member, story.case, kind="team", key="executives", level="see", reason="会議")
    executive = people.named("executive", story.house.executive.door)
    member, boss = enter(story.member), enter(executive)
    tab = f"/cases/{story.case}/measures/"
    given = {"targets": ["WN-G54/R2"], "places": "川崎倉庫、大阪倉庫", "reason": "重大", "version": ""}
    assert member.post(f"{tab}stop/", given).status_code == 302
    (stop,) = queries.in_force(story.member)
    assert stop.places == ("川崎倉庫", "大阪倉庫")
    assert f"{tab}{stop.id}/approve/" not in member.get(tab).text
    assert f"{tab}{stop.id}/approve/" in boss.get(tab).text
    assert member.post(f"{tab}{stop.id}/approve/", {"note": ""}).status_code == 403
    assert boss.post(f"{tab}{stop.id}/approve/", {"note": "可"}).status_code == 302
    assert member.post(f"{tab}{stop.id}/resume/", {"condition": "1.03 を組み込み済み"}).status_code == 302
    assert "1.03 を組み込み済み" in boss.get(f"{tab}{stop.id}/approve/").text
    assert boss.post(f"{tab}{stop.id}/approve/", {"note": ""}).status_code == 302
    assert queries.measure(story.member, stop.id).state == "ended"


def test_a_stop_that_makes_no_sense_keeps_what_was_typed(story: Story, enter: Enter) -> None:
    answer = enter(story.member).post(f"/cases/{story.case}/measures/stop/", {"reason": "手で書いた理由"})
    assert answer.status_code == 422
    assert "手で書いた理由" in answer.text


def test_stock_called_back_is_counted_and_its_progress_shown(story: Story, enter: Enter) -> None:
    browser = enter(story.member, "en")
    tab = f"/cases/{story.case}/measures/"
    planned = {"kind": "recall", "targets": ["WN-G54/R2"], "reason": "店頭在庫", "version": ""}
    assert browser.post(f"{tab}new/", planned).status_code == 302
    (recall,) = queries.in_force(story.member)
    stock = {"place": "shop", "name": "量販店A", "units": "1200"}
    assert browser.post(f"{tab}{recall.id}/stock/", stock).status_code == 302
    count = {"stock": "shop:量販店A", "done": "300", "day": "", "source": "営業部"}
    assert browser.post(f"{tab}{recall.id}/count/", count).status_code == 302
    page = browser.get(tab).text
    assert "300 of 1,200 units" in page
    assert '<progress max="1200" value="300"' in page
    assert browser.post(f"{tab}{recall.id}/count/", {**count, "done": "1201"}).status_code == 422
    listed = browser.get("/measures/").text
    assert "WN-G54/R2" in listed
    assert "300 of 1,200 units" in listed


def test_support_looks_up_a_serial_number(story: Story, enter: Enter) -> None:
    browser = enter(story.member)
    cut = {"target": "WN-G54/R2", "factory": "国内", "counted_by": "serial", "first": "SR1B000120"}
    cut |= {"order": "SR1A######\nSR1B######", "release": "wn-g54-r2|1.03", "since": "2016-12", "version": ""}
    assert browser.post(f"/cases/{story.case}/measures/cut-in/", cut).status_code == 302
    cases.admit(story.member, story.case, kind="team", key="support", level="see", reason="問い合わせ")
    support = enter(people.named("support", story.house.support.door), "en")
    for number, said in (
        ("SR1B000120", "with the fix"),
        ("SR1A999999", "before the fix"),
        ("ZZ", "fits no order"),
    ):
        assert said in support.get(f"/serials/?model=WN-G54/R2&number={number}").text


@pytest.mark.parametrize("address", ["/measures/", "/serials/?number=SR1B000120"])
def test_somebody_outside_the_case_reads_nothing_of_it(story: Story, enter: Enter, address: str) -> None:
    cut = {"target": "WN-G54/R2", "counted_by": "serial", "first": "SR1B000120", "order": "SR1B######"}
    enter(story.member).post(f"/cases/{story.case}/measures/cut-in/", {**cut, "version": ""})
    page = enter(story.house.second).get(address)
    assert page.status_code == 200
    assert "WN-G54" not in page.text


def test_a_fix_is_verified_before_it_is_ready_and_its_date_may_slip(story: Story, enter: Enter) -> None:
    browser = enter(story.member, "en")
    tab = f"/cases/{story.case}/measures/"
    fix = {"kind": "fix", "targets": ["WN-G54/R2"], "planned": "2016-12", "version": ""}
    assert browser.post(f"{tab}new/", {**fix, "planned_confidence": "likely"}).status_code == 302
    (measure,) = queries.measures(story.member, story.case)
    said = {"who": "開発", "on": "1.03", "how": "外部から確認"}
    assert browser.post(f"{tab}{measure.id}/verify/", said).status_code == 302
    slip = {"planned": "2017-01", "planned_confidence": "", "planned_wording_ja": "1月", "reason": "検証"}
    assert browser.post(f"{tab}{measure.id}/plan/", slip).status_code == 302
    view = queries.measure(story.member, measure.id)
    assert (str(view.planned), view.verification["on"]) == ("2017-01", "1.03")
    assert view.release is None
    named = {**slip, "release": "wn-g54-r2|1.03"}
    assert browser.post(f"{tab}{measure.id}/plan/", {**named, "release": "np-bbrs|1.09"}).status_code == 422
    assert browser.post(f"{tab}{measure.id}/plan/", named).status_code == 302
    assert queries.measure(story.member, measure.id).release == ("wn-g54-r2", "1.03")
    assert "January 2017" in browser.get(tab).text
