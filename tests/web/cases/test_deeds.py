"""Every deed through its form: it does what it says, and what is refused comes back with the input kept."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okiagari.cases import actions, queries
from okiagari.plumbing import clock
from tests.factories import House, text, vulnerability
from tests.web.cases.conftest import Enter


@pytest.fixture
def browser(house: House, enter: Enter) -> Client:
    return enter(house.member)


def soon(days: int = 30) -> str:
    return (clock.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def test_a_case_is_opened_by_its_form(house: House, browser: Client) -> None:
    answer = browser.post(
        "/cases/new/", {"title_en": "A hole", "title_ja": "穴", "kinds": ["product", "service"]}
    )
    assert answer.status_code == 302
    number = answer["Location"].strip("/").split("/")[-1]
    view = queries.case(house.member, number)
    assert (view.title.exact("ja"), view.kinds) == ("穴", ("product", "service"))


def test_a_case_without_title_or_kind_comes_back_as_typed(browser: Client) -> None:
    answer = browser.post("/cases/new/", {"title_en": "", "summary_en": "Two sentences.", "kinds": []})
    assert answer.status_code == 422
    assert "Two sentences." in answer.content.decode()
    assert answer.content.decode().count("is-wrong") == 2


def test_who_may_not_open_a_case_gets_no_form(house: House, enter: Enter) -> None:
    assert enter(house.support).get("/cases/new/").status_code == 403


def test_a_description_is_saved_with_its_version(house: House, browser: Client, case_id: str) -> None:
    form = {"version": "1", "title_en": "New", "title_ja": "新", "kinds": ["product"], "summary_en": "What."}
    assert browser.post(f"/cases/{case_id}/edit/", form).status_code == 302
    view = queries.case(house.member, case_id)
    assert (view.title.exact("en"), view.summary.exact("en"), view.version) == ("New", "What.", 2)


def test_a_conflict_keeps_the_input_shows_what_stands_and_saves_over_it_on_purpose(
    house: House, browser: Client, case_id: str
) -> None:
    actions.describe(house.member, case_id, title=text("彼らの題", "Theirs"))
    form = {"version": "1", "title_en": "Mine", "title_ja": "私の題", "kinds": ["product"]}
    answer = browser.post(f"/cases/{case_id}/edit/", form)
    page = answer.content.decode()
    assert answer.status_code == 412
    assert 'value="Mine"' in page
    assert "Theirs" in page
    assert "Somebody else has changed this" in page
    assert '<button type="submit" class="o-button is-primary" name="version" value="2">' in page
    assert queries.case(house.member, case_id).title.exact("en") == "Theirs"
    assert browser.post(f"/cases/{case_id}/edit/", {**form, "version": ["1", "2"]}).status_code == 302
    assert queries.case(house.member, case_id).title.exact("en") == "Mine"


def test_another_kind_without_a_reason_is_said_at_the_reason(
    house: House, browser: Client, case_id: str
) -> None:
    form = {"version": "1", "title_en": "x", "title_ja": "x", "kinds": ["service"], "reason": ""}
    answer = browser.post(f"/cases/{case_id}/edit/", form)
    assert answer.status_code == 422
    assert "This needs a reason." in answer.content.decode()
    assert queries.case(house.member, case_id).kinds == ("product",)


def test_an_embargo_is_agreed_in_the_zone_it_was_agreed_in(
    house: House, browser: Client, case_id: str
) -> None:
    form = {"state": "agreed", "until": soon(), "zone": "America/New_York", "agreed_with": "A coordinator"}
    assert browser.post(f"/cases/{case_id}/embargo/", {**form, "agreed_with": ""}).status_code == 422
    assert browser.post(f"/cases/{case_id}/embargo/", form).status_code == 302
    embargo = queries.case(house.member, case_id).embargo
    assert embargo is not None
    assert embargo.until is not None
    assert (embargo.zone, embargo.until.utcoffset()) == ("America/New_York", timedelta(0))
    assert embargo.until.minute == int(form["until"][-2:])


def test_a_wrong_instant_is_said_at_its_field(browser: Client, case_id: str) -> None:
    form = {"state": "proposed", "until": "soon", "zone": "UTC"}
    answer = browser.post(f"/cases/{case_id}/embargo/", form)
    assert answer.status_code == 422
    assert "is not a date with a time" in answer.content.decode()
    assert 'value="soon"' in answer.content.decode()


def test_a_vulnerability_is_added_changed_and_withdrawn(house: House, browser: Client, case_id: str) -> None:
    form = {"title_en": "Overflow", "title_ja": "溢れ", "cve": "cve-2015-1", "cwe": "120"}
    answer = browser.post(f"/cases/{case_id}/vulnerabilities/new/", form)
    assert answer.status_code == 422
    assert "is not a CVE number" in answer.content.decode()
    form["cve"] = "CVE-2015-2984"
    assert browser.post(f"/cases/{case_id}/vulnerabilities/new/", form).status_code == 302
    flaw = queries.case(house.member, case_id).vulnerabilities[0]
    address = f"/cases/{case_id}/vulnerabilities/{flaw.id}/"
    changed = {**form, "impact_en": "Any code runs.", "version": "2"}
    assert browser.post(address, {**changed, "version": "1"}).status_code == 412
    assert browser.post(address, changed).status_code == 302
    assert queries.case(house.member, case_id).vulnerabilities[0].impact.exact("en") == "Any code runs."
    assert browser.post(f"{address}withdraw/", {"reason": "No flaw.", "version": "3"}).status_code == 302
    assert queries.case(house.member, case_id).vulnerabilities[0].is_withdrawn


def test_a_fact_under_embargo_says_that_the_embargo_stays(
    house: House, browser: Client, case_id: str
) -> None:
    flaw = vulnerability(house.member, case_id)
    actions.set_embargo(house.member, case_id, state="proposed", until=None, zone="Asia/Tokyo")
    address = f"/cases/{case_id}/vulnerabilities/{flaw}/fact/"
    assert "The embargo stays." in browser.get(address).content.decode()
    form = {"kind": "our_product_attacked", "at": "2015-06-01T10:00", "evidence": "Sensor"}
    assert browser.post(address, form).status_code == 302
    (task,) = (each for each in queries.tasks(house.member, case_id) if "follows" in each.title.best("en"))
    fact = queries.case(house.member, case_id).vulnerabilities[0].facts[0]
    assert fact.at.isoformat() == "2015-06-01T01:00:00+00:00"
    ticked = browser.post(f"/cases/{case_id}/tasks/{task.id}/", {"outcome": "We keep the date."})
    assert "embargo/decide/" in ticked["Location"], "ticking it off decides nothing"
    assert {each.id: each.state for each in queries.tasks(house.member, case_id)}[task.id] == "open"
    decision = {"choice": "keep", "reason": "We keep the date.", "until": "", "agreed_with": ""}
    assert browser.post(f"/cases/{case_id}/embargo/decide/", decision).status_code == 302
    assert {each.id: each.state for each in queries.tasks(house.member, case_id)}[task.id] == "done"
    assert (
        browser.post(f"/cases/{case_id}/facts/{fact.id}/withdraw/", {"reason": "Not ours."}).status_code
        == 302
    )


def test_a_telling_subject_line_under_embargo_comes_back(house: House, browser: Client, case_id: str) -> None:
    actions.set_embargo(house.member, case_id, state="proposed", until=None, zone="Asia/Tokyo")
    form = {
        "direction": "out",
        "audience": "sales",
        "channel": "mail",
        "language": "ja",
        "text": "出荷を止めてください。",
        "subject_line": "NP-BBRS 出荷停止",
    }
    answer = browser.post(f"/cases/{case_id}/messages/new/", form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "must not say" in page
    assert "出荷を止めてください。" in page
    assert browser.post(f"/cases/{case_id}/messages/new/", {**form, "subject_line": ""}).status_code == 302
    assert queries.communications(house.member, case_id)[0].subject_line == f"[{case_id}]"


def test_an_answer_stands_with_what_it_answers(house: House, browser: Client, case_id: str) -> None:
    asked = actions.communicate(house.member, case_id, audience="press", text="?", direction="in")
    form = {"direction": "out", "audience": "press", "channel": "mail", "language": "ja", "text": "!"}
    assert browser.post(f"/cases/{case_id}/messages/new/?reply_to={asked}", form).status_code == 302
    assert queries.communications(house.member, case_id)[0].reply_to == asked


def test_a_task_is_added_and_dropped(house: House, browser: Client, case_id: str) -> None:
    form = {"title_en": "Count", "title_ja": "数える", "team": "support", "due_at": soon(2)}
    assert browser.post(f"/cases/{case_id}/tasks/new/", form).status_code == 302
    (task,) = queries.tasks(house.member, case_id)
    assert task.team is not None
    assert task.team.key == "support"
    assert browser.post(f"/cases/{case_id}/tasks/{task.id}/drop/", {"reason": "Known."}).status_code == 302
    again = browser.post(f"/cases/{case_id}/tasks/{task.id}/", {"outcome": "x"})
    assert again.status_code == 409
    assert "already over" in again.content.decode()


def test_a_clock_is_started_moved_and_met(house: House, browser: Client, case_id: str) -> None:
    form = {"rule": "jpcert_publication", "anchor_at": "2015-04-01T11:00", "anchor_source": "REP-1"}
    assert browser.post(f"/cases/{case_id}/clocks/new/", form).status_code == 302
    (mark,) = queries.clocks(house.member, case_id)
    address = f"/cases/{case_id}/clocks/{mark.id}/"
    moved = {
        "until": "2015-08-18T10:00",
        "agreed_with": "JPCERT/CC",
        "reason": "Two products.",
        "version": "2",
    }
    assert browser.post(f"{address}extend/", {**moved, "agreed_with": ""}).status_code == 422
    assert browser.post(f"{address}extend/", {**moved, "version": "1"}).status_code == 412
    assert browser.post(f"{address}extend/", moved).status_code == 302
    assert "Two products." in browser.get(address).content.decode()
    assert browser.post(f"{address}met/", {"by": "Advisory"}).status_code == 302
    assert queries.clocks(house.member, case_id)[0].state == "met_late"
    assert browser.post(f"{address}waive/", {"reason": "x"}).status_code == 409


def test_parties_and_people_are_named_and_let_in(house: House, browser: Client, case_id: str) -> None:
    assert browser.post(f"/cases/{case_id}/parties/", {"role": "finder", "name": "F"}).status_code == 302
    assert browser.post(f"/cases/{case_id}/parties/", {"role": "finder", "name": ""}).status_code == 422
    (party,) = queries.parties(house.member, case_id)
    assert browser.post(f"/cases/{case_id}/parties/{party.id}/end/", {"reason": "Gone."}).status_code == 302
    form = {"who": "team:router-dev", "level": "see", "reason": "Their product."}
    assert browser.post(f"/cases/{case_id}/people/", form).status_code == 302
    assert queries.case(house.developer, case_id).id == case_id
    out = f"/cases/{case_id}/people/team/router-dev/out/"
    assert browser.post(out, {"reason": "Not theirs."}).status_code == 302
    assert len(queries.people_in(house.member, case_id)) == 2


def test_a_file_is_kept_and_an_empty_form_is_not(house: House, browser: Client, case_id: str) -> None:
    address = f"/cases/{case_id}/evidence/new/"
    assert browser.post(address, {"note": ""}).status_code == 422
    file = SimpleUploadedFile("log.txt", b"seen")
    assert browser.post(address, {"file": file, "note": "From the device."}).status_code == 302
    (kept,) = queries.evidence(house.member, case_id)
    assert (kept.name, kept.note, kept.size) == ("log.txt", "From the device.", 4)


def test_a_case_is_closed_and_reopened(house: House, browser: Client, case_id: str) -> None:
    assert browser.post(f"/cases/{case_id}/close/", {"reason": "Over.", "version": "1"}).status_code == 302
    assert browser.post(f"/cases/{case_id}/close/", {"reason": "Over."}).status_code == 409
    assert browser.post(f"/cases/{case_id}/reopen/", {"reason": "Not over."}).status_code == 302
    assert queries.case(house.member, case_id).is_open


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("edit/", {"title_ja": "x", "title_en": "x", "kinds": ["product"]}),
        ("embargo/", {"state": "proposed", "zone": "UTC"}),
        ("close/", {"reason": "x"}),
        ("people/", {"who": "team:support", "level": "see", "reason": "x"}),
        ("vulnerabilities/new/", {"title_ja": "x", "title_en": "x"}),
    ],
)
def test_somebody_let_in_to_see_does_no_deed_of_the_team(
    house: House, enter: Enter, case_id: str, page: str, form: dict[str, object]
) -> None:
    actions.admit(house.member, case_id, kind="team", key="router-dev", level="see", reason="Their product.")
    before = queries.case(house.member, case_id)
    assert enter(house.developer).post(f"/cases/{case_id}/{page}", form).status_code == 403
    assert queries.case(house.member, case_id) == before
