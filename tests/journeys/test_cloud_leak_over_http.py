"""A service incident as people do it: described, contained, told to the public, told to an authority.

The reports of the afternoon are played; from there on CSIRT and PSIRT sit at the pages, each in its part.
"""

from pathlib import Path

import pytest

from okiagari.cases import queries as cases
from okiagari.desk.subjects import SYSTEM
from tests.journeys.scenes import Scene, stands, words_of
from tests.support.people import Visitor, on

WORDS = words_of(
    summary=(
        "該当機能を停止しています。原因を調査しています。",
        "The function is stopped. We are looking into it.",
    ),
    description=(
        "他のお客様の情報が表示された可能性があります。",
        "Information of others may have been shown.",
    ),
    impact=("該当のお客様には個別にご連絡します。", "Customers concerned will be contacted."),
    advice=("お客様に行っていただく操作はありません。", "There is nothing you need to do."),
    contact=("support@maker.example", "support@maker.example"),
)


@pytest.mark.once
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_first_day_of_a_leak(empty_house: Path, language: str) -> None:
    scene = stands("cloud-leak", "2026-11-26 09:00", language, until="today - 1 days 17:00")
    it_is_described(scene)
    persons_are_counted_and_systems_named(scene)
    it_is_contained(scene)
    traces_are_kept(scene)
    only_its_own_team_sees_the_part(scene)
    a_notice_is_published(scene)
    the_authority_is_told_and_the_clock_met(scene)


def it_is_described(scene: Scene) -> None:
    with on("2026-11-25 17:05"):
        csirt = scene.at_case("csirt", "incident/")
        csirt.follow("/incident/describe/")
        csirt.send(
            occurred_at="2026-11-25T14:10",
            detected_at="2026-11-25T16:20",
            aware_at="2026-11-25T16:50",
            detected_how="お客様からのご連絡",
            personal_data="yes",
            data_aware_at="2026-11-25T16:50",
            unlawful="unknown",
            countries="JP, DE",
            categories="氏名\nメールアドレス",
        ).says("氏名")
        rules = {each.rule for each in cases.clocks(SYSTEM, scene.case)}
        assert {"appi_preliminary", "gdpr_notification"} <= rules, "they started by themselves"


def persons_are_counted_and_systems_named(scene: Scene) -> None:
    csirt = scene["csirt"]
    with on("2026-11-25 17:20"):
        scene.at_case("csirt", "incident/").follow("/incident/count/")
        csirt.send(of="persons", number="3200", certainty="at_most", country="", source="接続数")
        scene.at_case("csirt", "incident/").follow("/incident/systems/")
        page = csirt.send(systems=["SAMPLE-REMOTE", "SAMPLE-REMOTE-API"], state="affected", note="")
        page.says("SAMPLE-REMOTE-API")


def it_is_contained(scene: Scene) -> None:
    csirt = scene["csirt"]
    with on("2026-11-25 18:30"):
        scene.at_case("csirt", "incident/").follow("/incident/contain/")
        how = words_of(how=("機器一覧の機能を停止した。", "The device list was stopped."))
        page = csirt.send(by="クラウド運用担当", at="2026-11-25T18:25", fields=how)
        page.says(how[f"how_{scene.language}"], "18:25")


def traces_are_kept(scene: Scene) -> None:
    """A note of where they lie, by a name under which it is found again."""
    csirt = scene["csirt"]
    with on("2026-11-25 18:35"):
        scene.at_case("csirt").follow("/evidence/new/")
        csirt.send(name="アクセス記録の保全", note="書き込みできない領域に複製した。", part="csirt")
        scene.at_case("csirt").page.says("アクセス記録の保全")


def only_its_own_team_sees_the_part(scene: Scene) -> None:
    """The case is both teams'; what the CSIRT says of the incident is the CSIRT's."""
    with on("2026-11-25 18:40"):
        page = scene.at_case("member").page
        assert page.keeps_quiet_about("クラウド運用担当", "アクセス記録の保全")
        assert scene["support"].look(f"/cases/{scene.case}/incident/").status == 404


def a_notice_is_published(scene: Scene) -> None:
    member = scene["member"]
    with on("2026-11-25 20:00"):
        scene.at_case("member", "advisory/").follow("/advisories/new/")
        title = words_of(title=("一部機能の停止について", "Part of the service is stopped"))
        member.send(kind="notice", tracking_id="SAMPLE-NOTICE-001", fields=title)
        scene.advisory = member.page.number("ADV")
        member.send(phase="contained", fields=WORDS)
        scene.at_page("member").follow("/submit/")
        member.send(reason="")
    with on("2026-11-25 20:50"):
        scene.at_page("approver").send(to="/approve/", note="")
        scene.at_page("member").follow("/publish/")
        member.send(when="now", fields=words_of(summary=("公開", "First publication")))
    with on("2026-11-25 21:00"):
        reader = Visitor(scene.language)
        reader.open(f"/security/{scene.language}/")
        page = reader.follow("sample-notice-001.html")
        scene.reads(page, ja="該当機能を停止しています。", en="The function is stopped.")
        assert page.keeps_quiet_about("CVE-", "3200"), "no vulnerability, and no figure nobody approved"


def the_authority_is_told_and_the_clock_met(scene: Scene) -> None:
    csirt = scene["csirt"]
    with on("2026-11-27 11:00"):
        found = {each.rule: each for each in cases.clocks(SYSTEM, scene.case)}
        scene.at_case("csirt").open(f"/cases/{scene.case}/clocks/{found['appi_preliminary'].id}/")
        csirt.follow("/submit/")
        told = {"to": "個人情報保護委員会", "reference": "見本-速報", "text": "速報します。"}
        csirt.send(channel="portal", language="ja", fields=told)
        after = {each.rule: each.state for each in cases.clocks(SYSTEM, scene.case)}
        assert after["appi_preliminary"] == "met"
        assert after["appi_final"] != "met"
