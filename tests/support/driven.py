"""Plays a replay through the programs' door: every deed by the token of its person, at its own time.

The events are those of the file; nothing but the request is made here. What falls due in between runs at its
time, as in the player. Units are not programs of people: what a fleet reports goes the player's way.
"""

import string
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from okiagari.desk import people
from okiagari.desk.subjects import SYSTEM, Door
from okiagari.plumbing import clock, jobs, outside
from okiagari.plumbing.plain import plain
from okiagari.replay import player, verbs
from okiagari.replay.player import Played
from okiagari.replay.reading import Replay
from tests.support.program import Program
from tests.support.translated import DEEDS, Deed

UNITS = "fleet."
LONG = 3650


def driven(story: Replay) -> Played:
    """Play the whole story over HTTP."""
    settled = replace(story, given=_without_events(story))
    first = story.instant(0)
    with outside.silent(), clock.at(first):
        played = player.play(settled)
        programs = {each.username: _program(each.username) for each in story.given.people}
        for number in range(len(story.given.events)):
            at = story.instant(number)
            player.run_jobs(at, played)
            with clock.at(at):
                _one(story, number, played, programs)
            player._note_steps(at, played)
    return played


def _without_events(story: Replay) -> Any:
    import msgspec

    return msgspec.structs.replace(story.given, events=[])


def _program(username: str) -> Program:
    _, secret = people.make_token(people.named(username, Door.WEB), label="journey", days=LONG)
    return Program(secret)


def _one(story: Replay, number: int, played: Played, programs: dict[str, Program]) -> None:
    event = story.given.events[number]
    given = verbs.arguments(story, number, played.results)
    if event.do.startswith(UNITS):
        result: Any = verbs.verbs()[event.do].function(SYSTEM, **given)
    else:
        assert event.do in DEEDS, f"{event.do} has no operation at the programs' door"
        result = _asked(programs[event.by], DEEDS[event.do], plain(given), f"line {number}: {event.do}")
    jobs.run_due()
    player._check_jobs()
    if event.name:
        played.results[event.name] = result
    played.last = clock.now()  # from there the end is looked at, as in the player
    played.events += 1
    played.assumed += event.assumed


def _asked(program: Program, deed: Deed, given: dict[str, Any], which: str) -> Any:
    if deed.shape:
        given = deed.shape(program, dict(given))
    holes = {name for _, name, _, _ in string.Formatter().parse(deed.path) if name}
    path = deed.path.format(**{name: quote(str(given[name]), safe="") for name in holes})
    names = dict(deed.names)
    body = {names.get(name, name): value for name, value in given.items() if name not in holes}
    answer = program.form(path, body) if deed.is_form else program._send(deed.method, path, body)
    assert answer.status < 400, f"{which}: {deed.method} {path}: {answer.status} {answer.content.decode()}"
    return answer[deed.result] if deed.result else None
