"""Page, feed and CSAF of the harder advisories: in the loop, attacked, superseded, a notice."""

import msgspec
import pytest

from okiagari.disclose.rules.content import Content, Product, Score, Words
from okiagari.disclose.rules.progress import Stage, progress
from okiagari.disclose.site import csaf_document, pages
from okiagari.disclose.site.entries import Edition, Entry
from okiagari.disclose.site.saying import severity
from okiagari.standards import csaf
from tests.disclose.making import AT, SITE, both, content, entry, flaw, measure, product, release, status

EVERY = {"form": "all"}
AROUND = measure("workaround", "A-1")


def page(said: Content | Entry, language: str = "en") -> str:
    return pages.page_bytes(said if isinstance(said, Entry) else entry(said), SITE, language).decode()


def document(said: Content | Entry) -> dict[str, object]:
    built = csaf_document.document(said if isinstance(said, Entry) else entry(said), SITE, "en").document
    assert [each for each in csaf.validate(built) if each.severity is csaf.Severity.ERROR] == []
    return built


def in_the_loop(**more: object) -> Content:
    """One fixed, one with a workaround and a promise, one still looked into, one fine."""
    return content(
        products=[product(key) for key in ("A-1", "B-2", "C-3", "D-4")],
        statuses=[
            status("A-1", "fixed", range={"form": "before", "high": "1.03"}, fixed_in="1.03"),
            status("B-2", "affected", range=EVERY, planned="2017-12"),
            status("C-3", "investigating"),
            status("D-4", "not_affected", justification="component_not_present"),
        ],
        measures=[measure("workaround", "B-2")],
        **more,
    )


def test_the_headline_says_how_far_it_has_come_and_when_the_next_edition_is_planned() -> None:
    said = page(in_the_loop(next_update="2017-10-20"))
    assert "Under investigation: 3 products decided, 1 still being checked." in said
    assert "Next update planned: 2017-10-20" in said
    assert "調査中：3 製品の調査完了" in page(in_the_loop(), "ja")


def test_beside_a_workaround_it_is_told_when_a_fix_is_planned() -> None:
    assert "A fix is planned for 2017-12." in page(in_the_loop())


def test_each_product_has_one_status_in_the_document_and_never_two() -> None:
    built = document(in_the_loop(next_update="2017-10-20T18:00+09:00"))
    (found,) = built["vulnerabilities"]  # type: ignore[misc]
    named = [each for group in found["product_status"].values() for each in group]
    assert len(named) == len(set(named))
    assert found["product_status"]["under_investigation"] == ["C-3"]
    assert found["product_status"]["known_not_affected"] == ["D-4"]
    assert built["document"]["tracking"]["status"] == "interim"  # type: ignore[index]
    assert "2017-10-20 18:00 JST" in str(built["document"]["notes"])  # type: ignore[index]


@pytest.mark.parametrize(
    ("statuses", "measures", "stage"),
    [
        ([status("A-1", "investigating")], [], Stage.INVESTIGATING),
        (
            [status("A-1", "affected", range=EVERY, planned="2017")],
            [measure("workaround", "A-1")],
            Stage.WORKAROUND,
        ),
        ([status("A-1", "affected", range=EVERY)], [AROUND], Stage.DONE),
        ([status("A-1", "affected", range=EVERY)], [measure("stop_use", "A-1")], Stage.DONE),
        ([status("A-1", "not_affected")], [], Stage.NOT_AFFECTED),
    ],
)
def test_the_stage_follows_from_the_facts(statuses: list, measures: list, stage: Stage) -> None:  # type: ignore[type-arg]
    assert progress(content(statuses=statuses, measures=measures)).stage is stage


def two_flaws(second: object, **more: object) -> Content:
    return content(
        vulnerabilities=[flaw(1), flaw(2, cve="CVE-2015-0002")],
        statuses=[status("A-1", "fixed", range={"form": "before", "high": "1.03"}, fixed_in="1.03"), second],
        **more,
    )


def test_an_update_that_leaves_a_flaw_open_says_so() -> None:
    said = two_flaws(status("A-1", "affected", vulnerability="VUL-2", range=EVERY))
    assert "A further fix is being prepared: CVE-2015-0002" in page(said)
    assert progress(said).stage is Stage.PARTIAL
    first, second = document(said)["vulnerabilities"]  # type: ignore[misc]
    assert [each["category"] for each in first["remediations"]] == ["vendor_fix"]
    assert [each["category"] for each in second["remediations"]] == ["none_available"]


def test_a_flaw_still_looked_into_keeps_a_fixed_product_in_the_loop() -> None:
    said = two_flaws(status("A-1", "investigating", vulnerability="VUL-2"))
    assert "Still being checked: CVE-2015-0002" in page(said)
    assert progress(said).checking == ("A-1",)


def test_flaws_fixed_in_different_releases_name_each_its_own() -> None:
    later = status(
        "A-1", "fixed", vulnerability="VUL-2", range={"form": "before", "high": "1.05"}, fixed_in="1.05"
    )
    said = two_flaws(later, releases=[release("1.03", position=1), release("1.05", position=2)])
    text = page(said)
    assert "Update to 1.05" in text
    assert "Fixed in 1.03" in text
    assert "Fixed in 1.05" in text
    first, second = document(said)["vulnerabilities"]  # type: ignore[misc]
    assert (first["product_status"]["fixed"], second["product_status"]["fixed"]) == (
        ["A-1 1.03"],
        ["A-1 1.05"],
    )


