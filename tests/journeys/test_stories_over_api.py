"""A story that comes along, driven by programs, ends exactly as the player ends it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.cache import cache
from django.db import transaction

from okiagari.replay import player, reading
from okiagari.replay.outcome import outcome
from okiagari.replay.player import Played
from okiagari.replay.reading import Replay
from tests.support.driven import driven
from tests.support.stories import a_world

pytestmark = pytest.mark.django_db
STORIES = ("wfs-sr01",)
FEW = 40
NUMBER = re.compile(r"\b[A-Z]{2,4}-\d\d-[0-9A-Z]{5}\b")
SEAL = re.compile(r"\b[0-9a-f]{64}\b")
COMPARED = (
    "title",
    "step",
    "level",
    "steps",
    "missing",
    "vulnerabilities",
    "judgements",
    "affectedness",
    "measures",
    "tasks",
    "clocks",
    "publications",
    "lessons",
)


def with_a_small_fleet(story: Replay) -> Replay:
    """A crowd of units shows nothing here that a few do not."""
    events = [
        msgspec.structs.replace(each, arguments={**each.arguments, "units": FEW})
        if each.do == "fleet.adoption"
        else each
        for each in story.given.events
    ]
    return replace(story, given=msgspec.structs.replace(story.given, events=events))


@contextmanager
def a_house_of_its_own(folder: Path) -> Iterator[None]:
    """What happens inside has not happened afterwards."""
    folder.mkdir()
    cache.clear()
    with transaction.atomic(), a_world(folder):
        yield
        transaction.set_rollback(True)


def told(played: Played) -> dict[str, Any]:
    """The outcome with names instead of random numbers, and lists in an order that does not hang on them."""
    names = {value: f"${name}" for name, value in played.results.items() if isinstance(value, str)}

    def plainly(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plainly(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [plainly(each) for each in value]
        if isinstance(value, str):
            return SEAL.sub("seal", NUMBER.sub(lambda found: names.get(found[0], "number"), value))
        return value

    whole = outcome(played)
    return {
        "events": whole["events"],
        "cases": [
            {part: sorted_by_words(plainly(case[part])) for part in COMPARED} for case in whole["cases"]
        ],
    }


def only_in(some: Any, others: Any) -> Any:
    """What the ones have and the others have not, so that a failure says it in few words."""
    if isinstance(some, list):
        return [each for each in some if each not in others]
    return some


def sorted_by_words(value: Any) -> Any:
    return sorted(value, key=repr) if isinstance(value, list) else value


@pytest.mark.parametrize("name", STORIES)
def test_a_story_driven_by_programs_ends_as_the_player_ends_it(name: str, tmp_path: Path) -> None:
    story = with_a_small_fleet(reading.read(reading.find(name)))
    with a_house_of_its_own(tmp_path / "played"):
        wanted = told(player.play(story))
    with a_house_of_its_own(tmp_path / "driven"):
        found = told(driven(story))
    for mine, theirs in zip(found["cases"], wanted["cases"], strict=True):
        for part in COMPARED:
            assert only_in(mine[part], theirs[part]) == only_in(theirs[part], mine[part]), part
    assert found == wanted
