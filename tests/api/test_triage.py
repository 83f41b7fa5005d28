"""Triage over the API: criteria, judgements, scores, and the grid with ETag and Idempotency-Key."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from okiagari.desk import people
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.triage import actions, queries
from tests import factories
from tests.triage.conftest import CATALOGUE, Matter
from tests.triage.test_judging import HIGH, LOW

Caller = Callable[..., Client]


@pytest.fixture
def house(db: None) -> factories.House:
    house = factories.house()
    factories.catalogue(CATALOGUE)
    return house


@pytest.fixture
def matter(house: factories.House) -> Matter:
    case = factories.case(house.member)
    first = factories.vulnerability(house.member, case, "SSDPリフレクション", cve="CVE-2015-2984")
    second = factories.vulnerability(house.member, case, "別の問題")
    actions.freeze_rows(house.member, case, rule={"team": "router-dev"})
    return Matter(house.member, case, first, second)


@pytest.fixture
def caller() -> Caller:
    """A program with a token of somebody."""

    def caller(subject: Subject, *verbs: str) -> Client:
        _, secret = people.make_token(subject, label="test", verbs=verbs)
        return Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})

    return caller


@pytest.fixture
def program(matter: Matter, caller: Caller) -> Client:
    return caller(matter.member)


def send(program: Client, method: str, path: str, body: object = None, **headers: str) -> Any:
    return program.generic(
        method.upper(),
        f"/api/v1{path}",
        json.dumps(body or {}),
        content_type="application/json",
        headers=headers,
    )


def get(program: Client, path: str, **query: str) -> Any:
    answer = program.get(f"/api/v1{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def all_cells(matter: Matter, *targets: str) -> list[dict[str, str]]:
    return [{"target": target, "vulnerability": matter.first} for target in targets]


def test_criteria_are_handed_out_in_the_form_in_which_they_are_taken(program: Client) -> None:
    shipped = get(program, "/criteria")
    assert shipped["version"] == 0
    shipped["content"]["thresholds"]["high"] = 60
    made = send(program, "post", "/criteria", {"content": shipped["content"], "next_review": "2027-04"})
    assert (made.status_code, made.json()["version"], made["ETag"]) == (201, 1, '"v1"')
    assert get(program, "/criteria")["next_review"] == "2027-04"
    assert len(get(program, "/criteria/versions")["items"]) == 1
    del shipped["content"]["questions"][0]["text"]["en"]
    wrong = send(program, "post", "/criteria", {"content": shipped["content"]})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "triage.criteria_no_words")
    assert wrong.json()["field"] == "questions.reach.text"


def test_a_case_is_judged_and_opened_again(program: Client, matter: Matter) -> None:
    body = {"stage": "final", "answers": HIGH, "assumed_use": {"ja": "ルータ機能は使われない"}}
    given = send(program, "post", f"/cases/{matter.case}/judgements", body)
    assert (given.status_code, given.json()["level"], given.json()["score"]) == (201, "high", 75)
    assert given.json()["assumed_use"] == {"ja": "ルータ機能は使われない"}
    deviating = body | {"level": "low"}
    refused = send(program, "post", f"/cases/{matter.case}/judgements", deviating)
    assert (refused.status_code, refused.json()["field"]) == (422, "reason")
    listed = get(program, f"/cases/{matter.case}/judgements")
    assert (listed["level"], len(listed["items"])) == ("high", 1)
    again = send(program, "post", f"/judgements/{given.json()['id']}/reopen", {"reason": "想定が違った"})
    assert again.status_code == 200
    assert get(program, f"/cases/{matter.case}/judgements")["level"] is None


def test_teams_are_asked_and_answer(
    program: Client, matter: Matter, house: factories.House, caller: Caller
) -> None:
    body = {"teams": ["router-dev"], "due_at": (clock.now() + timedelta(hours=8)).isoformat()}
    asked = send(program, "post", f"/cases/{matter.case}/judgements/ask", body)
    assert [each["state"] for each in asked.json()["items"]] == ["asked"]
    developer = caller(house.developer)
    given = send(developer, "post", f"/cases/{matter.case}/judgements", {"stage": "first", "answers": LOW})
    assert given.json()["team"] == "router-dev"


def test_scores_are_put_listed_and_taken_away(program: Client, matter: Matter) -> None:
    vector = {"vector": "AV:N/AC:L/Au:N/C:N/I:N/A:P", "source": "jvn"}
    made = send(program, "post", f"/vulnerabilities/{matter.first}/scores", vector)
    assert made.status_code == 201
    points = {"points": {"E": "A", "U": "S", "TI": "T", "PSI": "M"}}
    assert send(program, "post", f"/vulnerabilities/{matter.first}/ssvc", points).status_code == 201
    found = get(program, f"/cases/{matter.case}/scores")["items"]
    assert [(each["system"], each["value"]) for each in found] == [("cvss", "5.0"), ("ssvc", "immediate")]
    assert send(program, "delete", f"/scores/{made.json()['id']}").status_code == 200
    assert len(get(program, f"/cases/{matter.case}/scores")["items"]) == 1


def test_the_grid_is_read_with_its_own_etag_and_holds_no_inner_keys(program: Client, matter: Matter) -> None:
    answer = program.get(f"/api/v1/cases/{matter.case}/grid")
    assert answer["ETag"] == f'"v{queries.grid(matter.member, matter.case).version}"'
    body = answer.json()
    assert [row["target"] for row in body["rows"]] == ["ETX2-RA", "NP-BBRS", "WN-G54/R2"]
    assert [column["id"] for column in body["columns"]] == [matter.first, matter.second]
    assert body["cells"] == []
    assert "principal" not in answer.content.decode()


def test_cells_are_decided_in_bulk_once_for_one_key(program: Client, matter: Matter) -> None:
    body = {
        "cells": all_cells(matter, "WN-G54/R2", "NP-BBRS"),
        "change": {"state": "affected", "range": {"form": "all"}, "condition": {"en": "always"}},
        "reason": "実機で確認",
    }
    path = f"/cases/{matter.case}/grid/decide"
    first = send(program, "post", path, body, **{"idempotency-key": "k"})
    again = send(program, "post", path, body, **{"idempotency-key": "k"})
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    cells = get(program, f"/cases/{matter.case}/grid")["cells"]
    assert {(each["target"], each["state"]) for each in cells} == {
        ("WN-G54/R2", "affected"),
        ("NP-BBRS", "affected"),
    }
    assert cells[0]["condition"] == {"en": "always"}
    where = {"target": "NP-BBRS", "vulnerability": matter.first}
    assert len(get(program, f"/cases/{matter.case}/grid/history", **where)["items"]) == 1


def test_a_stale_decision_changes_nothing_and_names_what_changed(program: Client, matter: Matter) -> None:
    seen = program.get(f"/api/v1/cases/{matter.case}/grid")
    path = f"/cases/{matter.case}/grid/decide"
    theirs = {"cells": all_cells(matter, "NP-BBRS"), "change": {"state": "investigating"}}
    assert send(program, "post", path, theirs, **{"if-match": seen["ETag"]}).status_code == 200
    other = {"cells": all_cells(matter, "WN-G54/R2"), "change": {"state": "investigating"}}
    assert send(program, "post", path, other, **{"if-match": seen["ETag"]}).status_code == 200
    mine = {"cells": all_cells(matter, "NP-BBRS"), "change": {"state": "investigating"}}
    stale = send(program, "post", path, mine, **{"if-match": seen["ETag"]})
    assert (stale.status_code, stale.json()["code"]) == (412, "triage.cells_changed")
    since = str(seen.json()["version"])
    changed = get(program, f"/cases/{matter.case}/grid/changes", since=since)
    assert [each["target"] for each in changed["items"]] == ["NP-BBRS", "WN-G54/R2"]


def test_every_mistake_of_a_decision_is_named(program: Client, matter: Matter) -> None:
    body = {
        "cells": all_cells(matter, "WN-G54/R2", "NP-BBRS"),
        "change": {"state": "affected", "range": {"form": "before", "high": "9.99"}},
    }
    refused = send(program, "post", f"/cases/{matter.case}/grid/decide", body)
    assert refused.status_code == 422
    assert [part["code"] for part in refused.json()["parts"]] == ["triage.version_not_on_line"] * 2


def test_rows_are_frozen_added_and_removed(program: Client, matter: Matter, house: factories.House) -> None:
    case = factories.case(house.member)
    body = {"rule": {"team": "router-dev"}, "excluded": [{"target": "ETX2-RA", "reason": "UPnPなし"}]}
    made = send(program, "post", f"/cases/{case}/selections", body)
    assert made.status_code == 201
    assert len(made.json()["rows"]) == 2
    (kept,) = get(program, f"/cases/{case}/selections")["items"]
    assert kept["excluded"] == [{"target": "ETX2-RA", "reason": "UPnPなし", "approver": "member"}]
    row = {"target": "Remote Link", "reason": "同じ部品"}
    assert send(program, "post", f"/cases/{case}/rows", row).status_code == 201
    assert send(program, "post", f"/cases/{case}/rows/remove", row).status_code == 200
    assert get(program, f"/cases/{case}/selections")["removed"][0]["target"] == "Remote Link"


def test_a_token_does_only_what_it_was_made_for(matter: Matter, caller: Caller) -> None:
    reader = caller(matter.member, "cases.read", "cases.inside")
    body = {"cells": all_cells(matter, "NP-BBRS"), "change": {"state": "investigating"}}
    assert send(reader, "post", f"/cases/{matter.case}/grid/decide", body).status_code == 403
    assert reader.get(f"/api/v1/cases/{matter.case}/grid").status_code == 200


@pytest.mark.parametrize("role", ["second", "developer", "administrator", "partner", "auditor"])
def test_an_outsider_is_told_the_same_of_this_case_and_of_none(
    matter: Matter, house: factories.House, caller: Caller, role: str
) -> None:
    stranger = caller(getattr(house, role))
    for path in ("judgements", "scores", "grid", "selections", "grid/changes?since=0"):
        mine = stranger.get(f"/api/v1/cases/{matter.case}/{path}")
        none = stranger.get(f"/api/v1/cases/OKI-26-00000/{path}")
        assert mine.status_code == none.status_code == 404, path
        assert mine.content == none.content
    body = {"cells": all_cells(matter, "NP-BBRS"), "change": {"state": "investigating"}}
    assert send(stranger, "post", f"/cases/{matter.case}/grid/decide", body).status_code == 404
