"""Playbooks: task templates per situation, and the facts that tick a task off by themselves.

In: a case and the name of a playbook (a TOML file beside this module). Out: tasks with owner and due
time. A task whose deed shows in the ledger is finished by that line: nothing is typed twice.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from okiagari.cases import actions as cases
from okiagari.cases.models import Case, Task
from okiagari.desk.aggregates import find
from okiagari.desk.models import Team
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.flow import telling
from okiagari.flow.streams import case_of
from okiagari.plumbing import clock
from okiagari.plumbing.ledger import Entry
from okiagari.plumbing.wording import house_language
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

FOLDER = Path(__file__).parent / "playbooks"
NO_SUCH_PLAYBOOK = define(
    "flow.no_such_playbook",
    Kind.INVALID,
    gettext_noop("There is no playbook “%(playbook)s”."),
    gettext_noop("The playbooks are: %(known)s."),
)


@dataclass(frozen=True)
class Template:
    """One task of a playbook. `team_kind` owns it; `done_by` is the verb (and facts) that shows it done."""

    key: str
    title: LocalText
    team_kind: str
    days: int | None
    verb: str
    where: Mapping[str, Any]


@dataclass(frozen=True)
class Playbook:
    key: str
    name: LocalText
    when: LocalText
    tasks: tuple[Template, ...]


@cache
def playbooks() -> Mapping[str, Playbook]:
    """Every playbook that ships with the system, by key."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}


def _read(path: Path) -> Playbook:
    data = tomllib.loads(path.read_text())
    tasks = tuple(
        Template(
            key=task["key"],
            title=LocalText.from_json(task["title"]),
            team_kind=task["team"],
            days=task.get("days"),
            verb=task.get("done_by", {}).get("verb", ""),
            where={name: value for name, value in task.get("done_by", {}).items() if name != "verb"},
        )
        for task in data["tasks"]
    )
    return Playbook(path.stem, LocalText.from_json(data["name"]), LocalText.from_json(data["when"]), tasks)


def apply(subject: Subject, case_id: str, playbook: str) -> int:
    """Give a case the tasks of a playbook, once each. Returns how many are new. Raises NO_SUCH_PLAYBOOK."""
    if playbook not in playbooks():
        raise NO_SUCH_PLAYBOOK(playbook=playbook, known=", ".join(playbooks())).at("playbook")
    case = find(subject, Case, case_id)
    known = set(Task.objects.filter(case=case).values_list("key", flat=True))
    new = [task for task in playbooks()[playbook].tasks if f"{playbook}.{task.key}" not in known]
    teams = _teams(case)
    for task in new:
        due = clock.now() + timedelta(days=task.days) if task.days is not None else None
        cases.add_task(
            subject,
            case_id,
            title=task.title,
            team=teams.get(task.team_kind),
            due_at=due,
            key=f"{playbook}.{task.key}",
        )
    return len(new)


def _teams(case: Case) -> dict[str, str]:
    """One team per kind, of those that were let in. A kind without any leaves its tasks to who leads."""
    inside = Team.objects.filter(principal__grants__scope_id=case.scope_id).order_by("-pk")
    return {team.kind: team.key for team in inside}


def hear(entry: Entry) -> None:
    """A case got a playbook: add its tasks. A deed shows in a line: finish the task it was."""
    if entry.verb in ("cases.opened", "cases.described") and entry.facts.get("playbook"):
        apply(SYSTEM, entry.stream_key, entry.facts["playbook"])
    for case_id in _cases_of(entry):
        _tick(case_id, entry)


def _cases_of(entry: Entry) -> list[str]:
    number = case_of(entry)
    if number:
        return [number]
    return [str(each) for each in entry.facts.get("cases", [])]


def _tick(case_id: str, entry: Entry) -> None:
    open_tasks = Task.objects.filter(case__public_id=case_id, done_at=None, dropped_at=None).exclude(key="")
    for task in open_tasks:
        template = _template(task.key)
        if template and template.verb == entry.verb and _fits(template.where, entry.facts):
            with house_language():
                outcome = telling.sentence(entry.verb, entry.facts)
            cases.finish_task(SYSTEM, task.public_id, outcome=outcome)


def _template(task_key: str) -> Template | None:
    playbook, _, key = task_key.partition(".")
    tasks = playbooks()[playbook].tasks if playbook in playbooks() else ()
    return next((each for each in tasks if each.key == key), None)


def _fits(where: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    return all(facts.get(name) == value for name, value in where.items())
