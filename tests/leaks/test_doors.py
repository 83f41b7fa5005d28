"""Who may not know of something cannot learn of it at any door, by any question, from any answer.

Every address and every operation is walked, so that a door made tomorrow is tried tomorrow. Each is asked
twice by each stranger: in a house that holds a secret, and in the same house without it. The answers must
be the same to the byte; then nothing in them can tell one house from the other.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from okiagari.api.app import api
from okiagari.plumbing import clock
from okiagari.plumbing.models import Line
from tests.leaks import doors
from tests.leaks.doors import Knock
from tests.leaks.filling import Filler, UnknownHoleError
from tests.leaks.knocking import Answer, Visitor, same_chance
from tests.leaks.secret import MARK, NOW, STRANGERS, Secret, World, a_house, a_secret
from tests.support.stories import a_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL", "django")


@pytest.fixture
def world(db: None, tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path), clock.at(NOW):
        yield a_house()


def visitor(world: World, who: str) -> Visitor:
    if who == "public":
        return Visitor()
    if who == "few_verbs":
        return Visitor(token=world.token)
    return Visitor(world.who[who].key)


def knocks(world: World, secret: Secret) -> list[Knock]:
    filler = Filler(world, secret)
    description: dict[str, Any] = api.get_openapi_schema()
    return [*doors.pages(filler, MARK), *doors.operations(description, filler, MARK)]


def may_differ(who: str, knock: Knock) -> bool:
    """An auditor reads which streams the ledger has and how long they are, never what they say."""
    return who == "auditor" and "/audit/" in knock.path


ON_BOTH = ("second", "partner", "few_verbs")
"""Who knocks on PostgreSQL, too; the others take long, and differ from these in their roles only."""


@pytest.mark.parametrize(
    "who", [who if who in ON_BOTH else pytest.param(who, marks=pytest.mark.sqlite) for who in STRANGERS]
)
def test_no_door_tells_a_stranger_the_house_with_the_secret_from_the_house_without(
    who: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = visitor(world, who)
    with transaction.atomic():
        secret = a_secret(world)
        asked = knocks(world, secret)
        same_chance(monkeypatch)
        lines = Line.objects.count()
        with_secret = {knock: stranger.knock(knock) for knock in map(_frozen, asked)}
        assert Line.objects.count() == lines
        transaction.set_rollback(True)
    wrong = []
    for knock, answer in with_secret.items():
        wrong += _faults(who, knock, answer, stranger.knock(knock), secret)
    assert not wrong, f"{len(wrong)} answers tell {who} something:\n" + "\n".join(wrong[:40])
    assert len(with_secret) > 400, "the walk found too few doors to prove anything"


class _Frozen(Knock):
    """Knocks are told apart by what they ask."""

    def __hash__(self) -> int:
        return hash((self.method, self.path, self.content_type))


def _frozen(knock: Knock) -> _Frozen:
    return _Frozen(knock.method, knock.path, knock.body, knock.content_type)


def _faults(who: str, knock: Knock, with_it: Answer, without_it: Answer, secret: Secret) -> Iterator[str]:
    if with_it.status >= 500:
        yield f"{knock}: breaks ({with_it.status})"
    if MARK not in knock.path and with_it.says(MARK):
        yield f"{knock}: says the mark ({with_it.status})"
    if may_differ(who, knock):
        return
    told = [number for number in secret.all() if number not in knock.path and with_it.says(number)]
    if told:
        yield f"{knock}: says {', '.join(told[:5])}"
    if with_it != without_it:
        what = _difference(with_it, without_it)
        yield f"{knock}: {with_it.status} with the secret, {without_it.status} without{what}"


def _difference(one: Answer, other: Answer) -> str:
    if one.status != other.status:
        return ""
    if one.headers != other.headers:
        return f"; headers {set(one.headers) ^ set(other.headers)}"
    for left, right in zip(one.body.split(b"\n"), other.body.split(b"\n"), strict=False):
        if left != right:
            return f"; “{left.decode(errors='replace')[:160]}” / “{right.decode(errors='replace')[:160]}”"
    return "; one body is longer"


def test_who_may_know_finds_the_secret_behind_the_same_doors(world: World) -> None:
    """Else the walk above would prove nothing: it must reach the rooms in which the secret lies."""
    member = visitor(world, "member")
    secret = a_secret(world)
    shown: dict[str, int] = {}
    broken = []
    for knock in knocks(world, secret):
        if knock.method != "GET":
            continue
        answer = member.knock(knock)
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


def test_a_door_with_a_hole_nobody_knows_fails_the_walk(world: World) -> None:
    filler = Filler(world, Secret({"OKI": ["OKI-15-AAAAA"]}))
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


def test_every_page_and_every_operation_is_walked(world: World) -> None:
    assert len(doors.routes()) > 100
    description: dict[str, Any] = api.get_openapi_schema()
    assert sum(len(item) for item in description["paths"].values()) > 100
