"""Reads a replay file and checks all of it before anything is played.

In: YAML. Out: a frozen `Replay`, or a problem that names the line, the field and what is allowed there.
"""

import re
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
import yaml

from okiagari.desk.subjects import Role
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.replay import texts
from okiagari.replay.including import included, pictured
from okiagari.replay.moving import moved, whole_weeks
from okiagari.replay.problems import UNKNOWN_NAME, UNREADABLE, WRONG
from okiagari.standards import yaml12
from okiagari.standards.localtext import LANGUAGES

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_FROM_TODAY = re.compile(
    r"^today(?:\s*(?P<sign>[+-])\s*(?P<days>\d{1,4})\s*days?)?\s+(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)$"
)
STORIES = Path(__file__).parent / "stories"
FORM = 1
Path_ = tuple[Hashable, ...]


class PersonIn(msgspec.Struct, forbid_unknown_fields=True):
    username: str
    name: dict[str, str]
    roles: list[str]
    teams: list[str] = []
    organisation: str = ""
    language: str = "ja"


class TeamIn(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    kind: str
    name: dict[str, str]


class EventIn(msgspec.Struct, forbid_unknown_fields=True, rename={"name": "as", "arguments": "with"}):
    """One deed: when, by whom, which verb, with what. `as` names its result for later events."""

    at: Any
    by: str
    do: str
    arguments: dict[str, Any] = {}
    name: str = ""
    assumed: bool = False
    note: str = ""


class ReplayIn(msgspec.Struct, forbid_unknown_fields=True):
    replay: int
    name: str
    title: dict[str, str]
    events: list[EventIn]
    about: dict[str, str] = {}
    zone: str = "Asia/Tokyo"
    include: list[str] = []
    teams: list[TeamIn] = []
    people: list[PersonIn] = []
    catalogue: dict[str, Any] = {}


@dataclass(frozen=True)
class Place:
    """Where something stands: the file and the lines of its parts."""

    file: str
    lines: dict[Path_, int]

    def line(self, path: Path_) -> int:
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def wrong(self, path: Path_, why: str, allowed: str) -> Problem:
        field = ".".join(str(part) for part in path) or "the file"
        return WRONG(file=self.file, line=self.line(path), field=field, why=why, allowed=allowed)


@dataclass(frozen=True)
class Replay:
    """A file that can be played."""

    given: ReplayIn
    place: Place
    zone: ZoneInfo
    today: date
    """The day it is played, for times written as ``today - 3 days 10:30``."""
    shift: timedelta = timedelta()
    """By how much every date of the file was moved."""

    def instant(self, number: int) -> datetime:
        """When the event of this number happens. Raises WRONG."""
        return self.as_instant(self.given.events[number].at, ("events", number, "at"))

    def as_instant(self, value: object, path: Path_) -> datetime:
        """An instant written in the replay's zone, or with its own offset."""
        if isinstance(value, str) and value.startswith("today"):
            return self._from_today(value, path)
        if isinstance(value, str):
            with suppress(ValueError):
                value = datetime.fromisoformat(value.replace(" JST", "+09:00"))
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=self.zone)
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day, 9, tzinfo=self.zone)
        raise self.place.wrong(path, f"“{value}” is no date", "2015-08-18 or 2015-08-18T10:00")

    def end_of(self, text: str) -> datetime:
        """Until when to play, as the file writes it: an instant, the end of a day, "now". Raises WRONG."""
        if text == "now":
            return clock.now()
        moves = not text.startswith("today")
        return self._end_of(text) + (self.shift if moves else timedelta())

    def _end_of(self, text: str) -> datetime:
        if _DAY.match(text):
            return self.as_instant(f"{text}T23:59:59.999999", ("--until",))
        return self.as_instant(text, ("--until",))

    def _from_today(self, text: str, path: Path_) -> datetime:
        """``today - 3 days 10:30``: an instant that moves with the day the replay is played."""
        found = _FROM_TODAY.match(text)
        if found is None:
            raise self.place.wrong(path, f"“{text}” is no date", "today - 3 days 10:30, today 09:00")
        days = int(found["days"] or 0) * (-1 if found["sign"] == "-" else 1)
        day = self.today + timedelta(days=days)
        return datetime(
            day.year, day.month, day.day, int(found["hour"]), int(found["minute"]), tzinfo=self.zone
        )


def find(name: str) -> Path:
    """The file of that path, or the replay of that name that comes along. Raises UNKNOWN_NAME."""
    path = Path(name)
    if path.is_file():
        return path
    known = sorted(each.stem for each in STORIES.glob("*.yaml"))
    if name in known:
        return STORIES / f"{name}.yaml"
    raise UNKNOWN_NAME(name=name, known=", ".join(known))


def last_day(path: Path) -> str:
    """The day of the last event, as `read` takes it for `now_at`; empty where nothing happens."""
    story = read(path)
    events = story.given.events
    return story.instant(len(events) - 1).astimezone(story.zone).date().isoformat() if events else ""


