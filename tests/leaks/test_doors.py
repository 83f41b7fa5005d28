"""Who may not know of something cannot learn of it at any door, by any question, from any answer.

Every address and every operation is walked, so that a door made tomorrow is tried tomorrow. Each is asked
twice by each stranger: in a house that holds a secret, and in the same house without it. The answers must
be the same to the byte; then nothing in them can tell one house from the other. Here walk those who work
beside the secret, and ask everything twice; the other roles walk in `test_doors_of_roles`.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from okiagari.api.app import api
from tests.leaks import doors
from tests.leaks.comparing import faults
from tests.leaks.filling import PARAMETERS, Filler, UnknownHoleError
from tests.leaks.house import IN_PARTS, World
from tests.leaks.secret import MARK, Secret
from tests.leaks.walking import KNOWING, Walked

ON_BOTH = ("second", "few_verbs")
"""Who knocks on PostgreSQL, too; the others take long, and differ from these in their roles only."""


@pytest.mark.parametrize(
    "who", [*ON_BOTH, *(pytest.param(who, marks=pytest.mark.once) for who in ("partner", *IN_PARTS))]
)
@pytest.mark.django_db
def test_no_door_tells_a_stranger_the_house_with_the_secret_from_the_house_without(
    who: str, walked: Mapping[str, Walked]
) -> None:
    wrong = faults(who, walked[who])
    assert not wrong, f"{len(wrong)} answers tell {who} something:\n" + "\n".join(wrong[:60])
    assert len(walked[who].with_it) > 400, "the walk found too few doors to prove anything"


@pytest.mark.parametrize("who", ["second", pytest.param("partner", marks=pytest.mark.once)])
@pytest.mark.django_db
def test_the_words_of_a_draft_on_two_cases_are_told_to_nobody_who_is_in_one(
    who: str, walked: Mapping[str, Walked]
) -> None:
    found = walked[who].beside
    wrong = [str(knock) for knock, answer in found.items() if MARK not in knock.path and answer.says(MARK)]
    assert not wrong, f"{len(wrong)} doors tell {who} words of the draft:\n" + "\n".join(wrong[:40])
    assert len(found) > 100


@pytest.mark.django_db
def test_who_may_know_finds_the_secret_behind_the_same_doors(walked: Mapping[str, Walked]) -> None:
    """Else the walk above would prove nothing: it must reach the rooms in which the secret lies."""
    secret = walked[KNOWING].secret
    shown: dict[str, int] = {}
    broken = []
    for knock, answer in walked[KNOWING].with_it.items():
        if answer.status >= 500:
            broken.append(f"{knock}: {answer.body[-300:].decode(errors='replace')}")
        if MARK not in knock.path and answer.says(MARK):
            door = knock.path.partition("?")[0]
            for number in secret.all():
                door = door.replace(number, f"<{number[:3]}>")
            shown[door] = shown.get(door, 0) + 1
    assert not broken, "\n".join(broken[:20])
    for door in (
        "/",
        "/cases/",
        "/cases/cases.csv",
        "/cases/<OKI>/",
        "/cases/<OKI>/timeline/",
        "/cases/<OKI>/products/",
        "/cases/<OKI>/measures/",
        "/reports/<REP>/",
        "/advisories/",
        "/advisories/<ADV>/",
        "/api/v1/cases",
        "/api/v1/cases/<OKI>",
        "/api/v1/cases/<OKI>/timeline",
        "/api/v1/cases/<OKI>/grid",
        "/api/v1/tasks",
        "/api/v1/reports",
        "/api/v1/advisories",
    ):
        assert door in shown, f"{door} does not show the member what it should; shown: {sorted(shown)}"
    assert len(shown) > 40


def test_a_door_with_a_hole_nobody_knows_fails_the_walk() -> None:
    filler = Filler(World({}), Secret({"OKI": ["OKI-15-AAAAA"]}))
    with pytest.raises(UnknownHoleError, match="say it in"):
        list(filler.all(doors.holes("cases/<str:case_id>/rumours/<str:rumour_id>/")))


def test_the_walk_finds_the_holes_of_every_form_of_address() -> None:
    assert doors.holes("cases/<str:case_id>/tasks/<str:number>/drop/") == [
        ("cases", "case_id"),
        ("tasks", "number"),
    ]
    assert doors.holes("lines/{key}/releases/{path:text}") == [("lines", "key"), ("releases", "text")]
    assert doors.holes("security/(?P<path>.*)") == [("security", "path")]
    assert doors.filled("lines/{key}/releases/{path:text}", {"key": "a", "text": "1.0 β"}) == (
        "/lines/a/releases/1.0%20%CE%B2"
    )


def test_every_page_and_every_operation_is_walked() -> None:
    assert len(doors.routes()) > 100
    description: dict[str, Any] = api.get_openapi_schema()
    assert sum(len(item) for item in description["paths"].values()) > 100


def test_every_hole_of_every_door_can_be_filled() -> None:
    """Found at once, before the long walk stops there."""
    paths = [path.removeprefix("/").removeprefix(doors.API) for path in api.get_openapi_schema()["paths"]]
    asked = {hole for address in (*doors.routes(), *paths) for hole in doors.holes(address)}
    assert sorted(asked - set(PARAMETERS)) == []
