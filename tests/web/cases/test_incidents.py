"""Incidents and clocks in the browser: the whole first day of a leak, and who sees what of it."""

from datetime import UTC, datetime, timedelta

import pytest

from okiagari.cases import actions, queries
from okiagari.cases.queries import ClockView
from okiagari.catalog import actions as catalog
from okiagari.desk.subjects import SYSTEM, Role, Subject
from okiagari.plumbing import clock
from tests import factories
from tests.factories import House, text
from tests.web.cases.conftest import Enter

NOW = datetime(2026, 11, 10, 3, tzinfo=UTC)


@pytest.fixture
def csirt(house: House) -> Subject:
    return factories.person("csirt-only", Role.MEMBER, teams=("csirt",))


@pytest.fixture
def leak(house: House, csirt: Subject) -> str:
    return actions.open_case(csirt, title=text("クラウドからの漏えい"), kinds=["service"])


def clock_of(who: Subject, case_id: str, rule: str) -> ClockView:
    return next(each for each in queries.clocks(who, case_id) if each.rule == rule)


def test_the_first_day_of_a_leak_is_written_down_page_by_page(
    house: House, csirt: Subject, leak: str, enter: Enter
) -> None:
    catalog.import_catalogue(SYSTEM, {"products": [{"model": "cloud-1", "kind": "service"}]})
    browser, base = enter(csirt), f"/cases/{leak}/incident/"
    with clock.at(NOW):
        page = browser.get(base).content.decode()
        assert "Describe the incident" in page
        typed = {
            "occurred_at": "2026-11-08T09:00",
            "detected_at": "2026-11-10T09:00",
            "aware_at": "2026-11-10T10:00",
            "detected_how": "An alarm of the cloud",
            "personal_data": "yes",
            "unlawful": "yes",
            "countries": "JP",
            "categories": "mail addresses\nnames",
        }
        assert browser.post(base + "describe/", typed).status_code == 302
        assert (
            browser.post(
                base + "contain/", {"how_en": "Keys revoked", "how_ja": "鍵を無効化", "by": "Ops"}
            ).status_code
            == 302
        )
        assert (
            browser.post(
                base + "count/", {"of": "persons", "number": "1200", "certainty": "estimated"}
            ).status_code
            == 302
        )
        assert (
            browser.post(base + "systems/", {"systems": ["cloud-1"], "state": "affected"}).status_code == 302
        )
        assert browser.post(base + "severity/", {"severe": "0", "reason": "No product."}).status_code == 302
        assert browser.post(base + "restore/", {"note": "back"}).status_code == 302
        page = browser.get(base).content.decode()
    for word in ("Keys revoked", "1,200", "estimated", "cloud-1", "mail addresses, names", "60 days"):
        assert word in page, word
    assert "does not apply" in page


def test_what_is_wrong_is_said_at_its_field(csirt: Subject, leak: str, enter: Enter) -> None:
    browser, base = enter(csirt), f"/cases/{leak}/incident/"
    answered = browser.post(base + "describe/", {"personal_data": "yes"})
    assert answered.status_code == 422
    assert answered.context["form"].errors["data_aware_at"]
    answered = browser.post(base + "contain/", {"how_en": "", "how_ja": "", "by": "Ops"})
    assert answered.status_code == 422


def test_the_other_team_finds_no_incident_at_any_address(
    house: House, csirt: Subject, leak: str, enter: Enter
) -> None:
    actions.describe_incident(csirt, leak, detected_how="SECRETLOG")
    browser = enter(house.member)
    case = browser.get(f"/cases/{leak}/").content.decode()
    assert "/incident/" not in case.replace(f'href="/cases/{leak}/incident/"', "") or "SECRETLOG" not in case
    for path in ("", "describe/", "contain/", "count/", "restore/", "systems/", "severity/", "break-out/"):
        assert browser.get(f"/cases/{leak}/incident/{path}").status_code == 404, path
        assert browser.post(f"/cases/{leak}/incident/{path}", {}).status_code in {404, 405}, path


def test_a_submission_meets_its_clock_and_is_kept(csirt: Subject, leak: str, enter: Enter) -> None:
    browser = enter(csirt)
    with clock.at(NOW):
        actions.describe_incident(csirt, leak, aware_at=NOW, personal_data="yes", countries=["JP"])
        mark = clock_of(csirt, leak, "appi_preliminary")
        base = f"/cases/{leak}/clocks/{mark.id}/"
        page = browser.get(base).content.decode()
        assert "Personal Information Protection Commission" in page
        typed = {"text": "速報", "to": "PPC", "reference": "P-1", "channel": "portal", "language": "ja"}
        assert browser.post(base + "submit/", typed).status_code == 302
        page = browser.get(base).content.decode()
    assert "PPC · P-1" in page
    assert "速報" in browser.get(f"/cases/{leak}/messages/").content.decode()


