"""The Judgement tab: who judged what, the form with its score, scores of CVSS and SSVC."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from okiagari.cases import actions as cases
from okiagari.plumbing import clock
from okiagari.triage import actions, queries
from tests import factories
from tests.triage.conftest import Matter
from tests.triage.test_judging import HIGH, LOW, SEVERE
from tests.web.triage.conftest import Enter


def page(browser: Client, address: str, **form: object) -> str:
    answer = browser.get(address, form)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def tab(matter: Matter) -> str:
    return f"/cases/{matter.case}/judgement/"


def filled(answers: dict[str, str], **more: str) -> dict[str, str]:
    return {f"answer.{question}": answer for question, answer in answers.items()} | {"stage": "final"} | more


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_form_asks_every_question_in_the_readers_language(
    matter: Matter, house: factories.House, enter: Enter, language: str
) -> None:
    text = page(enter(house.member, language), tab(matter))
    rules = queries.criteria(house.member).rules
    for question in rules.questions:
        assert question.text.exact(language) in text
        for answer in question.answers:
            assert answer.text.exact(language) in text


def test_a_judgement_is_given_by_the_form(matter: Matter, browser: Client) -> None:
    form = filled(HIGH, level="medium", reason="出荷数が少ない", assumed_use_ja="ルータ機能は使われない")
    assert browser.post(tab(matter), form).status_code == 302
    (given,) = queries.judgements(matter.member, matter.case)
    assert (given.level, given.reason) == ("medium", "出荷数が少ない")
    assert given.assumed_use.exact("ja") == "ルータ機能は使われない"


def test_what_is_not_answered_comes_back_with_the_input_kept(matter: Matter, browser: Client) -> None:
    form = filled({"reach": "internet"}, reason="まだ途中", assumed_use_en="Rarely used")
    answer = browser.post(tab(matter), form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count("Not answered yet.") == 4
    assert "まだ途中" in text
    assert "Rarely used" in text
    assert 'name="answer.reach" value="internet" checked' in text
    assert not queries.judgements(matter.member, matter.case)


def test_without_script_the_score_is_shown_by_a_button_and_nothing_is_kept(
    matter: Matter, browser: Client
) -> None:
    answer = browser.post(tab(matter), filled(SEVERE, preview="1"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert ">88</span> / 100" in text
    assert "The executives take part at this score." in text
    assert not queries.judgements(matter.member, matter.case)


def test_with_script_only_the_score_is_fetched(matter: Matter, browser: Client) -> None:
    part = page(browser, f"{tab(matter)}score/", **filled({"reach": "internet", "success": "always"}))
    assert ">50</span> / 100" in part
    assert "3 questions open" in part
    assert "<html" not in part


def test_first_final_and_executive_judgements_stand_side_by_side(
    matter: Matter, house: factories.House, browser: Client
) -> None:
    due = clock.now() + timedelta(hours=4)
    actions.ask_first(matter.member, matter.case, teams=["router-dev"], due_at=due)
    text = page(browser, tab(matter))
    assert "awaited" in text
    actions.judge(house.developer, matter.case, stage="first", answers=LOW)
    actions.judge(matter.member, matter.case, stage="final", answers=SEVERE)
    text = page(browser, tab(matter))
    beside = text[text.index("o-beside") : text.index('id="scores"')]
    assert beside.index("First judgement, ") < beside.index("Final judgement")
    assert "is-critical" in beside


def test_a_developer_of_the_team_asked_gives_the_first_judgement(
    matter: Matter, house: factories.House, enter: Enter
) -> None:
    due = clock.now() + timedelta(hours=4)
    actions.ask_first(matter.member, matter.case, teams=["router-dev"], due_at=due)
    developer = enter(house.developer)
    text = page(developer, tab(matter))
    assert 'name="stage" value="first"' in text
    assert 'value="final"' not in text
    assert developer.post(tab(matter), filled(LOW, stage="first", team="router-dev")).status_code == 302
    (given,) = queries.judgements(matter.member, matter.case)
    assert (given.stage, given.state) == ("first", "given")


def test_teams_are_asked_by_a_form(matter: Matter, browser: Client) -> None:
    address = f"{tab(matter)}ask/"
    assert 'value="router-dev"' in page(browser, address)
    due = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert browser.post(address, {"teams": ["router-dev"], "due_at": due}).status_code == 302
    (asked,) = queries.judgements(matter.member, matter.case)
    assert asked.team == "router-dev"
    assert browser.post(address, {"teams": ["router-dev"], "due_at": "yesterday"}).status_code == 422


def test_a_judgement_is_opened_again_by_a_form(matter: Matter, browser: Client) -> None:
    given = actions.judge(matter.member, matter.case, stage="final", answers=HIGH)
    text = page(browser, tab(matter))
    assert f"{tab(matter)}{given}/reopen/" in text
    form = {"reason": "ルータ機能が広く使われていた"}
    assert browser.post(f"{tab(matter)}{given}/reopen/", form).status_code == 302
    text = page(browser, tab(matter))
    assert "opened again" in text
    assert "ルータ機能が広く使われていた" in text


def test_a_published_vector_of_any_version_is_kept_with_its_source(matter: Matter, browser: Client) -> None:
    address = f"{tab(matter)}scores/{matter.first}/cvss/"
    form = {"vector": "AV:N/AC:L/Au:N/C:N/I:N/A:P", "source": "jvn"}
    assert browser.post(address, form).status_code == 302
    text = page(browser, tab(matter))
    assert "CVSS 2.0" in text
    assert "AV:N/AC:L/Au:N/C:N/I:N/A:P" in text
    assert "Availability" in text


@pytest.mark.parametrize(
    ("version", "values", "score"),
    [
        ("3.1", "AV:N AC:L PR:N UI:N S:U C:H I:H A:H", "9.8"),
        ("4.0", "AV:N AC:L AT:N PR:N UI:N VC:H VI:H VA:H SC:N SI:N SA:N", "9.3"),
    ],
)
def test_the_calculators_score_as_values_are_chosen(
    matter: Matter, browser: Client, version: str, values: str, score: str
) -> None:
    address = f"{tab(matter)}scores/{matter.first}/cvss/"
    chosen = {f"m.{metric}": value for metric, value in (pair.split(":") for pair in values.split())}
    form = {"version": version, "source": "own", **chosen}
    assert f">{score}</span> / 10" in page(browser, address, **form)
    part = browser.get(address, form, headers={"HX-Request": "true"}).content.decode()
    assert f">{score}</span> / 10" in part
    assert "<html" not in part
    assert browser.post(address, form | {"preview": "1"}).status_code == 200
    assert not queries.scores(matter.member, matter.case)
    assert browser.post(address, form).status_code == 302
    (kept,) = queries.scores(matter.member, matter.case)
    assert (kept.version, kept.value) == (version, score)


def test_an_incomplete_calculation_is_refused_with_what_is_missing(matter: Matter, browser: Client) -> None:
    answer = browser.post(f"{tab(matter)}scores/{matter.first}/cvss/", {"m.AV": "N", "source": "own"})
    assert answer.status_code == 422
    assert "AC, PR" in answer.content.decode()


def test_ssvc_is_decided_by_four_answers(matter: Matter, browser: Client) -> None:
    address = f"{tab(matter)}scores/{matter.first}/ssvc/"
    form = {"m.E": "A", "m.U": "S", "m.TI": "T", "m.PSI": "S", "source": "own"}
    assert "Immediate" in page(browser, address, **form)
    assert browser.post(address, form).status_code == 302
    (kept,) = queries.scores(matter.member, matter.case)
    assert kept.value == "immediate"
    assert browser.post(f"{tab(matter)}scores/{kept.id}/drop/", {"reason": "誤り"}).status_code == 302
    assert not queries.scores(matter.member, matter.case)


def test_a_closed_case_offers_nothing(matter: Matter, browser: Client) -> None:
    from okiagari.cases import actions as cases

    cases.close_case(matter.member, matter.case, reason="対応完了")
    text = page(browser, tab(matter))
    assert "Give the judgement" not in text


@pytest.mark.parametrize("role", ["second", "developer", "administrator", "partner", "auditor"])
def test_an_outsider_finds_nothing(matter: Matter, house: factories.House, enter: Enter, role: str) -> None:
    stranger = enter(getattr(house, role))
    addresses = ["", "ask/", "score/", f"scores/{matter.first}/cvss/", f"scores/{matter.first}/ssvc/"]
    for address in addresses:
        mine = stranger.get(tab(matter) + address)
        none = stranger.get(f"/cases/OKI-26-00000/judgement/{address}")
        assert (mine.status_code, none.status_code) == (404, 404), address


def test_the_criteria_are_shown_and_the_next_version_is_adopted(
    browser: Client, house: factories.House
) -> None:
    assert "The shipped starting point" in page(browser, "/criteria/")
    text = page(browser, "/criteria/new/")
    form = {
        name: value
        for name, value in (
            (field.split('"')[0], field.split('value="')[1].split('"')[0])
            for field in text.split(' name="')[1:]
            if 'value="' in field.split(">")[0]
        )
        if name.startswith("q.") or name in {"medium", "high", "severe", "executive"}
    }
    answer = browser.post("/criteria/new/", form | {"high": "60", "next_review": "2027-04"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    view = queries.criteria(house.member)
    assert (view.version, view.rules.high, str(view.next_review)) == (1, 60, "2027-04")
    assert not view.rules.assumed
    wrong = browser.post("/criteria/new/", form | {"high": "10"})
    assert wrong.status_code == 422
    assert "must lie above" in wrong.content.decode()


def test_a_developer_reads_the_criteria_and_adopts_none(house: factories.House, enter: Enter) -> None:
    developer = enter(house.developer)
    assert "Adopt a new version" not in page(developer, "/criteria/")
    assert developer.get("/criteria/new/").status_code == 403


def test_executives_go_on_from_the_final_judgement(
    matter: Matter, house: factories.House, enter: Enter, browser: Client
) -> None:
    cases.admit(house.member, matter.case, kind="team", key="executives", level="see", reason="緊急")
    form = filled(SEVERE, assumed_use_en="Shipped settings")
    assert browser.post(tab(matter), form).status_code == 302
    text = page(enter(house.executive), tab(matter))
    for question, answer in SEVERE.items():
        assert f'name="answer.{question}" value="{answer}" checked' in text
    assert "Shipped settings</textarea>" in text
