"""Plays a replay: sets the clock to each event, runs what falls due before it, calls the real action.

It writes nothing itself but accounts and the catalogue the file brings along, and those through the
same verbs as everybody. A refused event stops the play; the caller throws the folder away.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from okiagari.catalog import actions as catalog
from okiagari.desk import people
from okiagari.desk.permits import NOTHING_HERE
from okiagari.desk.subjects import SYSTEM, Door, Subject
from okiagari.flow.models import Position
from okiagari.plumbing import anchors, clock, jobs, outside, wording
from okiagari.plumbing.models import Job
from okiagari.problems import Problem
from okiagari.replay import verbs
from okiagari.replay.problems import FAILED, JOB_FAILED, NOT_IN, WRONG
from okiagari.replay.reading import Path_, Replay, path_of
from okiagari.standards.localtext import LocalText

BEFORE = timedelta(days=1)
MOST_JOBS = 10_000


@dataclass
class Played:
    """What came of it: results by name, and when each case changed its step."""

    results: dict[str, Any] = field(default_factory=dict)
    steps: dict[str, list[tuple[str, datetime]]] = field(default_factory=dict)
    last: datetime | None = None
    assumed: int = 0
    events: int = 0


def check(replay: Replay) -> None:
    """Everything that can be wrong before playing: verbs, arguments, references. Raises WRONG."""
    known: set[str] = set()
    for number, event in enumerate(replay.given.events):
        verbs.arguments(replay, number, None)
        for name in verbs.references(event.arguments) - known:
            allowed = ", ".join(f"${each}" for each in sorted(known)) or "no name has been given yet"
            raise replay.place.wrong(("events", number, "with"), f"nothing is called “${name}” yet", allowed)
        if event.name:
            known.add(event.name)


def play(
    replay: Replay,
    *,
    until: datetime | None = None,
    password: str | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> Played:
    """Play all events up to an instant; nothing leaves the house. Raises FAILED with the line of the event
    that was refused."""
    check(replay)
    with outside.silent():
        return _played(replay, until, password, watch)


def _played(
    replay: Replay,
    until: datetime | None,
    password: str | None,
    watch: Callable[[int, int], None] | None,
) -> Played:
    played = Played()
    first = replay.instant(0) if replay.given.events else clock.now()
    with clock.at(first - BEFORE), _refused(replay, ("catalogue",), "catalogue"):
        _settle_in(replay, password)
    for number in range(len(replay.given.events)):
        at = replay.instant(number)
        if until is not None and at > until:
            break
        run_jobs(at, played)
        with clock.at(at):
            _one(replay, number, played)
        _note_steps(at, played)
        if watch:
            watch(number + 1, len(replay.given.events))
    if until is not None and played.last is not None:
        run_jobs(until, played)
    with clock.at(played.last or first):
        anchors.anchor()
    return played


def _settle_in(replay: Replay, password: str | None) -> None:
    inside = SYSTEM.through(Door.REPLAY)
    if replay.given.catalogue.get("organisations"):
        organisations = {"organisations": replay.given.catalogue["organisations"]}
        catalog.import_catalogue(inside, organisations)
    for team in replay.given.teams:
        people.make_team(inside, team.key, kind=team.kind, name=LocalText.from_json(team.name))
    for person in replay.given.people:
        people.make_person(
            inside,
            person.username,
            name=LocalText.from_json(person.name),
            roles=person.roles,
            teams=person.teams,
            organisation=person.organisation,
            language=person.language,
            password=password,
            is_sample=True,
        )
    if replay.given.catalogue:
        catalog.import_catalogue(inside, replay.given.catalogue)


def _subject(username: str) -> Subject:
    return SYSTEM.through(Door.REPLAY) if username == "system" else people.named(username, Door.REPLAY)


def _one(replay: Replay, number: int, played: Played) -> None:
    event = replay.given.events[number]
    verb = verbs.verbs()[event.do]
    with _refused(replay, ("events", number, "with"), event.do, event.by):
        given = verbs.arguments(replay, number, played.results)
        result = verb.function(_subject(event.by), **given)
        jobs.run_due()
        _check_jobs()
    if event.name:
        played.results[event.name] = result
    played.last = clock.now()
    played.events += 1
    played.assumed += event.assumed


@contextmanager
def _refused(replay: Replay, path: Path_, verb: str, by: str = "") -> Iterator[None]:
    """Say of a problem where in the file its cause stands, as closely as the problem knows."""
    try:
        yield
    except Problem as problem:
        if problem.definition is WRONG:
            raise
        if problem.definition is NOTHING_HERE and by:
            line, field = replay.place.line(path), ".".join(str(part) for part in path)
            raise NOT_IN(file=replay.place.file, line=line, field=field, verb=verb, by=by) from problem
        told = wording.told(problem)
        named = [part.field for part in (problem, *problem.parts) if part.field]
        where = (*path, *path_of(named[0] if named else ""))
        raise FAILED(
            file=replay.place.file,
            line=replay.place.line(where),
            field=".".join(str(part) for part in where),
            verb=verb,
            why=" ".join([told.message, *(part.message for part in told.parts)]),
            hint=told.hint,
        ) from problem


def _check_jobs() -> None:
    """A job that stumbles would be tried again later; in a replay it is the end."""
    stumbled = Job.objects.filter(done_at=None, every_seconds=None).exclude(error="").order_by("pk").first()
    if stumbled is not None:
        raise JOB_FAILED(kind=stumbled.kind, why=stumbled.error.strip().rpartition("\n")[2])


def run_jobs(until: datetime, played: Played | None = None) -> None:
    """Run the jobs that fall due up to an instant, each at its own time."""
    for _ in range(MOST_JOBS):
        due = Job.objects.filter(done_at=None, failed_at=None, every_seconds=None, run_at__lte=until)
        job = due.order_by("run_at").first()
        if job is None:
            return
        with clock.at(job.run_at):
            ran = jobs.run_one("replay")
        _check_jobs()
        if played is not None:
            _note_steps(job.run_at, played)
        if not ran:
            return


def _note_steps(at: datetime, played: Played) -> None:
    for case_id, step in Position.objects.values_list("case__public_id", "step"):
        steps = played.steps.setdefault(case_id, [])
        if not steps or steps[-1][0] != step:
            steps.append((step, at.astimezone(UTC)))
