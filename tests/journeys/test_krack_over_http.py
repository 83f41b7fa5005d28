"""A flaw public before any fix, in many products: teams decide their rows, the page grows until all is known.

The evening on which it is read of, with its ten numbers, is played; then everybody sits at the pages.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from okiagari.cases import queries as cases
from okiagari.desk.subjects import SYSTEM
from okiagari.triage import queries as triage
from tests.journeys.scenes import Scene, stands, words_of
from tests.support.people import Page, Visitor, on

CLIENTS = ("CVE-2017-13077", "CVE-2017-13078", "CVE-2017-13080")
"""The three that a device without fast roaming, TDLS and the like can have."""
DEVELOPERS = {
    "camera-developer": ("TS-WRLA", "TS-WRLP"),
    "developer": ("WN-AX1167GR", "WN-G300R", "WN-G300R3", "WN-GDN/R3"),
    "storage-developer": ("WFS-SR02", "HDL-A", "HDL2-A"),
}
ANSWERS = {
    "answer.reach": "nearby",
    "answer.success": "moment",
    "answer.data": "control",
    "answer.others": "none",
    "answer.exposure": "shipped",
}
USE = words_of(assumed_use=("子機として常時使われる。", "In constant use as a client."))
STATUS = ("製品ごとに調査しています。", "We are investigating product by product.")
DONE = ("全製品の調査を終えました。", "The investigation of all products is complete.")
WORDS = words_of(
    summary=STATUS,
    description=("使用中の鍵が再設定されます。", "A key in use can be installed again."),
    impact=("通信を読み取られる可能性があります。", "Traffic may be read."),
    advice=("更新をお願いします。", "Please update."),
    contact=("psirt@maker.example", "psirt@maker.example"),
)
NOT_BUILT_IN = {"justification": "component_not_present"}
WHILE_CONNECTED = ("無線LANで接続している場合のみ", "Only while connected by wireless LAN")


@pytest.mark.once
def test_ten_flaws_in_many_products(empty_house: Path) -> None:
    scene = stands("krack", "2017-10-16 22:46", "ja", until="2017-10-16T22:45")
    scene.speaks |= {"camera-developer": "en", "approver": "en"}
    products_are_chosen_by_a_rule_that_is_kept(scene)
    lines_are_decided_once(scene)
    every_team_judges(scene)
    every_team_decides_its_own_rows(scene)
    the_page_is_out_while_others_still_look(scene)
    cameras_are_fixed(scene)
    the_last_products_are_decided(scene)
    the_page_says_that_all_is_known(scene)
    the_case_is_done(scene)


def products_are_chosen_by_a_rule_that_is_kept(scene: Scene) -> None:
    member = scene["member"]
    with on("2017-10-16 22:50"):
        scene.at_case("member", "products/").follow("/products/choose/")
        member.send(fields={"0.category": "router, camera, storage", "0.sold_since": "2010-01"}).says(
            "ETX2-RA"
        )
        name = words_of(name=("2010年以降の無線LAN製品", "Wireless products since 2010"))
        member.send(button="save", key="wireless-since-2010", fields=name)
        why = {"why.ETX2-RA": "無線LAN機能がない有線ルーターのため"}
        member.send(out=["ETX2-RA"], due_at="2017-11-17T18:00", fields=why)
        chosen = {row.target.key for row in triage.grid(SYSTEM, scene.case).rows}
        assert chosen > {each for own in DEVELOPERS.values() for each in own}
        assert "ETX2-RA" not in chosen


def lines_are_decided_once(scene: Scene) -> None:
    with on("2017-10-16 22:55"):
        scene.at_case("member", "products/").follow("/products/group/")
        scene["member"].send(by="line", value="", targets="").says("ts-wrl", "hdl-a", "wn-gdn-r3")


def every_team_judges(scene: Scene) -> None:
    with on("2017-10-16 23:10"):
        scene.at_case("member", "judgement/").follow("/judgement/ask/")
        teams = ["router-dev", "camera-dev", "storage-dev"]
        scene["member"].send(teams=teams, due_at="2017-10-17T12:00")
    with on("2017-10-17 11:00"):
        for name in DEVELOPERS:
            scene.at_case(name, "judgement/").send(fields={**ANSWERS, **USE})
        scene.at_case("member", "judgement/").send(fields={**ANSWERS, **USE}).says("最終判定")


def every_team_decides_its_own_rows(scene: Scene) -> None:
    with on("2017-10-17 13:30"):
        for name, own in DEVELOPERS.items():
            offered = scene.at_case(name, "products/").page.offers("cells")
            rows = {offer.partition("|")[0] for offer in offered}
            assert rows >= set(own), f"{name} decides these"
            assert not rows & {each for other in DEVELOPERS.values() if other != own for each in other}
        say(scene, "storage-developer", ["@line:hdl-a"], "not_affected", **NOT_BUILT_IN)
        affected = {"range_form": "up_to", "range_high": "1.01.03"} | words_of(condition=WHILE_CONNECTED)
        say(scene, "camera-developer", ["@line:ts-wrl"], "affected", of=CLIENTS, **affected)
        say(scene, "developer", DEVELOPERS["developer"][:3], "investigating")
        standing = triage.grid(SYSTEM, scene.case)
        flaws = numbers(scene)
        assert standing.cell("HDL2-A", flaws["CVE-2017-13082"]).is_inherited
        assert standing.cell("TS-WRLA", flaws["CVE-2017-13077"]).state == "affected"
        assert standing.cell("TS-WRLA", flaws["CVE-2017-13082"]).state == "undecided"


def the_page_is_out_while_others_still_look(scene: Scene) -> None:
    member = scene["member"]
    with on("2017-10-17 14:30"):
        scene.at_case("member", "advisory/").follow("/advisories/new/")
        title = words_of(title=("KRACKに関する調査と対応状況", "KRACK: our investigation and status"))
        member.send(tracking_id="SAMPLE-SA-2017-010", fields=title)
        scene.advisory = member.page.number("ADV")
        member.send(fields=WORDS)
    with on("2017-10-17 16:00"):
        publish(scene, ("公開（調査中）", "First publication"), why="調査中であることを先に公表するため")
    with on("2017-10-17 16:11"):
        read_in("ja").says(STATUS[0])
        read_in("en").says(STATUS[1])
        csaf = document("en")
        statuses = {each["cve"]: each["product_status"] for each in csaf["vulnerabilities"]}
        assert len(statuses) == 10
        assert "WN-G300R3" in str(statuses["CVE-2017-13077"]["under_investigation"])
        assert "TS-WRLA" in str(statuses["CVE-2017-13077"]["known_affected"])


def cameras_are_fixed(scene: Scene) -> None:
    developer = scene["camera-developer"]
    with on("2017-11-07 15:00"):
        developer.open("/lines/ts-wrl/")
        developer.follow("/releases/new/")
        developer.send(text="1.02.00", state="public", date="2017-11-08", url="https://maker.example/1.02.00")
        seen = {
            "verification_who": "Cameras",
            "verification_on": "TS-WRLP",
            "verification_how": "not reproduced",
        }
        fixed = {"range_form": "up_to", "range_high": "1.01.03", "fixed_in": "1.02.00"} | seen
        fixed |= words_of(condition=WHILE_CONNECTED)
        say(scene, "camera-developer", ["@line:ts-wrl"], "fixed", of=CLIENTS, **fixed)
        others = [each for each in numbers(scene) if each not in CLIENTS]
        say(scene, "camera-developer", ["@line:ts-wrl"], "not_affected", of=others, **NOT_BUILT_IN)
        scene.at_case("camera-developer", "measures/").follow("/measures/new/?kind=fix")
        text = words_of(text=("1.02.00に更新してください。", "Update to 1.02.00."))
        own = list(DEVELOPERS["camera-developer"])
        developer.send(kind="fix", targets=own, release="ts-wrl|1.02.00", fields=text)
        developer.follow("/ready/")
        developer.send(note="")


def the_last_products_are_decided(scene: Scene) -> None:
    """The case says of whom it still waits, and moves on by itself when the last team has decided."""
    not_run = {"justification": "vulnerable_code_not_in_execute_path"}
    with on("2017-11-16 15:00"):
        scene.at_case("member").page.says("ルーター開発")
        say(scene, "developer", DEVELOPERS["developer"][:3], "not_affected", **not_run)
        say(scene, "developer", ["@line:wn-gdn-r3"], "not_affected", **not_run)
        say(scene, "storage-developer", ["WFS-SR02"], "not_affected", **not_run)
        states = {cell.state for cell in triage.grid(SYSTEM, scene.case).cells.values()}
        assert states == {"fixed", "not_affected"}


def the_page_says_that_all_is_known(scene: Scene) -> None:
    with on("2017-11-17 11:00"):
        scene.at_page("member").send(fields=words_of(summary=DONE))
        publish(scene, ("全製品の調査を完了", "All products investigated"))
    with on("2017-11-17 11:01"):
        read_in("ja").says(DONE[0], "1.02.00", WHILE_CONNECTED[0])
        read_in("en").says(DONE[1], "1.02.00")
        for flaw in document("en")["vulnerabilities"]:
            assert "under_investigation" not in flaw["product_status"]
        assert [each["number"] for each in document("en")["document"]["tracking"]["revision_history"]] == [
            "1",
            "2",
        ]


def the_case_is_done(scene: Scene) -> None:
    member = scene["member"]
    with on("2018-02-27 10:00"):
        scene.at_case("member", "reach/").follow("/reach/settle/")
        member.send(reason="稼働が確認できる機器の大半が更新されました。")
        scene.at_case("member", "lessons/").follow("/lessons/new/")
        text = words_of(text=("調査範囲の雛形を用意しておく。", "Keep the search rules ready."))
        member.send(area="process", fields=text)
        scene.at_case("member").follow("/close/")
        member.send(reason="すべての段階を終えました。").says("この案件は終了しています")


def numbers(scene: Scene) -> dict[str, str]:
    """Our number of each flaw by its public one."""
    return {each.cve: each.id for each in cases.case(SYSTEM, scene.case).vulnerabilities}


def say(
    scene: Scene, who: str, rows: Sequence[str], state: str, *, of: Sequence[str] = (), **more: str
) -> None:
    """Tick the cells of these rows, those of these flaws or of all, and set them as one."""
    cells = [f"{row}|{flaw}" for cve, flaw in numbers(scene).items() for row in rows if not of or cve in of]
    scene.at_case(who, "products/").send(cells=cells, state=state, fields=more)


def publish(scene: Scene, summary: tuple[str, str], *, why: str = "") -> None:
    """Handed in by one, approved by another, published now."""
    member = scene.at_page("member")
    member.follow("/submit/")
    member.send(reason=why)
    scene.at_page("approver").send(to="/approve/", note="")
    scene.at_page("member").follow("/publish/")
    member.send(when="now", fields=words_of(summary=summary))


def read_in(language: str) -> Page:
    reader = Visitor(language)
    reader.open(f"/security/{language}/")
    return reader.follow("sample-sa-2017-010.html")


def document(language: str) -> Mapping[str, Any]:
    reader = Visitor(language)
    reader.open(f"/security/{language}/sample-sa-2017-010.html")
    found: Mapping[str, Any] = reader.follow("csaf/").json()
    return found