def read(path: Path, *, now_at: str = "") -> Replay:
    """Read and check the shape of a replay. Raises UNREADABLE or WRONG.

    `now_at`: a day or instant of the story; everything is moved by whole weeks so that it lies in this week.
    """
    node, data = _parsed(path)
    place = Place(path.name, _lines(node))
    data = included(data, lambda name: _parsed(_beside(path, name))[1])
    given = _shape(data, place)
    try:
        zone = ZoneInfo(given.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise place.wrong(("zone",), f"“{given.zone}” is no time zone", "a zone such as Asia/Tokyo") from None
    today = clock.today(zone)
    shift = timedelta()
    if now_at:
        shift = whole_weeks(Replay(given, place, zone, today).end_of(now_at).astimezone(zone).date(), today)
        given = _shape(moved(data, shift), place)
    replay = Replay(given, place, zone, today, shift)
    _check_form(replay)
    _check_texts(place, data)
    _check_order(replay)
    _check_people(replay)
    _check_names(replay)
    return replay


def _parsed(path: Path) -> tuple[yaml.Node | None, Any]:
    """What a file holds, with the places of its parts. Raises UNREADABLE."""
    try:
        text = path.read_text(encoding="utf-8")
        return yaml12.compose(text), pictured(yaml12.load(text), path.parent)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UNREADABLE(file=path.name, why=" ".join(str(error).split())) from None


def _beside(path: Path, name: str) -> Path:
    """The file of that name beside the replay, or the one that comes along."""
    beside = path.with_name(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    return beside if beside.is_file() else find(name)


def _shape(data: object, place: Place) -> ReplayIn:
    try:
        return msgspec.convert(data, ReplayIn)
    except msgspec.ValidationError as error:
        why, _, where = str(error).partition(" - at `")
        path = path_of(where.rstrip("`"))
        raise place.wrong(path, why, _fields(path)) from None


def path_of(where: str) -> Path_:
    """``$.events[3].at`` as a path."""
    parts: list[Hashable] = []
    for part in where.removeprefix("$").strip(".").split("."):
        name, *indexes = part.replace("]", "").split("[")
        parts += [name] if name else []
        parts += [int(index) if index.isdecimal() else index for index in indexes]
    return tuple(parts)


def _fields(path: Path_) -> str:
    structs: dict[str, type[msgspec.Struct]] = {"events": EventIn, "people": PersonIn, "teams": TeamIn}
    struct = structs.get(str(path[0]), ReplayIn) if path else ReplayIn
    return ", ".join(field.encode_name for field in msgspec.structs.fields(struct))


def _lines(node: yaml.Node | None) -> dict[Path_, int]:
    found: dict[Path_, int] = {}

    def walk(each: yaml.Node | None, path: Path_) -> None:
        if each is None:
            return
        found.setdefault(path, each.start_mark.line + 1)
        if isinstance(each, yaml.MappingNode):
            for key, value in each.value:
                found[(*path, key.value)] = key.start_mark.line + 1
                walk(value, (*path, key.value))
        elif isinstance(each, yaml.SequenceNode):
            for index, value in enumerate(each.value):
                walk(value, (*path, index))

    walk(node, ())
    return found


def _check_texts(place: Place, data: object) -> None:
    for path in texts.strange(data):
        allowed = f"{', '.join(LANGUAGES)}; put a text with a comma in quotation marks"
        raise place.wrong(path, f"a text has no language “{path[-1]}”", allowed)


def _check_order(replay: Replay) -> None:
    before: datetime | None = None
    for number in range(len(replay.given.events)):
        at = replay.instant(number)
        if before is not None and at < before:
            why = "the event lies before the one above it"
            raise replay.place.wrong(("events", number, "at"), why, f"{before.isoformat()} or later")
        before = at


def _check_people(replay: Replay) -> None:
    teams, roles = {team.key for team in replay.given.teams}, [role.value for role in Role]
    for number, person in enumerate(replay.given.people):
        for field, values, known in (("roles", person.roles, roles), ("teams", person.teams, sorted(teams))):
            for place, value in enumerate(values):
                if value not in known:
                    path = ("people", number, field, place)
                    raise replay.place.wrong(path, f"there is no “{value}”", ", ".join(known))
    known_people = {person.username for person in replay.given.people} | {"system"}
    for number, event in enumerate(replay.given.events):
        if event.by not in known_people:
            why = f"nobody is called “{event.by}”"
            raise replay.place.wrong(("events", number, "by"), why, ", ".join(sorted(known_people)))


def _check_names(replay: Replay) -> None:
    given: set[str] = set()
    for number, event in enumerate(replay.given.events):
        if event.name in given:
            why = f"“{event.name}” is the name of an earlier result"
            raise replay.place.wrong(("events", number, "as"), why, "a name that is not given yet")
        given |= {event.name} - {""}


def _check_form(replay: Replay) -> None:
    if replay.given.replay != FORM:
        why = f"this is form {replay.given.replay} of a replay"
        raise replay.place.wrong(("replay",), why, str(FORM))
