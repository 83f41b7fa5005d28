"""How reports move and what the team owes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from okiagari.intake.rules import answers, states, submission, words
from okiagari.problems import Problem

TOKYO = ZoneInfo("Asia/Tokyo")


def test_a_report_is_acknowledged_until_the_end_of_the_seventh_day() -> None:
    received = datetime(2015, 8, 3, 1, 0, tzinfo=UTC)
    assert states.acknowledge_due(received, TOKYO) == datetime(2015, 8, 10, 14, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "wanted"),
    [("invalid", "accepted"), ("accepted", "deferred"), ("valid", "received"), ("invalid", "deferred")],
)
def test_a_report_does_not_move_where_it_makes_no_sense(state: str, wanted: str) -> None:
    with pytest.raises(Problem, match="wrong_state"):
        states.check_move(state, wanted)


def test_a_closed_report_says_that_it_is_closed() -> None:
    for wanted in states.MOVES:
        if wanted != "received":
            with pytest.raises(Problem, match="is_closed"):
                states.check_move("closed", wanted)


@pytest.mark.parametrize(
    ("state", "acknowledged", "assessed", "news", "need"),
    [
        ("received", False, False, False, "acknowledge"),
        ("accepted", False, True, True, "acknowledge"),
        ("received", True, False, False, "assess"),
        ("deferred", True, False, False, "assess"),
        ("valid", True, True, True, "read"),
        ("valid", True, True, False, "accept"),
        ("accepted", True, True, False, ""),
        ("invalid", True, True, False, ""),
        ("closed", False, False, False, ""),
        ("closed", True, True, True, "read"),
    ],
)
def test_the_next_thing_owed(state: str, acknowledged: bool, assessed: bool, news: bool, need: str) -> None:
    found = states.need(state, is_acknowledged=acknowledged, is_assessed=assessed, has_news=news)
    assert found == need


def test_every_value_has_a_word() -> None:
    assert set(words.STATES) == set(states.STATES) == set(states.MOVES)
    assert set(words.SOURCES) == set(states.SOURCES)
    assert set(words.KINDS) == set(states.KINDS) == set(states.TEAMS) == set(states.IDENTITY_TEAMS)
    assert set(words.VERDICTS) == set(states.VERDICTS)
    assert set(words.SAID) == set(submission.SAID)


@pytest.mark.parametrize("key", answers.KEYS)
def test_every_answer_begins_in_both_languages_with_the_number(key: str) -> None:
    text = answers.answer(key, "REP-26-7K3QD")
    for language in ("ja", "en"):
        assert "REP-26-7K3QD" in text.exact(language)
        assert "%" not in text.exact(language)
        assert text.is_fresh_in(language)


def test_there_is_an_answer_for_every_verdict() -> None:
    assert set(states.VERDICTS) < set(answers.KEYS)
