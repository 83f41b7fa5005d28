"""One curve, its products, the table that says the same, and the files; ending the watch."""

import csv
import io
import re

import pytest

from okiagari.desk import people
from okiagari.fleet.stores import Store
from okiagari.plumbing import clock
from okiagari.reach import actions, queries
from okiagari.triage import actions as triage
from okiagari.triage.actions import CellChange
from tests.disclose.story import Story
from tests.reach.conftest import days
from tests.reach.test_curves import fill
from tests.web.cases.conftest import Enter

pytestmark = pytest.mark.django_db(transaction=True)


def table(page: str) -> list[list[str]]:
    """The first table of the page, as texts."""
    body = page.split('id="reach-units"')[1].split("</table>", maxsplit=1)[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
        for row in rows
    ]


def test_the_picture_and_the_table_say_the_same(published: Story, field: Store, enter: Enter) -> None:
    fill(field)
    with clock.at(days(10)):
        page = enter(published.member).get(f"/cases/{published.case}/reach/").text
    assert "20.0 %" in page
    assert "On 2015-08-28, 30 of 150 units run a fixed version, 15 a vulnerable one" in page
    assert "Of 150 units shipped: NP-BBRS 50 by 2009 (assumed), WN-G54/R2 100 by 2009 (assumed)" in page
    assert table(page)[1:] == [
        ["50", "0", "0.0 %", "5", "0", "0", "0", "45"],
        ["100", "30", "30.0 %", "10", "1", "0", "0", "59"],
        ["150", "30", "20.0 %", "15", "1", "0", "0", "104"],
    ]
    for name in ("Fixed version", "Never seen", "Version not known", "Vulnerable version", "published"):
        assert f">{name}<" in page


def test_the_curve_can_be_drawn_of_the_units_seen(published: Story, field: Store, enter: Enter) -> None:
    fill(field)
    with clock.at(days(10)):
        page = enter(published.member).get(f"/cases/{published.case}/reach/?of=seen").text
    curve = page.split('id="curve"')[1].split("</figure>")[0]
    assert "Of 46 units ever seen; those never seen are left out" in curve
    assert ">Never seen<" not in curve
    assert 'href="?of=seen#curve" aria-current="true"' in curve
    assert "20.0 %" in page, "the figure above stays the one of units shipped"


def test_what_cannot_be_fixed_is_said_plainly(published: Story, enter: Enter) -> None:
    with clock.at(days(1)):
        page = enter(published.member).get(f"/cases/{published.case}/reach/").text
        japanese = enter(published.member, "ja").get(f"/cases/{published.case}/reach/").text
    for words in ("Cannot be fixed", "Owners can only be asked to stop using it.", "Successor: ETX2-RA."):
        assert words in page
    assert "Firmware can no longer be built." in page
    assert "修正不可" in japanese
    assert "ファームウェアを作成できません。" in japanese


def test_an_advisory_has_a_page_of_its_own(published: Story, field: Store, enter: Enter) -> None:
    fill(field)
    browser = enter(published.member)
    with clock.at(days(10)):
        page = browser.get(f"/advisories/{published.advisory}/reach/").text
        assert browser.get("/advisories/ADV-26-00000/reach/").status_code == 404
    assert "20.0 %" in page
    assert f'href="/advisories/{published.advisory}/"' in page
    assert f'href="/cases/{published.case}/reach/"' in page


def test_the_files_hold_every_day_of_every_product(published: Story, field: Store, enter: Enter) -> None:
    fill(field)
    browser = enter(published.member)
    with clock.at(days(10)):
        response = browser.get(f"/cases/{published.case}/reach/reach.csv")
        document = browser.get(f"/advisories/{published.advisory}/reach/reach.json").json()
        assert browser.get(f"/cases/{published.case}/reach/reach.pdf").status_code == 404
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 3 * 25
    assert rows[-1] == {
        "day": "2015-08-28",
        "product": "",
        "fixed": "30",
        "vulnerable": "15",
        "unknown": "1",
        "silent": "0",
        "unseen": "104",
        "units": "150",
        "share": "0.2",
    }
    assert {row["product"] for row in rows} == {"NP-BBRS", "WN-G54/R2", ""}
    assert document["days"][-1]["fixed"] == 30
    assert [product["model"] for product in document["products"]] == ["NP-BBRS", "WN-G54/R2"]


