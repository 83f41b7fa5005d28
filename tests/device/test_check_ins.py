"""Units and gateways tell what they run."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from okiagari.engines.fleet import Bucket
from okiagari.plumbing import clock
from tests.support.device import PRODUCT, Door, Gateway, Unit, texts

pytestmark = pytest.mark.anyio

NOON = datetime(2016, 10, 28, 3, 0, tzinfo=UTC)


async def test_a_check_in_is_kept_before_it_is_answered(door: Door) -> None:
    with clock.at(NOON):
        response = await Unit(door, "SN1", hardware="A1").check_in(health={"uptime": 86400})
    assert response.status_code == 202
    unit = door.store.unit("SN1", today=NOON.date())
    assert unit is not None
    assert (unit.bucket, unit.source) == (Bucket(PRODUCT, "A1", "1.01"), "check-in")
    assert (unit.last_seen, unit.health) == (NOON, '{"uptime":86400}')


async def test_an_answer_says_when_to_come_again_scattered_by_ten_per_cent(door: Door) -> None:
    units = [Unit(door, f"SN{number}") for number in range(60)]
    answers = await asyncio.gather(*(unit.check_in() for unit in units))
    assert {answer.json()["accepted"] for answer in answers} == {1}
    waits = {unit.due_in for unit in units}
    interval = door.settings.interval
    assert 0.9 * interval <= min(waits) < interval < max(waits) <= 1.1 * interval
    assert len(waits) > 30


async def test_a_rollout_shows_in_the_curve_and_in_each_unit(door: Door) -> None:
    units = [Unit(door, f"SN{number:02}") for number in range(10)]
    for day in range(4):
        with clock.at(NOON + timedelta(days=day)):
            for unit in units[: 3 * day]:
                unit.update("1.03")
            await asyncio.gather(*(unit.check_in() for unit in units))
    curve = door.store.curve([PRODUCT], date(2016, 10, 28), date(2016, 10, 31))
    assert [{count.bucket.version: count.present for count in counts} for counts in curve.values()] == [
        {"1.01": 10},
        {"1.01": 7, "1.03": 3},
        {"1.01": 4, "1.03": 6},
        {"1.01": 1, "1.03": 9},
    ]
    assert door.store.rollup() == door.store.recount()
    assert [each.bucket.version for each in door.store.history("SN00")] == ["1.01", "1.03", "1.03", "1.03"]


async def test_a_units_clock_is_not_believed(door: Door) -> None:
    with clock.at(NOON):
        await Unit(door, "SN1").check_in(observed_at="1970-01-01T00:00:00Z")
    unit = door.store.unit("SN1", today=NOON.date())
    assert unit is not None
    assert unit.last_seen == NOON


async def test_a_gateway_delivers_late_and_is_named_as_the_source(door: Door) -> None:
    gateway, unit = Gateway(door), Unit(door, "SN1")
    gateway.collect(unit, NOON - timedelta(days=2))
    unit.update("1.03")
    gateway.collect(unit, NOON - timedelta(days=1))
    gateway.collected.append(Unit(door, "SN2").word())
    with clock.at(NOON):
        response = await gateway.deliver()
    assert response.json()["accepted"] == 3
    assert {each.source for each in door.store.history("SN1")} == {"gateway:osaka-1"}
    assert [each.day for each in door.store.history("SN1")] == [date(2016, 10, 26), date(2016, 10, 27)]
    assert [each.last_at for each in door.store.history("SN2")] == [NOON]


async def test_a_clock_a_little_fast_is_now_and_a_wrong_one_is_refused(door: Door) -> None:
    gateway = Gateway(door)
    with clock.at(NOON):
        gateway.collect(Unit(door, "SN1"), NOON + timedelta(minutes=4))
        assert (await gateway.deliver()).status_code == 202
        gateway.collect(Unit(door, "SN2"), NOON + timedelta(minutes=6))
        refused = await gateway.deliver()
    assert [each.last_at for each in door.store.history("SN1")] == [NOON]
    assert (refused.status_code, refused.json()["code"]) == (422, "fleet.in_the_future")
    assert (refused.json()["index"], refused.json()["field"]) == (1, "observed_at")


async def test_one_wrong_item_refuses_the_whole_request(door: Door) -> None:
    gateway = Gateway(door)
    gateway.collected = [Unit(door, "SN1").word(), Unit(door, "SN2", version=" ").word()]
    response = await gateway.deliver()
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "urn:okiagari:problem:fleet.missing",
        "status": 422,
        "code": "fleet.missing",
        "title": "version is missing.",
        "hint": "Every observation names a unit, its product and its version; hardware is optional.",
        "index": 1,
        "field": "version",
    }
    assert texts(door.store, ["SN1", "SN2"], NOON) == [None, None]


async def test_a_version_nobody_knows_is_kept_as_it_was_said(door: Door) -> None:
    strange = "1.00.008_SE 開発版 β"
    await Unit(door, "SN1", version=f" {strange}\n").check_in()
    assert texts(door.store, ["SN1"], NOON) == [strange]


async def test_names_nobody_knows_and_long_health_do_no_harm(door: Door) -> None:
    health = {"uptime": 5, "log": "x" * 5000, "nested": {"a": 1}, "ok": True}
    assert (await Unit(door, "SN1").check_in(health=health, colour="red")).status_code == 202
    assert (await Unit(door, "SN2").check_in(health="fine")).status_code == 202
    unit = door.store.unit("SN1", today=NOON.date())
    assert unit is not None
    assert unit.health == f'{{"uptime":5,"log":"{"x" * 200}","ok":true}}'


@pytest.mark.parametrize(
    ("body", "code", "index", "field"),
    [
        (b"", "device.not_readable", None, None),
        (b"{", "device.not_readable", None, None),
        (b'{"unit": "\xff"}', "device.not_readable", None, None),
        (b'"text"', "device.not_readable", None, None),
        (b'{"unit": "SN1"}', "device.not_readable", None, None),
        (b'{"unit": "SN1", "product": 5, "version": "1"}', "device.not_readable", 0, "product"),
        (
            b'[{"unit": "a", "product": "p", "version": "1"}, {"unit": "a", "product": "p", "version": 1.0}]',
            "device.not_readable",
            1,
            "version",
        ),
        (b"[]", "device.no_items", None, None),
        (b'{"unit": "a", "product": "p\\u0000", "version": "1"}', "fleet.control_characters", 0, "product"),
        (b'{"unit": "a", "product": "p", "version": "' + b"1" * 129 + b'"}', "fleet.too_long", 0, "version"),
        (
            b'{"unit": "a", "product": "p", "version": "1", "observed_at": "x"}',
            "fleet.not_a_time",
            0,
            "observed_at",
        ),
        (
            b'{"unit":"a","product":"p","version":"1","observed_at":"2016-10-28"}',
            "fleet.not_a_time",
            0,
            "observed_at",
        ),
    ],
)
async def test_a_body_that_cannot_be_used_is_told_where_it_is_wrong(
    door: Door, body: bytes, code: str, index: int | None, field: str | None
) -> None:
    response = await door.client.post(
        "/v1/check-ins", content=body, headers={"authorization": Gateway(door).token}
    )
    problem = response.json()
    assert response.status_code == 422
    assert (problem["code"], problem.get("index"), problem.get("field")) == (code, index, field)
    assert door.store.buckets() == []
