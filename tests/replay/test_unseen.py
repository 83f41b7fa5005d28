"""Small invented cases, written from the guide alone, do what somebody who writes a case expects of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from okiagari.cases import queries as cases
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import queries as disclose
from okiagari.intake import queries as reports
from okiagari.plumbing import anchors
from okiagari.remedy import queries as remedy
from okiagari.replay import player, reading
from okiagari.replay.outcome import outcome
from okiagari.replay.player import Played
from okiagari.standards.csaf import check
from okiagari.triage import queries as triage
from tests.support.positions import projection
from tests.support.stories import a_world

pytestmark = [pytest.mark.django_db, pytest.mark.once]
UNSEEN = Path(__file__).parent / "unseen"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Path]:
    with a_world(tmp_path):
        yield tmp_path


def play(name: str) -> Played:
    """Played whole; afterwards the ledger verifies."""
    played = player.play(reading.read(UNSEEN / f"{name}.yaml"))
    assert anchors.verify() == ()
    return played


def documents(world: Path) -> dict[str, dict[str, Any]]:
    """Every CSAF document that is out, each valid, by its tracking id."""
    found = [json.loads(path.read_text()) for path in (world / "site" / "current").glob("csaf/20*/*.json")]
    for each in found:
        assert not check.validate(each)
    return {each["document"]["tracking"]["id"]: each for each in found}


def test_two_flaws_of_one_product_are_each_fixed_in_their_own_release(world: Path) -> None:
    played = play("several-fixes")
    (case,) = outcome(played)["cases"]
    fixed = {cell["vulnerability"]: cell["fixed_in"] for cell in case["affectedness"]}
    assert fixed == {"CVE-2026-90001": "1.02", "CVE-2026-90002": "1.03"}
    flaws = {each["cve"]: each for each in documents(world)["SAMPLE-SA-2026-001"]["vulnerabilities"]}
    for cve, release in fixed.items():
        status = flaws[cve]["product_status"]
        assert status["fixed"] == [f"SAMPLE-AP {release}"]
        assert status["known_affected"] == [f"SAMPLE-AP <{release}"]
        (cure,) = [each for each in flaws[cve]["remediations"] if each["category"] == "vendor_fix"]
        assert "1.03" in cure["details"], "owners are told the one release that fixes both"
    assert case["publications"][0]["revisions"][0]["state"] == "published"


def test_two_finders_share_a_case_and_both_are_told_and_thanked(world: Path) -> None:
    played = play("two-finders")
    (case,) = outcome(played)["cases"]
    for name in ("first", "second"):
        view = reports.report(SYSTEM, played.results[name])
        assert [each.id for each in view.cases] == [case["id"]]
        said = " ".join(message.text.texts["ja"] for message in view.messages if message.direction == "out")
        assert "公開しました" in said
    thanks = documents(world)["SAMPLE-SA-2026-002"]["document"]["acknowledgments"]
    names = {name for each in thanks for name in each.get("names", [])}
    assert names == {"見本の発見者 一", "見本の発見者 二"}


def test_two_advisories_of_a_month_stand_side_by_side(world: Path) -> None:
    played = play("two-advisories")
    both = [case["publications"][0] for case in outcome(played)["cases"]]
    assert len({each["advisory"] for each in both}) == 2
    days = [each["revisions"][0]["published_at"][:10] for each in both]
    assert days == ["2026-03-02", "2026-03-16"]
    assert {name.removesuffix("-en") for name in documents(world)} == {each["advisory"] for each in both}
    index = (world / "site" / "current" / "en" / "index.html").read_text()
    assert all(f"{each['advisory'].lower()}.html" in index for each in both)


def test_cases_that_are_one_join_and_what_is_another_parts_from_them(world: Path) -> None:
    played = play("merge-and-split")
    results = played.results
    kept, own = cases.case(SYSTEM, results["kept"]), cases.case(SYSTEM, results["own"])
    assert [each.id for each in kept.vulnerabilities if not each.is_withdrawn] == [results["login"]]
    assert [each.id for each in own.vulnerabilities] == [results["pictures"]]
    both = {each.id for each in reports.report(SYSTEM, results["mail2"]).cases}
    assert {results["kept"], results["own"]} <= both
    assert {row for row, _ in triage.grid(SYSTEM, results["own"]).cells} == {"SAMPLE-CAM"}
    assert cases.case(SYSTEM, results["joined"]).closed_at is not None


def test_an_attack_is_a_fact_a_decision_a_clock_and_a_word_on_the_page(world: Path) -> None:
    played = play("exploited")
    (case,) = outcome(played)["cases"]
    view = cases.case(SYSTEM, case["id"])
    (flaw,) = view.vulnerabilities
    assert [fact.kind for fact in flaw.facts] == ["our_product_attacked"]
    assert view.embargo is None or view.embargo.state == "ended"
    clocks = {clock["rule"]: clock["state"] for clock in case["clocks"]}
    assert clocks["cra_exploited_early_warning"] == "met"
    assert clocks["cra_exploited_notification"] == "met"
    assert clocks["cra_exploited_final"] not in ("met", "waived")
    page = (world / "site" / "current" / "ja" / "sample-sa-2026-009.html").read_text()
    assert "悪用を確認" in page
    document = documents(world)["SAMPLE-SA-2026-009"]
    assert any(each["category"] == "exploit_status" for each in document["vulnerabilities"][0]["threats"])


def test_recalled_stock_is_counted_until_none_is_left(world: Path) -> None:
    played = play("stock")
    measures = {each.kind: each for each in remedy.measures(SYSTEM, played.results["case"])}
    recall = measures["recall"]
    assert {(each.place, each.name): each.units for each in recall.stocks} == {
        ("shop", ""): 120,
        ("distributor", "見本卸"): 300,
    }
    assert all(each.counts[0].done == each.units for each in recall.stocks)
    assert recall.ended_at is not None
    assert measures["shipping_stop"].approved_by.texts["en"] == "Sample Executive"


def test_the_press_gets_the_approved_answer_and_news_becomes_a_report(world: Path) -> None:
    played = play("press")
    (answer,) = cases.answers(SYSTEM, played.results["case"])
    assert answer.asked == 4
    asked, said = played.results["asked"], played.results["said"]
    messages = {each.id: each for each in cases.communications(SYSTEM, played.results["case"])}
    assert messages[said].reply_to == asked
    report = reports.report(SYSTEM, played.results["report"])
    assert report.source == "press"
    assert "別の機種" in report.text


def test_what_is_written_down_of_every_case_is_what_counting_it_anew_gives(world: Path) -> None:
    play("merge-and-split")
    before = projection()
    from okiagari.flow import advance

    advance.rebuild()
    assert projection() == before
    assert disclose.advisories(SYSTEM, offset=0, limit=10).total == 0
