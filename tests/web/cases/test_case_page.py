"""The case page: what stands on it, for whom, and that it betrays nothing to others."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from okiagari.cases import actions
from okiagari.plumbing import clock
from tests.factories import House, case, text, vulnerability
from tests.web.cases.conftest import Enter

PAGES = ("", "messages/", "timeline/", "edit/", "embargo/", "parties/", "people/", "close/", "reopen/")
DEEDS = (
    "vulnerabilities/new/",
    "messages/new/",
    "evidence/new/",
    "tasks/new/",
    "clocks/new/",
)


def full(house: House) -> tuple[str, dict[str, str]]:
    """A case with one of everything; the numbers of its children."""
    number = case(house.member)
    flaw = vulnerability(house.member, number, cve="CVE-2015-2984")
    at = clock.now() - timedelta(hours=1)
    actions.set_embargo(
        house.member,
        number,
        state="agreed",
        until=clock.now() + timedelta(days=40),
        zone="UTC",
        agreed_with="JPCERT/CC",
    )
    actions.admit(
        house.member, number, kind="organisation", key="integrator", level="see", reason="Builds it in."
    )
    return number, {
        "flaw": flaw,
        "fact": actions.note_fact(
            house.member, flaw, kind="exploit_public", at=at, evidence="https://example.org/x"
        ),
        "task": actions.add_task(house.member, number, title=text("販売部門へ連絡", "Brief sales")),
        "clock": actions.start_clock(
            house.member, number, rule="jpcert_publication", anchor_at=at, anchor_source="REP-26-AAAAA"
        ),
        "waiting": actions.start_clock(
            house.member, number, rule="gdpr_notification", anchor_at=None, anchor_source="leak"
        ),
        "party": actions.add_party(
            house.member, number, role="finder", name="A. Finder", reference="JVN#17964918"
        ),
        "message": actions.communicate(
            house.member, number, audience="jpcert", text="調査中です。", direction="in", subject_line="x"
        ),
        "evidence": actions.add_evidence(house.member, number, name="log.txt", content=b"seen"),
    }


def told(answer: HttpResponse, number: str) -> str:
    """The page without its own number and without the token that is new each time."""
    page = answer.content.decode().replace(number, "")
    return re.sub(r"[A-Za-z0-9]{64}", "", page)


def child_pages(numbers: dict[str, str]) -> list[str]:
    return [
        f"vulnerabilities/{numbers['flaw']}/",
        f"vulnerabilities/{numbers['flaw']}/withdraw/",
        f"vulnerabilities/{numbers['flaw']}/fact/",
        f"facts/{numbers['fact']}/withdraw/",
        f"tasks/{numbers['task']}/",
        f"tasks/{numbers['task']}/drop/",
        f"clocks/{numbers['clock']}/",
        f"clocks/{numbers['waiting']}/",
        f"clocks/{numbers['clock']}/extend/",
        f"clocks/{numbers['clock']}/met/",
        f"clocks/{numbers['clock']}/waive/",
        f"parties/{numbers['party']}/end/",
        f"evidence/{numbers['evidence']}/",
        "people/team/psirt/out/",
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_a_case_opens_for_who_leads_it(house: House, enter: Enter, language: str) -> None:
    number, numbers = full(house)
    browser = enter(house.member, language)
    for page in (*PAGES, *DEEDS, *child_pages(numbers)):
        answer = browser.get(f"/cases/{number}/{page}")
        assert answer.status_code == 200, page


def test_the_overview_says_what_stands_now(house: House, enter: Enter) -> None:
    number, _ = full(house)
    page = enter(house.member).get(f"/cases/{number}/").content.decode()
    for words in (
        "CVE-2015-2984",
        "exploit is public",
        "https://example.org/x",
        "Brief sales",
        "Publication agreed with JPCERT/CC",
        "we become aware of the leak of personal data",
        "JVN#17964918",
        "log.txt",
        "agreed · with JPCERT/CC",
        "UTC",
        'class="o-embargo"',
        'class="o-steps"',
    ):
        assert words in page, words


def test_the_same_page_in_japanese_leaves_no_english_of_this_stage(house: House, enter: Enter) -> None:
    number, _ = full(house)
    page = enter(house.member, "ja").get(f"/cases/{number}/").content.decode()
    for words in ("攻撃コードの公開", "作業", "関係者", "秘密保持", "証拠", "概要"):
        assert words in page, words


def test_the_timeline_says_who_did_what_from_which_door(house: House, enter: Enter) -> None:
    number, _ = full(house)
    page = enter(house.member).get(f"/cases/{number}/timeline/").content.decode()
    assert "Opened the case “無線ルータの脆弱性 (en)” (product)." in page
    assert "Added the task “Brief sales”." in page
    assert "Member" in page
    assert "screen" in page


@pytest.mark.parametrize("who", ["second", "developer", "support", "approver", "executive", "partner"])
def test_who_was_not_let_in_sees_the_same_as_where_nothing_is(house: House, enter: Enter, who: str) -> None:
    number = case(house.member, "漏れてはいけない題")
    flaw = vulnerability(house.member, number)
    task = actions.add_task(house.member, number, title=text("漏れてはいけない作業"))
    mark = actions.start_clock(house.member, number, rule="promise", anchor_at=None, anchor_source="x")
    kept = actions.add_evidence(house.member, number, name="secret.txt", content=b"x")
    browser = enter(getattr(house, who))
    children = [
        f"vulnerabilities/{flaw}/",
        f"tasks/{task}/",
        f"clocks/{mark}/",
        f"evidence/{kept}/",
        "people/person/member/out/",
    ]
    for page in (*PAGES, *DEEDS, *children):
        real = browser.get(f"/cases/{number}/{page}")
        made_up = browser.get(f"/cases/OKI-26-00000/{page}")
        assert (real.status_code, made_up.status_code) == (404, 404), page
        assert told(real, number) == told(made_up, "OKI-26-00000"), page
        assert "漏れ" not in real.content.decode()
    listed = browser.get("/cases/?state=all").content.decode()
    assert number not in listed
    assert "漏れ" not in listed


def test_a_number_of_another_case_opens_nothing_under_this_one(house: House, enter: Enter) -> None:
    number, _ = full(house)
    other = case(house.second, "別件", kinds=("infrastructure",))
    flaw = vulnerability(house.second, other)
    browser = enter(house.member)
    assert browser.get(f"/cases/{number}/vulnerabilities/{flaw}/").status_code == 404


def test_a_partner_sees_outline_and_own_messages_without_the_inside(house: House, enter: Enter) -> None:
    number, numbers = full(house)
    actions.communicate(house.member, number, audience="partner", text="For you.", organisation="integrator")
    browser = enter(house.partner)
    page = browser.get(f"/cases/{number}/").content.decode()
    assert "CVE-2015-2984" in page
    assert 'class="o-embargo"' in page
    for words in (
        "Brief sales",
        "A. Finder",
        "exploit is public",
        "log.txt",
        "/timeline/",
        "o-next",
        "psirt",
    ):
        assert words not in page, words
    talk = browser.get(f"/cases/{number}/messages/").content.decode()
    assert "For you." in talk
    assert "調査中" not in talk
    for closed in (
        "timeline/",
        "people/",
        "parties/",
        f"tasks/{numbers['task']}/",
        f"evidence/{numbers['evidence']}/",
    ):
        assert browser.get(f"/cases/{number}/{closed}").status_code == 404, closed


def test_evidence_is_only_ever_downloaded(house: House, enter: Enter) -> None:
    number = case(house.member)
    kept = actions.add_evidence(house.member, number, name="画面.html", content=b"<script>alert(1)</script>")
    answer = enter(house.member).get(f"/cases/{number}/evidence/{kept}/")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_visitor_is_asked_to_sign_in(case_id: str, client: object) -> None:
    answer = client.get(f"/cases/{case_id}/")  # type: ignore[attr-defined]
    assert answer.status_code == 302
    assert "/account/login" in answer["Location"]


def test_a_closed_case_offers_to_be_reopened(house: House, enter: Enter, case_id: str) -> None:
    actions.close_case(house.member, case_id, reason="No product of ours.")
    page = enter(house.member).get(f"/cases/{case_id}/").content.decode()
    assert "No product of ours." in page
    assert f"/cases/{case_id}/reopen/" in page
    assert f"/cases/{case_id}/edit/" not in page


def test_a_case_page_asks_the_same_number_of_questions_however_full_it_is(house: House, enter: Enter) -> None:
    number, _ = full(house)
    browser = enter(house.member)
    browser.get(f"/cases/{number}/")
    with CaptureQueriesContext(connection) as before:
        assert browser.get(f"/cases/{number}/").status_code == 200
    for _ in range(5):
        flaw = vulnerability(house.member, number, "もう一つ")
        actions.note_fact(
            house.member, flaw, kind="affects_us", at=datetime(2015, 1, 1, tzinfo=UTC), evidence="Log"
        )
        actions.add_task(house.member, number, title=text("作業"), team="router-dev")
        actions.add_party(house.member, number, role="customer", name=f"客{flaw}")
    with CaptureQueriesContext(connection) as after:
        assert browser.get(f"/cases/{number}/").status_code == 200
    assert len(after) == len(before) <= 40
