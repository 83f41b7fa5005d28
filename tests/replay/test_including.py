"""A replay may bring its teams, people and catalogue from a file beside it; what it says itself wins."""

from pathlib import Path

import pytest

from okiagari.problems import Problem
from okiagari.replay import reading
from okiagari.replay.including import included

HOUSE = """\
replay: 1
name: house
title: {en: House}
teams: [{key: psirt, kind: psirt, name: {en: Team}}, {key: dev, kind: development, name: {en: Development}}]
people: [{username: tanaka, roles: [member], teams: [psirt], name: {en: Tanaka}}]
catalogue: {organisations: [{key: maker, kind: maker, name: {en: Maker}}]}
events: []
"""
STORY = """\
replay: 1
name: story
title: {en: Story}
include: [house]
teams: [{key: psirt, kind: psirt, name: {en: Our own words}}]
events:
  - {at: 2015-08-01T10:00, by: tanaka, do: cases.open_case, with: {title: {en: One}, kinds: [product]}}
"""


def test_the_file_beside_a_replay_brings_its_people(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(HOUSE)
    (tmp_path / "story.yaml").write_text(STORY)
    story = reading.read(tmp_path / "story.yaml")
    assert [person.username for person in story.given.people] == ["tanaka"]
    assert story.given.catalogue["organisations"][0]["key"] == "maker"


def test_what_the_replay_says_itself_wins_and_stands_first(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(HOUSE)
    (tmp_path / "story.yaml").write_text(STORY)
    teams = reading.read(tmp_path / "story.yaml").given.teams
    assert [(team.key, team.name["en"]) for team in teams] == [
        ("psirt", "Our own words"),
        ("dev", "Development"),
    ]


def test_the_house_that_comes_along_can_be_included_from_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(STORY.replace("[house]", "[sample-house]").replace("tanaka", "sample-member"))
    assert "sample-approver" in {person.username for person in reading.read(path).given.people}


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(STORY.replace("[house]", "[nowhere]"))
    with pytest.raises(Problem) as raised:
        reading.read(path)
    assert raised.value.definition.code == "replay.unknown_name"


def test_events_are_never_taken_from_elsewhere() -> None:
    own = {"include": ["other"], "events": [1]}
    assert included(own, lambda _: {"events": [2, 3], "teams": [{"key": "a"}]})["events"] == [1]


def test_a_comma_without_quotation_marks_is_found_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        STORY.replace("[house]", "[sample-house]")
        .replace("tanaka", "sample-member")
        .replace("title: {en: One}", "title: {en: Stock of shops, warehouses}")
    )
    with pytest.raises(Problem) as raised:
        reading.read(path)
    assert raised.value.parameters["line"] == 7
    assert "warehouses" in raised.value.message
    assert "quotation marks" in raised.value.hint