def test_the_watch_is_ended_and_taken_up_again(published: Story, field: Store, enter: Enter) -> None:
    fill(field)
    browser, address = enter(published.member), f"/cases/{published.case}/reach/"
    with clock.at(days(10)):
        assert "20.0 % of the units counted" in browser.get(f"{address}settle/").text
        assert browser.post(f"{address}settle/", {"reason": ""}).status_code == 422
        assert browser.post(f"{address}settle/", {"reason": "x", "version": "1"}).status_code == 412
        assert (
            browser.post(f"{address}settle/", {"reason": "Shops were told."}).headers["Location"] == address
        )
    with clock.at(days(90)):
        page = browser.get(address).text
        assert "The watch over reach has ended (20 %)" in page
        assert "Shops were told." in page
        assert "As of 2015-08-28." in page
        assert "As of 2015-11-16." in browser.get(f"{address}?until=2015-11-16").text
        assert "As of 2015-08-28." in browser.get(f"{address}?until=never").text
        browser.post(f"{address}resume/", {"reason": "A new model."})
        assert queries.of_case(published.member, published.case).settled_at is None


def test_before_anything_is_published_the_page_says_so(drafted: Story, enter: Enter) -> None:
    with clock.at(days(-2)):
        page = enter(drafted.member).get(f"/cases/{drafted.case}/reach/").text
    assert "Nothing was published yet." in page
    assert "/reach/settle/" not in page


def test_a_case_without_affected_products_has_nobody_to_count(drafted: Story, enter: Enter) -> None:
    safe = CellChange("not_affected", justification="vulnerable_code_not_present")
    cells = [(target, drafted.flaw) for target in ("WN-G54/R2", "NP-BBRS")]
    with clock.at(days(-2)):
        triage.decide(drafted.member, drafted.case, cells=cells, change=safe, reason="A false alarm.")
        page = enter(drafted.member).get(f"/cases/{drafted.case}/reach/").text
    assert "No product is affected." in page
    assert "<svg" not in page.split('class="o-columns"')[1].split("<aside")[0]


def test_those_let_in_see_reach_and_only_the_team_ends_the_watch(published: Story, enter: Enter) -> None:
    address = f"/cases/{published.case}/reach/"
    with clock.at(days(1)):
        approver = enter(people.named("approver", published.member.door))
        assert approver.get(address).status_code == 200
        assert "/reach/settle/" not in approver.get(address).text
        assert approver.get(f"{address}settle/").status_code == 403
        for subject in (published.house.second, published.house.auditor, published.house.partner):
            for path in (address, f"{address}settle/", f"{address}reach.csv"):
                assert enter(subject).get(path).status_code in {403, 404}, path
        actions.settle(published.member, published.case, reason="x")


def test_advisories_are_compared_on_a_page_and_in_files(published: Story, field: Store, enter: Enter) -> None:
    fill(field)
    with clock.at(days(40)):
        browser = enter(published.member)
        page = browser.get("/reach/?of=seen").text
        assert "Of the units ever seen" in page
        assert f"/advisories/{published.advisory}/reach/" in page
        assert "There is nothing to compare yet." in browser.get("/reach/?family=nothing").text
        rows = list(csv.reader(io.StringIO(browser.get("/reach/compared.csv?of=seen").text.lstrip("\ufeff"))))
        assert rows[0][7:10] == ["day_7", "day_30", "day_90"]
        assert rows[1][rows[0].index("units")] == "46"
        assert len(browser.get("/reach/compared.json").json()[0]["points"]) == 41
        assert browser.get("/reach/compared.xml").status_code == 404
        assert browser.get(f"/advisories/{published.advisory}/reach/?source=check-in").status_code == 200