def test_an_attack_is_confirmed_by_name_and_its_clock_corrected(
    house: House, case_id: str, enter: Enter
) -> None:
    browser = enter(house.member)
    with clock.at(NOW):
        flaw = factories.vulnerability(house.member, case_id)
        fact = actions.note_fact(
            house.member, flaw, kind="our_product_attacked", at=NOW - timedelta(hours=3), evidence="log"
        )
        assert "nobody has decided" in browser.get(f"/cases/{case_id}/").content.decode()
        path = f"/cases/{case_id}/facts/{fact}/confirm/"
        assert browser.post(path, {"reliable": "1", "reason": ""}).status_code == 422
        assert browser.post(path, {"reliable": "1", "reason": "Own sensor"}).status_code == 302
        (mark,) = (
            each
            for each in queries.clocks(house.member, case_id)
            if each.rule == "cra_exploited_early_warning"
        )
        base = f"/cases/{case_id}/clocks/{mark.id}/"
        assert "through whom we are present" in browser.get(base).content.decode()
        actions.put_seat(house.member, "importer", country="DE")
        assert "DE" in browser.get(base).content.decode()
        assert (
            browser.post(
                base + "correct/", {"at": "2026-11-10T11:00", "reason": "The sensor saw it earlier."}
            ).status_code
            == 302
        )
        assert "The sensor saw it earlier." in browser.get(base).content.decode()
        final = clock_of(house.member, case_id, "cra_exploited_final")
        run = f"/cases/{case_id}/clocks/{final.id}/run/"
        assert (
            browser.post(run, {"at": "2026-11-10T12:00", "evidence": "Workaround on the site"}).status_code
            == 302
        )


def test_all_clocks_stand_on_one_page_and_in_a_calendar(
    house: House, csirt: Subject, leak: str, case_id: str, enter: Enter
) -> None:
    soon = clock.now() + timedelta(days=1)
    actions.start_clock(
        house.member, case_id, rule="promise", anchor_at=soon, anchor_source="s", label=text("OURPROMISE")
    )
    actions.start_clock(
        csirt, leak, rule="gdpr_notification", anchor_at=clock.now(), anchor_source="s", part="csirt"
    )
    browser = enter(house.member)
    page = browser.get("/clocks/").content.decode()
    assert "OURPROMISE" in page
    assert leak not in page
    shown = browser.post("/clocks/calendar/", follow=True).content.decode()
    address = shown.partition('id="feed">')[2].partition("<")[0]
    assert address not in browser.get("/clocks/rules/").content.decode()
    stranger = enter(house.support)
    stranger.logout()
    answered = stranger.get(address.removeprefix("http://testserver"))
    assert answered["Content-Type"].startswith("text/calendar")
    body = answered.content.decode()
    assert case_id in body
    assert "OURPROMISE" not in body
    assert leak not in body
    assert stranger.get("/clocks/calendar/oki_wrong.ics").status_code == 404


def test_under_embargo_the_calendar_says_no_more_than_the_number(
    house: House, case_id: str, enter: Enter
) -> None:
    now = clock.now()
    actions.start_clock(
        house.member, case_id, rule="cra_exploited_notification", anchor_at=now, anchor_source="s"
    )
    assert queries.feed(house.member)[0].title
    actions.set_embargo(
        house.member, case_id, state="agreed", until=now + timedelta(days=9), zone="UTC", agreed_with="J"
    )
    assert {each.title for each in queries.feed(house.member)} == {""}


def test_a_clock_of_our_own_is_made_changed_and_retired(house: House, enter: Enter) -> None:
    browser = enter(house.member)
    typed = {
        "key": "contract-a",
        "name_en": "Contract A",
        "name_ja": "契約A",
        "anchor": "case_opened",
        "count": "3",
        "unit": "working_days",
        "source": "Clause 12",
    }
    assert browser.post("/clocks/rules/new/", typed).status_code == 302
    assert "Contract A" in browser.get("/clocks/rules/").content.decode()
    assert browser.post("/clocks/rules/contract-a/", {**typed, "count": "5"}).status_code == 302
    assert queries.own_rules(house.member)[0].count == 5
    assert browser.post("/clocks/rules/contract-a/retire/", {"reason": "over"}).status_code == 302
    assert queries.own_rules(house.member) == ()
    assert browser.post("/clocks/rules/new/", {**typed, "key": "A B"}).status_code == 422
    assert browser.post("/clocks/seats/", {"basis": "users", "country": "JP"}).status_code == 422
    assert enter(house.support).get("/clocks/rules/new/").status_code == 403


def test_an_infrastructure_incident_has_no_reach_and_a_product_no_containment(
    house: House, csirt: Subject, case_id: str, enter: Enter
) -> None:
    own = actions.open_case(csirt, title=text("社内の感染"), kinds=["infrastructure"])
    page = enter(csirt).get(f"/cases/{own}/").content.decode()
    assert f"/cases/{own}/incident/" in page
    assert f"/cases/{own}/reach/" not in page
    assert "Containment" in page
    product = enter(house.member).get(f"/cases/{case_id}/").content.decode()
    assert f"/cases/{case_id}/reach/" in product
    assert "Containment" not in product


def test_somebody_is_let_into_what_one_team_keeps_to_itself_and_out_again(
    house: House, csirt: Subject, leak: str, enter: Enter
) -> None:
    browser, page = enter(csirt), f"/cases/{leak}/people/"
    helper = factories.person("helper", Role.MEMBER)
    typed = {"who": "person:helper", "level": "see", "reason": "Reads the logs"}
    assert browser.post(page, {**typed, "part": "csirt"}).status_code == 422, "not in the case yet"
    assert browser.post(page, typed).status_code == 302
    actions.add_task(csirt, leak, title=text("SECRETLOG"), part="csirt")
    assert "SECRETLOG" not in repr(queries.tasks(helper, leak))
    assert "psirt" not in str(browser.get(page).context["form"].fields["part"].choices)
    assert browser.post(page, {**typed, "part": "csirt"}).status_code == 302
    assert "SECRETLOG" in repr(queries.tasks(helper, leak))
    shown = browser.get(page).content.decode()
    out = f"{page}person/helper/out/?part=csirt"
    assert out in shown
    assert browser.post(out, {"reason": "Done"}).status_code == 302
    assert "SECRETLOG" not in repr(queries.tasks(helper, leak))
    assert queries.case(helper, leak).id == leak, "still in the case"
