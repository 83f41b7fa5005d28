"""Who may check in, how much at once, and how often."""

import asyncio
import stat
import threading
from pathlib import Path

import pytest

from okiagari.device import items
from okiagari.fleet import keys
from okiagari.fleet.stores.base import Settings
from okiagari.problems import Problem
from tests.support.device import Door, Gateway, Unit, a_door

KEY = bytes(range(32))


@pytest.mark.anyio
@pytest.mark.parametrize(
    "token",
    [
        "",
        "Bearer x",
        "TargetToken",
        "TargetToken x",
        "TargetToken 1.",
        "TargetToken 0.x",
        "TargetToken 99999999999999.x",
        "GatewayToken x",
        "GatewayToken osaka-1.1.x",
    ],
)
async def test_without_a_right_token_nothing_is_kept(door: Door, token: str) -> None:
    response = await door.post(Unit(door, "SN1").word(), token)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "TargetToken, GatewayToken"
    assert response.json()["hint"]
    assert door.store.buckets() == []


@pytest.mark.anyio
async def test_a_unit_speaks_for_itself_alone(door: Door) -> None:
    one, other = Unit(door, "SN1"), Unit(door, "SN2")
    assert (await door.post(other.word(), one.token)).status_code == 401
    assert (await door.post([one.word(), other.word()], one.token)).status_code == 401
    assert (await door.post(one.word(), one.token.replace("Target", "Gateway"))).status_code == 401
    assert (await door.post(one.word(), f"GatewayToken SN1.{one.token.split()[1]}")).status_code == 401
    assert (await door.post([one.word(), one.word()], one.token)).status_code == 202


@pytest.mark.anyio
async def test_a_token_taken_back_is_refused_from_the_next_start(fleet_place: str, tmp_path: Path) -> None:
    async with a_door(fleet_place, tmp_path) as door:
        door.store.set_floor(2, unit="SN1")
        door.store.set_floor(2, unit="gateway:osaka-1")
    async with a_door(fleet_place, tmp_path) as door:
        assert (await Unit(door, "SN1").check_in()).status_code == 401
        assert (await Unit(door, "SN1", generation=2).check_in()).status_code == 202
        assert (await Unit(door, "SN2").check_in()).status_code == 202
        assert (await door.post(Unit(door, "SN3").word(), Gateway(door).token)).status_code == 401
        assert (await door.post(Unit(door, "SN3").word(), Gateway(door, "kobe").token)).status_code == 202


