"""Lessons and promises over the API."""

from typing import Any

from okiagari.cases import actions as cases
from tests.api.test_cases import case_id, house, send
from tests.api.test_catalog import calling
from tests.factories import House

__all__ = ["case_id", "house"]


def test_a_lesson_and_its_promise_from_the_first_word_to_the_last(house: House, case_id: str) -> None:
    program = calling(house.member)

    def post(path: str, body: Any, **headers: str) -> Any:
        return send(program, "post", path, body, **headers)

    lesson = {"area": "tools", "text": {"ja": "調べる", "en": "Scan"}}
    made = [post(f"/cases/{case_id}/lessons", lesson, **{"idempotency-key": "a"}) for _ in range(2)]
    assert [each.status_code for each in made] == [201, 201]
    assert made[0].json() == made[1].json()
    number = made[0].json()["id"]
    promise = post(
        f"/lessons/{number}/promises",
        {"text": {"en": "Buy"}, "team": "psirt", "due_at": "2031-01-29T18:00+09:00"},
    ).json()
    assert (promise["team_key"], promise["due"]) == ("psirt", "2031-01-29T09:00:00+00:00")
    assert [each["id"] for each in program.get("/api/v1/promises").json()["items"]] == [promise["id"]]
    owned = send(program, "put", f"/promises/{promise['id']}/owner", {"person": "member"}).json()
    assert (owned["person_key"], owned["team_key"]) == ("member", "")
    empty = post(f"/promises/{promise['id']}/keep", {"outcome": " "})
    assert (empty.status_code, empty.json()["field"]) == (422, "outcome")
    assert post(f"/promises/{promise['id']}/keep", {"outcome": "Bought."}).json()["outcome"] == "Bought."
    assert post(f"/promises/{promise['id']}/keep", {"outcome": "Again."}).status_code == 409
    (drawn,) = program.get(f"/api/v1/cases/{case_id}/lessons").json()["items"]
    assert (drawn["text"], drawn["promises"][0]["outcome"]) == ({"ja": "調べる", "en": "Scan"}, "Bought.")


def test_wrong_words_are_told_at_their_field(house: House, case_id: str) -> None:
    program = calling(house.member)
    for body, field in (
        ({"area": "weather", "text": {"en": "x"}}, "area"),
        ({"area": "tools", "text": {"en": " "}}, "text"),
        ({"text": {"en": "x"}}, "area"),
    ):
        response = send(program, "post", f"/cases/{case_id}/lessons", body)
        assert response.status_code == 422
        assert field in response.text
    stale = send(
        program,
        "post",
        f"/cases/{case_id}/lessons",
        {"area": "tools", "text": {"en": "x"}},
        **{"if-match": "v0"},
    )
    assert stale.status_code == 412


def test_lessons_are_not_for_those_outside(house: House, case_id: str) -> None:
    number = send(
        calling(house.member), "post", f"/cases/{case_id}/lessons", {"area": "tools", "text": {"en": "x"}}
    ).json()["id"]
    cases.admit(house.member, case_id, kind="organisation", key="integrator", level="see", reason="x")
    for subject, status in ((house.partner, 403), (house.second, 404)):
        program = calling(subject)
        assert program.get(f"/api/v1/cases/{case_id}/lessons").status_code == status
        assert (
            send(program, "post", f"/lessons/{number}/promises", {"text": {"en": "x"}}).status_code == status
        )
