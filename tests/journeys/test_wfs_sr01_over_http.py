"""The severe hole of 2016 as people do it: shipping stops, a workaround comes first, the fix weeks later.

The report and the first judgement are played; from the alarm on everybody sits at the pages, some of them in
Japanese, some in English.
"""

from pathlib import Path

import pytest

from okiagari.cases import queries as cases
from okiagari.desk.subjects import SYSTEM
from okiagari.remedy import queries as measures
from tests.journeys.scenes import Scene, matters, stands, words_of
from tests.support.people import Page, Visitor, on

MODEL = "WFS-SR01"
CONDITION = ("ポケットルーター機能を使用している場合のみ", "Only while the pocket-router function is in use")
AVOID = (
    "ポケットルーター機能を使わないでください。",
    "Do not use the pocket-router function.",
)
UPDATE = ("ファームウェアを1.11に更新してください。", "Update the firmware to 1.11.")
PLAN = ("修正版は12月に公開する予定です。", "Fixed firmware is planned for December.")
WORDS = words_of(
    summary=AVOID,
    description=("インターネット側からログインできます。", "One can log in from the Internet."),
    impact=("保存データを閲覧・消去される可能性があります。", "Stored data may be read or erased."),
    advice=AVOID,
    contact=("psirt@maker.example", "psirt@maker.example"),
)


@pytest.mark.once
def test_shipping_stops_until_the_hole_is_closed(empty_house: Path) -> None:
    scene = stands("wfs-sr01", "2016-10-19 13:00", "ja", until="2016-10-19T12:45")
    scene.speaks |= {"executive": "en", "approver": "en"}
    the_executives_are_called(scene)
    two_people_stop_shipping(scene)
    the_meeting_decides_the_rest(scene)
    stock_is_called_back(scene)
    a_workaround_is_ready_before_the_fix(scene)
    it_is_published_with_the_workaround(scene)
    the_fix_is_verified_and_published(scene)
    two_people_let_shipping_resume(scene)
    its_reach_is_watched(scene)


def stop_of(scene: Scene) -> measures.MeasureView:
    (stop,) = [each for each in measures.measures(SYSTEM, scene.case) if each.kind == "shipping_stop"]
    return stop


def the_executives_are_called(scene: Scene) -> None:
    with on("2016-10-19 13:05"):
        scene.at_case("member", "meetings/").follow("/meetings/new/")
        scene["member"].send(at="2016-10-19T15:00", place="本社 第一会議室", reason="出荷停止の判断が必要")
        scene["executive"].open("/").says(MODEL)
        page = scene.at_meeting("executive").page
        page.says("What is known", MODEL, "22,800", "Stop shipping?")


def two_people_stop_shipping(scene: Scene) -> None:
    """Whoever asks for the stop cannot approve it; the executive does, by deciding in the meeting."""
    with on("2016-10-19 13:10"):
        scene.at_case("member", "measures/").follow("/measures/stop/")
        scene["member"].send(targets=[MODEL], places="自社倉庫、販売代理店", reason="修正版ができるまで")
        asked = stop_of(scene)
        assert asked.waits_for_approval == "stop"
        own = f"/cases/{scene.case}/measures/{asked.id}/approve/"
        assert own not in [each.href for each in scene.at_case("member", "measures/").page.markup.links]
        assert own not in [each.href for each in scene.at_meeting("member").page.markup.links]
        assert scene["member"].look(own).status == 403
    with on("2016-10-19 16:00"):
        executive = scene.at_meeting("executive")
        executive.follow(f"/decide/{matters(scene.meeting)['executive_judgement']}/")
        executive.send(answer="yes", level="severe", words="Customers' data are at stake.")
        executive.follow(f"/decide/{matters(scene.meeting)['stop_shipping']}/")
        executive.send(answer="yes", words="Until fixed firmware is built in.")
        assert not stop_of(scene).waits_for_approval
        scene.at_case("member", "measures/").page.says("自社倉庫", "見本 役員")
        scene["member"].open("/").says(MODEL)


def the_meeting_decides_the_rest(scene: Scene) -> None:
    """What has no deed of its own becomes a task of whoever has to do it."""
    member = scene["member"]
    with on("2016-10-19 16:20"):
        for matter, words in (
            ("recall", "店頭と代理店の在庫を引き取る。"),
            ("tell_jpcert", "影響ありと対策方針を本日中に報告する。"),
            ("workaround", "修正を待たず、ルーター機能を使わないよう公表する。"),
            ("publication_date", "11月2日に回避策を公表する。"),
        ):
            scene.at_meeting("member").follow(f"/decide/{matters(scene.meeting)[matter]}/")
            member.send(answer="yes", words=words)
        scene.at_meeting("member").follow("/hold/")
        people = ["sample-executive", "sample-member", "sample-storage-developer"]
        page = member.send(people=people, others="", minutes="出荷停止と回避策の先行公表を決定した。")
        page.says("出荷停止と回避策の先行公表を決定した。", "見本 ストレージ開発者")
        owed = {each.key for each in cases.tasks(SYSTEM, scene.case) if each.state == "open"}
        assert owed >= {"meeting.recall", "meeting.tell_jpcert", "meeting.workaround"}


def stock_is_called_back(scene: Scene) -> None:
    member = scene["member"]
    with on("2016-10-20 10:00"):
        text = words_of(text=("在庫を引き取ります。", "Stock is taken back."))
        plan(scene.at_case("member", "measures/"), "recall", text, reason="緊急会議の決定")
        scene.at_case("member", "measures/").follow("/stock/")
        member.send(place="shop", name="", units="640")
    with on("2016-10-27 17:00"):
        scene.at_case("member", "measures/").follow("/count/")
        member.send(stock="shop:", done="420", day="", source="営業の集計").says("420", "640")