@pytest.mark.anyio
async def test_a_running_door_learns_of_tokens_taken_back(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    from okiagari.device import app

    assert (await Unit(door, "SN1").check_in()).status_code == 202
    door.store.set_floor(2)
    monkeypatch.setattr(app, "REFRESH", 0.01)
    running = door.running
    running._refreshing.cancel()
    running._refreshing = asyncio.create_task(running._refresh())
    await asyncio.sleep(0.2)
    assert (await Unit(door, "SN1").check_in()).status_code == 401


@pytest.mark.anyio
async def test_a_body_too_large_is_not_read(door: Door) -> None:
    word = Unit(door, "SN1").word(log="x" * 300_000)
    response = await door.post(word, Unit(door, "SN1").token)
    assert (response.status_code, response.json()["code"]) == (413, "device.body_too_large")

    async def trickle():
        for _ in range(300):
            yield b" " * 1024

    response = await door.client.post(
        "/v1/check-ins", content=trickle(), headers={"authorization": Unit(door, "SN1").token}
    )
    assert (response.status_code, response.json()["code"]) == (413, "device.body_too_large")


@pytest.mark.anyio
async def test_a_thousand_check_ins_are_one_request_and_one_more_is_too_many(door: Door) -> None:
    gateway = Gateway(door)
    gateway.collected = [{"unit": f"SN{number}", "product": "p", "version": "1"} for number in range(1000)]
    assert (await gateway.deliver()).json()["accepted"] == 1000
    gateway.collected.append({"unit": "SN", "product": "p", "version": "1"})
    response = await gateway.deliver()
    assert (response.status_code, response.json()["code"]) == (413, "device.too_many_items")


@pytest.mark.anyio
async def test_a_unit_that_chatters_is_asked_to_wait(door: Door) -> None:
    chatty, calm = Unit(door, "SN1"), Unit(door, "SN2")
    answers = [await chatty.check_in() for _ in range(door.settings.per_minute + 1)]
    assert [answer.status_code for answer in answers[:-1]] == [202] * door.settings.per_minute
    assert answers[-1].status_code == 429
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert (await calm.check_in()).status_code == 202


@pytest.mark.anyio
async def test_what_cannot_be_kept_is_never_answered_as_kept(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    from okiagari.fleet.stores.base import UNAVAILABLE

    def fail(check_ins: object) -> None:
        raise UNAVAILABLE()

    monkeypatch.setattr(door.running._store, "apply", fail)
    response = await Unit(door, "SN1").check_in()
    assert (response.status_code, response.json()["code"]) == (503, "fleet.store_unavailable")
    assert response.headers["retry-after"]
    assert (await door.client.get("/healthz")).status_code == 503
    monkeypatch.undo()
    assert (await Unit(door, "SN1").check_in()).status_code == 202
    assert (await door.client.get("/healthz")).json() == {"status": "ok"}


@pytest.mark.anyio
async def test_a_check_in_that_cannot_be_kept_takes_no_other_with_it(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    apply = door.running._store.apply

    def choke(check_ins):
        if any(each.unit == "SN7" for each in check_ins):
            raise ValueError("poison")
        return apply(check_ins)

    monkeypatch.setattr(door.running._store, "apply", choke)
    units = [Unit(door, f"SN{number}") for number in range(10)]
    answers = await asyncio.gather(*(unit.check_in() for unit in units))
    assert [answer.status_code for answer in answers] == [
        503 if unit.name == "SN7" else 202 for unit in units
    ]
    assert "could not be kept" in caplog.text


@pytest.mark.anyio
async def test_more_than_can_wait_is_turned_away(
    fleet_place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_door(fleet_place, tmp_path, backlog=5) as door:
        free = threading.Event()
        apply = door.running._store.apply

        def wait(check_ins):
            free.wait(10)
            return apply(check_ins)

        monkeypatch.setattr(door.running._store, "apply", wait)
        first = asyncio.create_task(Unit(door, "first").check_in())
        await asyncio.sleep(0.1)
        waiting = [asyncio.create_task(Unit(door, f"SN{number}").check_in()) for number in range(5)]
        await asyncio.sleep(0.05)
        turned_away = await Unit(door, "SN9").check_in()
        assert (turned_away.status_code, turned_away.json()["code"]) == (503, "device.overloaded")
        free.set()
        assert {answer.status_code for answer in await asyncio.gather(first, *waiting)} == {202}


@pytest.mark.anyio
async def test_other_addresses_lead_nowhere(door: Door) -> None:
    for method, path in (("GET", "/v1/check-ins"), ("POST", "/"), ("GET", "/v1/check-ins/SN1")):
        response = await door.client.request(method, path)
        assert (response.status_code, response.json()["code"]) == (404, "device.nothing_here")


def test_the_key_is_written_once_for_its_owner_only(tmp_path: Path) -> None:
    path = keys.key_path(tmp_path / "data")
    with pytest.raises(Problem, match=r"fleet\.no_key"):
        keys.read_key(path)
    key = keys.ensure_key(path)
    assert len(key) == 32
    assert keys.ensure_key(path) == key == keys.read_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["device.key"]
    path.write_text("short")
    with pytest.raises(Problem, match=r"fleet\.no_key"):
        keys.read_key(path)


def test_two_set_ups_at_once_agree_on_one_key(tmp_path: Path) -> None:
    found: set[bytes] = set()
    threads = [
        threading.Thread(target=lambda: found.add(keys.ensure_key(tmp_path / "device.key"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1


def test_a_token_is_the_same_wherever_it_is_made() -> None:
    # Tokens are burnt into devices at the factory: this must never change.
    assert keys.token_for(KEY, "SN1") == "1.aFChIlv55A8dKbqJPiGZxI7vK8NfULBwJe3XmUO4qRg"
    assert (
        keys.gateway_token_for(KEY, "osaka-1", 2) == "osaka-1.2.pOgY9JwJAbI0RcY3IOwl_QMtAZ8AdaTXLZ9wKilruAI"
    )


def test_tokens_differ_by_key_unit_generation_and_kind() -> None:
    made = [
        keys.token_for(KEY, "SN1"),
        keys.token_for(KEY[::-1], "SN1"),
        keys.token_for(KEY, "SN2"),
        keys.token_for(KEY, "SN1", 2),
        keys.gateway_token_for(KEY, "SN1").removeprefix("SN1."),
    ]
    assert len({token.rpartition(".")[2] for token in made}) == len(made)


def test_a_gateway_is_named_in_plain_letters() -> None:
    with pytest.raises(Problem, match=r"fleet\.wrong_gateway_name"):
        keys.gateway_token_for(KEY, "osaka.1")
    settings = Settings()
    token = keys.gateway_token_for(KEY, "osaka-1")
    assert keys.gateway_of(KEY, token, settings=settings) == "osaka-1"
    assert keys.gateway_of(KEY, token.replace("osaka", "kobe"), settings=settings) is None


@pytest.mark.parametrize("token", ["١.x", "0.x", "+1.x", "1.é", "", ".", "..", "\x00"])
def test_strange_tokens_are_just_wrong(token: str) -> None:
    assert not keys.is_token_of(KEY, token, "SN1", settings=Settings())
    assert keys.gateway_of(KEY, f"osaka-1.{token}", settings=Settings()) is None
    assert keys.gateway_of(KEY, token, settings=Settings()) is None


def test_nobody_is_let_in_by_an_empty_request() -> None:
    with pytest.raises(Problem, match=r"device\.no_items"):
        items.decode(b"[]")
