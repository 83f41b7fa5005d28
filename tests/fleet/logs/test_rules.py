"""Rules for logs are read as a whole, or every mistake is told."""

import pytest

from okiagari.engines.accesslog import Request, raw_requests, request
from okiagari.fleet.logs import rules
from okiagari.fleet.logs.matching import Matcher
from okiagari.problems import Problem
from tests.fleet.logs.making import RULES


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("rules: [", ["fleet.rules_not_yaml"]),
        ("rules: []", ["fleet.rules_wrong_shape"]),
        ("rules: [{key: a, kind: check, path: /a, colour: red}]", ["fleet.rules_wrong_shape"]),
        (
            "rules: [{key: a, kind: check, path: '/{model}', product: X}]",
            ["fleet.rules_unknown_hole", "fleet.rules_nothing_said", "fleet.rules_nothing_said"],
        ),
        (
            """
skip: {addresses: [here]}
rules:
  - {key: a, kind: download, path: "/{version}", line: x}
  - {key: a, kind: download, path: /b, line: x, version: "1"}
""",
            ["fleet.rules_key_twice", "fleet.rules_wrong_network"],
        ),
    ],
)
def test_a_mistake_in_the_rules_is_told(text: str, codes: list[str]) -> None:
    with pytest.raises(Problem) as raised:
        rules.read(text)
    problem = raised.value
    assert [each.code for each in problem.parts or (problem,)] == codes
    assert all(each.field == "rules" for each in problem.parts or (problem,))


def asked(target: str, *, status: int = 200, method: str = "GET", text: str = RULES) -> tuple[str, ...]:
    match = Matcher(rules.read(text)).match(Request("203.0.113.7", 0, method, target, status, 1000, "u"))
    return (match.outcome, match.rule, match.product, match.version, match.unit)


def test_the_first_rule_that_fits_wins_and_names_are_translated() -> None:
    assert asked("/check?sn=A%201&ver=1.02&model=wng54&x=1") == ("seen", "check", "WN-G54/R2", "1.02", "A 1")
    assert asked("/check?ver=1.02&model=wng54") == ("no_rule", "", "", "", "")
    assert asked("/fw/wng54-1.04.bin", method="HEAD") == ("nothing", "image", "", "", "")
    assert asked("/latest/" + "x" * 200 + "/1.0") == ("refused", "by-address", "", "", "")


def test_stars_take_what_nobody_keeps_and_a_status_may_mean_something_else() -> None:
    text = """
rules:
  - {key: any, kind: download, path: "/**/v{version}-*.bin", product: X, means: {302: complete}}
"""
    assert asked("/a/b/v1.02-ja.bin", text=text)[:4] == ("claimed", "any", "X", "1.02")
    assert asked("/a/b/v1.02-ja.bin", status=302, text=text)[0] == "claimed"
    assert asked("/a/b/v1.02-ja/x.bin", text=text)[0] == "no_rule"


@pytest.mark.parametrize(
    "line",
    [
        b'203.0.113.7 - - [25/Oct/2016:03:00:00 +0900] "GET /a HTTP/1.1" 200 5\n',
        b'2001:db8::1 - u n [25/Oct/2016:03:00:00 +0900] "GET /a HTTP/2.0" 200 - "x\\"y" "a" "b" 0.3\r\n',
        b'203.0.113.7 - - [25/Oct/2016:03:00:00 +0900] "GET /a" 200 5 "-" "-"\n',
    ],
)
def test_lines_of_different_servers_are_read(line: bytes) -> None:
    (raw,) = raw_requests(line)
    found = request(raw)
    assert found is not None
    assert (found.at, found.method, found.target, found.status) == (1477332000_000000, "GET", "/a", 200)


@pytest.mark.parametrize(
    "line",
    [
        b'203.0.113.7 - - [25/Oct/2016:03:00:00 +0900] "\\x16\\x03\\x01" 400 5 "-" "-"\n',
        b"\n",
        b'203.0.113.7 - - [25/Oct/2016:03:00 +0900] "GET / HTTP/1.1" 200 5\n',
    ],
)
def test_what_is_no_request_is_none(line: bytes) -> None:
    assert raw_requests(line) == []


def test_a_day_that_does_not_exist_is_no_request() -> None:
    (raw,) = raw_requests(b'1.2.3.4 - - [31/Feb/2016:03:00:00 +0900] "GET / HTTP/1.1" 200 5\n')
    assert request(raw) is None