def test_attacks_are_said_on_the_page_and_in_the_document() -> None:
    said = content(vulnerabilities=[flaw(1, exploit="attacked")])
    assert "Attacks that use this have been seen" in page(said)
    (threat,) = document(said)["vulnerabilities"][0]["threats"]  # type: ignore[index]
    assert (threat["category"], threat["product_ids"]) == ("exploit_status", ["A-1 <1.03"])


def test_two_finders_are_both_thanked() -> None:
    said = content(credits=["Sample Finder", "Another Sample"])
    assert "Sample Finder, Another Sample" in page(said)
    names = [each["names"] for each in document(said)["document"]["acknowledgments"]]  # type: ignore[index]
    assert names == [["Sample Finder"], ["Another Sample"]]


def test_a_superseded_advisory_points_to_what_says_it_now() -> None:
    old = entry()
    last = Edition(
        2,
        AT,
        both("置き換え", "Superseded"),
        ("ja", "en"),
        is_withdrawal=True,
        superseded_by="SA-2015-002",
        superseded_pages=(("ja", "ja/sa-2015-002.html"), ("en", "en/sa-2015-002.html")),
    )
    said = Entry(old.content, (*old.editions, last))
    assert '<a href="../en/sa-2015-002.html">SA-2015-002</a>' in page(said)
    built = document(said)
    assert "SA-2015-002" in str(built["document"]["notes"])  # type: ignore[index]
    assert any("sa-2015-002" in each["url"] for each in built["document"]["references"])  # type: ignore[index]


def notice(kind: str, **more: object) -> Content:
    return content(
        kind=kind,
        words=Words(
            title=both("障害", "Incident"), summary=both("調査中です。", "We look."), contact=both("窓口")
        ),
        products=[product("Sample Cloud", kind="service", model="Sample Cloud", line="")],
        vulnerabilities=[],
        statuses=[],
        releases=[],
        **more,
    )


@pytest.mark.parametrize(
    ("kind", "category"),
    [
        ("incident", "csaf_security_incident_response"),
        ("alert", "csaf_security_incident_response"),
        ("notice", "csaf_informational_advisory"),
        ("end_of_support", "csaf_informational_advisory"),
    ],
)
def test_a_notice_without_a_vulnerability_has_the_profile_of_its_kind(kind: str, category: str) -> None:
    assert document(notice(kind, phase="contained"))["document"]["category"] == category  # type: ignore[index]


def test_a_notice_of_an_incident_says_its_phase_and_calls_nothing_unaffected() -> None:
    said = page(notice("incident", phase="contained", next_update="2017-10-20T18:00+09:00"))
    assert "It is contained; we are working on the rest." in said
    assert "Next update planned: 2017-10-20 18:00 JST" in said
    assert "What this notice is about" in said
    assert "Not affected" not in said
    assert document(notice("incident", phase="resolved"))["document"]["tracking"]["status"] == "final"  # type: ignore[index]


def many() -> Content:
    """Two hundred products of eight families, in every state."""
    products: list[Product] = []
    statuses = []
    for number in range(200):
        key = f"M-{number:03}"
        products.append(product(key, family=f"Series {number % 8}", names={}))
        states = ("not_affected", "investigating", "affected", "fixed")
        state = states[number % 4]
        more = {"fixed_in": "1.03"} if state == "fixed" else {}
        statuses.append(status(key, state, range=EVERY if state in states[2:] else {}, **more))
    return content(products=products, statuses=statuses)


def test_two_hundred_products_share_rows_and_stand_by_family() -> None:
    said = page(many())
    assert said.count('<th scope="row">') <= 2, "one row for each different answer"
    assert said.count("Series 0") >= 1
    assert "Under investigation: 150 products decided, 50 still being checked." in said
    for number in range(200):
        assert f"M-{number:03}" in said


def test_a_product_has_its_own_score_before_that_of_all() -> None:
    base = flaw().scores[0]
    own = Score(
        system="cvss",
        version="2.0",
        vector="AV:A/AC:L/Au:N/C:N/I:N/A:P",
        value="3.3",
        severity="low",
        source="own",
        products=["B-2"],
    )
    said = content(
        products=[product("A-1"), product("B-2")],
        vulnerabilities=[flaw(1, scores=[base, own])],
        statuses=[status(key, "affected", range=EVERY) for key in ("A-1", "B-2")],
    )
    scores = document(said)["vulnerabilities"][0]["scores"]  # type: ignore[index]
    assert sorted(each["products"] for each in scores) == [["A-1"], ["B-2"]]
    assert "B-2" in page(said)
    assert severity(said) == base.severity, "A-1 has the score of all"
    spared = [status("A-1", "not_affected"), status("B-2", "affected", range=EVERY)]
    assert severity(msgspec.structs.replace(said, statuses=spared)) == "low", "what is left has its own"
