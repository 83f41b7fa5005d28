"""A wrong replay says in which line, at which field, what is wrong and what is allowed; nothing is played."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from okiagari.cases.models import Case
from okiagari.desk.models import Person
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.replay import player, reading, verbs
from okiagari.replay.player import Played
from tests.support.stories import a_world

GOOD = """\
replay: 1
name: tiny
title: {ja: 小さな例, en: A small one}
teams:
  - {key: psirt, kind: psirt, name: {ja: 対策チーム, en: Team}}
people:
  - {username: tanaka, roles: [member], teams: [psirt], name: {ja: 田中, en: Tanaka}}
  - {username: sato, roles: [support], name: {ja: 佐藤, en: Sato}}
events:
  - at: 2015-08-01T10:00
    by: tanaka
    do: cases.open_case
    as: case
    with:
      title: {ja: 件, en: Case}
      kinds: [product]
  - at: 2015-08-02
    by: tanaka
    do: cases.add_task
    assumed: true
    with:
      case_id: $case
      title: 電話する
      due_at: 2015-08-05T18:00
"""
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def play(tmp_path: Path, db: None) -> Callable[..., Played]:
    """Plays a text as a replay, in a world of its own."""

    def played(text: str, **more: Any) -> Played:
        path = tmp_path / "tiny.yaml"
        path.write_text(text, encoding="utf-8")
        with a_world(tmp_path):
            return player.play(reading.read(path), **more)

    return played


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_a_good_one_plays(play: Callable[..., Played]) -> None:
    done = play(GOOD)
    assert (done.events, done.assumed) == (2, 1)
    assert done.last == datetime(2015, 8, 2, 9, tzinfo=TOKYO), "a day without an hour begins at nine"
    case = Case.objects.get()
    assert case.opened_at == datetime(2015, 8, 1, 10, tzinfo=TOKYO), "read in the zone of the replay"
    assert done.results["case"] == case.public_id


WRONG = {
    "an unknown verb": ("do: cases.add_task", "do: cases.add_tasks", "events.1.do", "cases.add_task"),
    "an unknown argument": ("      due_at:", "      until:", "events.1.with.until", "due_at"),
    "a missing argument": ("      title: 電話する\n", "", "events.1.with", "title"),
    "a text with a comma that lacks its quotes": (
        "title: {ja: 件, en: Case}",
        "title: {ja: 件, en: Case, and more}",
        "events.0.with.title",
        "",
    ),
    "an argument of the wrong type": ("kinds: [product]", "kinds: 7", "events.0.with.kinds", ""),
    "an instant that is none": ("2015-08-05T18:00", "soon", "events.1.with.due_at", "2015-08-18T10:00"),
    "a date that does not exist": ("at: 2015-08-02", "at: 2015-02-30", "events.1.at", "2015-08-18"),
    "an unknown field of an event": ("    as: case", "    name: case", "events.0", "as"),
    "an unknown field of the file": ("name: tiny", "title_of: tiny", "", "name"),
    "an event without a person": ("    by: tanaka\n    do: cases.add", "    do: cases.add", "events.1", "by"),
    "an unknown person": (
        "by: tanaka\n    do: cases.add",
        "by: suzuki\n    do: cases.add",
        "events.1.by",
        "tanaka",
    ),
    "an unknown role": ("roles: [support]", "roles: [king]", "people.1.roles.0", "support"),
    "an unknown team": ("teams: [psirt]", "teams: [csirt]", "people.0.teams.0", "psirt"),
    "events in the wrong order": ("at: 2015-08-02", "at: 2015-07-02", "events.1.at", "or later"),
    "a name that was never given": ("$case", "$cases", "events.1.with", "$case"),
    "a name given twice": ("    assumed: true", "    as: case", "events.1.as", "not given yet"),
    "a zone that is none": ("name: tiny", "name: tiny\nzone: Asia/Edo", "zone", "Asia/Tokyo"),
    "another form of file": ("replay: 1", "replay: 2", "replay", "1"),
    "a text where a list belongs": ("roles: [support]", "roles: support", "people.1.roles", "username"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_file_line_field_and_what_is_allowed(
    name: str, play: Callable[..., Played]
) -> None:
    old, new, field, allowed = WRONG[name]
    assert GOOD.count(old) == 1, "the test changes one place"
    with pytest.raises(Problem) as raised:
        play(GOOD.replace(old, new))
    problem = raised.value
    assert problem.code == "replay.wrong"
    assert problem.parameters["file"] == "tiny.yaml"
    assert str(problem.parameters["field"]).startswith(field)
    assert allowed in str(problem.parameters["allowed"])
    assert problem.parameters["why"]
    assert not Person.objects.exists()
    assert not Case.objects.exists()


def test_the_line_is_the_line(play: Callable[..., Played]) -> None:
    for old, new in (("do: cases.add_task", "do: x.y"), ("kinds: [product]", "kinds: 7"), ("zone", "zone")):
        text = (
            GOOD.replace(old, new)
            if old != "zone"
            else GOOD.replace("replay: 1", "replay: 1\nzone: Mars/Base")
        )
        with pytest.raises(Problem) as raised:
            play(text)
        assert raised.value.parameters["line"] == line_of(text, new if old != "zone" else "Mars")


@pytest.mark.parametrize(
    "text", ["", "- a\n- b\n", "just words", "42"], ids=["empty", "list", "words", "number"]
)
def test_a_file_that_holds_no_replay_is_wrong(text: str, play: Callable[..., Played]) -> None:
    with pytest.raises(Problem) as raised:
        play(text)
    assert raised.value.code == "replay.wrong"
    assert raised.value.parameters["line"] == 1


def test_a_file_that_is_no_yaml_cannot_be_read(play: Callable[..., Played], tmp_path: Path) -> None:
    with pytest.raises(Problem) as raised:
        play("replay: [1\nname: {")
    assert raised.value.code == "replay.unreadable"
    (tmp_path / "latin.yaml").write_bytes(b"title: M\xe4rchen")
    with pytest.raises(Problem) as raised:
        reading.read(tmp_path / "latin.yaml")
    assert raised.value.code == "replay.unreadable"


def test_a_name_that_is_neither_file_nor_replay_says_which_there_are() -> None:
    with pytest.raises(Problem) as raised:
        reading.find("np-bbrz")
    assert raised.value.code == "replay.unknown_name"
    assert "np-bbrs" in str(raised.value.parameters["known"])


def test_a_refused_event_says_where_it_stands_and_why(play: Callable[..., Played]) -> None:
    text = GOOD.replace("by: tanaka\n    do: cases.open", "by: sato\n    do: cases.open")
    with pytest.raises(Problem) as raised:
        play(text)
    problem = raised.value
    assert problem.code == "replay.failed"
    assert (problem.parameters["file"], problem.parameters["verb"]) == ("tiny.yaml", "cases.open_case")
    assert problem.parameters["line"] == line_of(text, "with:")
    assert "cases.open" in str(problem.parameters["why"])
    assert not Case.objects.exists()


def test_a_refused_event_points_at_the_field_that_was_refused(play: Callable[..., Played]) -> None:
    text = GOOD.replace("kinds: [product]", "kinds: [planet]")
    with pytest.raises(Problem) as raised:
        play(text)
    assert raised.value.parameters["field"] == "events.0.with.kinds"
    assert raised.value.parameters["line"] == line_of(text, "planet")


def test_a_wrong_catalogue_says_where(play: Callable[..., Played]) -> None:
    text = GOOD.replace("events:", "catalogue:\n  products:\n    - {model: X-1, team: nobody}\nevents:")
    with pytest.raises(Problem) as raised:
        play(text)
    assert raised.value.code == "replay.failed"
    assert str(raised.value.parameters["field"]).startswith("catalogue")
    assert int(str(raised.value.parameters["line"])) >= line_of(text, "catalogue:")


def test_a_job_that_stumbles_ends_the_play(
    play: Callable[..., Played], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from okiagari.plumbing import jobs

    caplog.set_level("CRITICAL", "okiagari.jobs")
    monkeypatch.setattr(jobs, "_handlers", {})
    enqueue = jobs.enqueue
    monkeypatch.setattr(
        player, "_note_steps", lambda at, _: enqueue("nobody.handles", {}, run_at=at, key="x")
    )
    with pytest.raises(Problem) as raised:
        play(GOOD)
    assert "nobody.handles" in str(raised.value)


@pytest.mark.parametrize(
    ("until", "events"),
    [
        ("2015-07-31", 0),
        ("2015-08-01", 1),
        ("2015-08-01T09:59", 0),
        ("2015-08-01T10:00", 1),
        ("2015-08-02", 2),
    ],
)
def test_until_stops_after_that_day_or_instant(
    play: Callable[..., Played], tmp_path: Path, until: str, events: int
) -> None:
    path = tmp_path / "until.yaml"
    path.write_text(GOOD)
    limit = reading.read(path).end_of(until)
    assert play(GOOD, until=limit).events == events


def test_times_may_move_with_the_day_a_replay_is_played(play: Callable[..., Played]) -> None:
    text = GOOD.replace("at: 2015-08-01T10:00", "at: today - 3 days 10:30")
    text = text.replace("at: 2015-08-02", "at: today 09:00").replace(
        "2015-08-05T18:00", "today + 2 days 18:00"
    )
    with clock.at(datetime(2026, 3, 10, 12, tzinfo=TOKYO)):
        play(text)
    assert Case.objects.get().opened_at == datetime(2026, 3, 7, 10, 30, tzinfo=TOKYO)


def test_every_verb_of_a_replay_is_an_action_with_typed_arguments() -> None:
    found = verbs.verbs()
    assert len(found) > 60
    for verb in found.values():
        assert verb.types, verb.name
        assert set(verb.required) <= set(verb.types), verb.name
        assert "subject" not in verb.types
        assert "version" not in verb.types


@pytest.mark.parametrize("path", sorted(reading.STORIES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_replay_that_comes_along_is_well_formed(path: Path) -> None:
    story = reading.read(path)
    player.check(story)
    assert set(story.given.title) == {"ja", "en"}
    assert story.given.name == path.stem