def a_workaround_is_ready_before_the_fix(scene: Scene) -> None:
    developer = scene["storage-developer"]
    with on("2016-10-21 17:00"):
        plan(scene.at_case("storage-developer", "measures/"), "workaround", words_of(text=AVOID))
        developer.follow("/ready/")
        developer.send(note="全ての設定で回避できることを実機で確認しました。")
    with on("2016-10-28 09:40"):
        text = words_of(text=UPDATE, planned_wording=PLAN)
        coming = {"planned": "2016-12", "planned_confidence": "likely"}
        plan(scene.at_case("storage-developer", "measures/"), "fix", text, **coming)


def it_is_published_with_the_workaround(scene: Scene) -> None:
    member = scene["member"]
    with on("2016-10-31 11:00"):
        scene.at_case("member", "advisory/").follow("/advisories/new/")
        title = words_of(title=("WFS-SR01における脆弱性", "Vulnerabilities in WFS-SR01"))
        member.send(tracking_id="SAMPLE-SA-2016-005", fields=title)
        scene.advisory = member.page.number("ADV")
        member.send(fields=WORDS)
        hand_in(scene)
    with on("2016-11-01 13:00"):
        assert not [form for form in scene.at_page("member").page.markup.forms if "/approve/" in form.action]
        scene.at_page("approver").send(to="/approve/", note="The plan for the fix is stated.").says(
            "approved"
        )
        scene.at_page("member").follow("/publish/")
        first = words_of(summary=("公開（回避策）", "First publication (workaround)"))
        member.send(when="later", at="2016-11-02T12:00", zone="Asia/Tokyo", fields=first)
        assert Visitor("ja").look("/security/").status == 404, "not before its hour"
    with on("2016-11-02 12:00"):
        for language, number in (("ja", 0), ("en", 1)):
            read_in(language).says(AVOID[number], CONDITION[number], PLAN[number])


def the_fix_is_verified_and_published(scene: Scene) -> None:
    member, developer = scene["member"], scene["storage-developer"]
    with on("2016-12-05 16:00"):
        developer.open("/lines/wfs-sr01/")
        developer.follow("/releases/new/")
        developer.send(text="1.11", state="public", date="2016-12-06", url="https://maker.example/111.zip")
        fix = next(each.id for each in measures.measures(SYSTEM, scene.case) if each.kind == "fix")
        scene.at_case("storage-developer", "measures/").follow(f"/{fix}/plan/")
        developer.send(release="wfs-sr01|1.11", planned="2016-12-06", reason="リリースが決まったため")
        scene.at_case("storage-developer", "measures/").follow(f"/{fix}/verify/")
        developer.send(who="ストレージ開発", on="1.11", how="telnetが閉じていることを確認")
        grid = scene.at_case("storage-developer", "products/")
        offers = [each for each in grid.page.offers("cells") if each.startswith(f"{MODEL}|")]
        seen = {
            "verification_who": "ストレージ開発",
            "verification_on": MODEL,
            "verification_how": "再現しない",
        }
        page = grid.send(cells=offers, state="fixed", range_form="up_to", range_high="1.10", fixed_in="1.11",
                         fields=words_of(condition=CONDITION) | seen)  # fmt: skip
        page.says("修正済み 2")
        scene.at_case("storage-developer", "measures/").follow(f"/{fix}/ready/")
        developer.send(note="")
    with on("2016-12-06 10:00"):
        scene.at_page("member").send(fields=words_of(summary=UPDATE, advice=UPDATE))
        hand_in(scene)
        scene.at_page("approver").send(to="/approve/", note="")
        scene.at_page("member").follow("/publish/")
        member.send(when="now", fields=words_of(summary=("修正版1.11を公開", "Firmware 1.11 is available")))
    with on("2016-12-06 10:01"):
        read_in("ja").says(UPDATE[0], "1.11")
        read_in("en").says(UPDATE[1], "1.11")


def two_people_let_shipping_resume(scene: Scene) -> None:
    with on("2016-12-15 10:00"):
        scene.at_case("member", "measures/").follow("/resume/")
        scene["member"].send(condition="SRA0023500以降は1.11を書き込んで出荷する。")
        assert stop_of(scene).state != "ended", "asking is not yet resuming"
        assert (
            scene["member"].look(f"/cases/{scene.case}/measures/{stop_of(scene).id}/approve/").status == 403
        )
    with on("2016-12-15 14:00"):
        executive = scene.at_case("executive", "measures/")
        executive.follow("/approve/").says("SRA0023500")
        executive.send(note="The condition is met.")
        assert stop_of(scene).state == "ended"


def its_reach_is_watched(scene: Scene) -> None:
    with on("2017-03-06 10:00"):
        rows = ["unit,product,hardware,version,at"]
        rows += [f"a{number},{MODEL},,1.11,2017-03-0{1 + number % 5}" for number in range(15)]
        rows += [f"b{number},{MODEL},,1.10,2017-03-0{1 + number}" for number in range(5)]
        member = scene["member"]
        member.open("/fleet/")
        member.follow("/fleet/import/")
        member.send(form="csv", source="update server", file=scene.a_file("fleet.csv", rows))
        scene.at_case("member", "reach/").page.says(MODEL, "75.0 %")


def plan(person: Visitor, kind: str, text: dict[str, str], **more: str) -> None:
    person.follow(f"/measures/new/?kind={kind}")
    person.send(kind=kind, targets=[MODEL], fields={**text, **more})


def hand_in(scene: Scene) -> None:
    scene.at_page("member").follow("/submit/")
    scene["member"].send(reason="")


def read_in(language: str) -> Page:
    reader = Visitor(language)
    reader.open(f"/security/{language}/")
    return reader.follow("sample-sa-2016-005.html")
