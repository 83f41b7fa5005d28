"""Playbooks: task templates per situation, and the facts that tick a task off by themselves.

In: a case and the name of a playbook (a TOML file beside this module). Out: tasks with owner and due
time. A task whose deed shows in the ledger is finished by that line, also by one that was written before
the playbook was applied: nothing is typed twice. A task that comes `after` others is given when those are
over, and its time counts from then. What a meeting made a task of is ticked off in the same way.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from okiagari.cases import actions as cases
from okiagari.cases.models import Case, Task
from okiagari.desk.aggregates import find_for
from okiagari.desk.models import Team
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.flow import matters, telling
from okiagari.flow.proposing import NOTHING, Conditions
from okiagari.flow.streams import case_of
from okiagari.plumbing import clock, ledger
from okiagari.plumbing.ledger import Entry
from okiagari.plumbing.wording import house_language
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

MEETING = "meeting"
"""Tasks that a meeting made have keys such as ``meeting.tell_jpcert``."""
FOLDER = Path(__file__).parent / "playbooks"
NO_SUCH_PLAYBOOK = define(
    "flow.no_such_playbook",
    Kind.INVALID,
    gettext_noop("There is no playbook “%(playbook)s”."),
    gettext_noop("The playbooks are: %(known)s."),
)


@dataclass(frozen=True)
class Template:
    """One task of a playbook. `team_kind` owns it; `done_by` are the verbs (and facts) that show it done.

    `within`: until when, from the moment it is given; `after`: keys of tasks that are over before.
    """

    key: str
    title: LocalText
    team_kind: str
    within: timedelta | None = None
    verbs: tuple[str, ...] = ()
    where: Mapping[str, Any] = field(default_factory=dict)
    after: tuple[str, ...] = ()

    def is_done_by(self, entry: Entry) -> bool:
        facts = entry.facts
        return entry.verb in self.verbs and all(facts.get(name) == each for name, each in self.where.items())


@dataclass(frozen=True)
class Playbook:
    key: str
    name: LocalText
    when: LocalText
    tasks: tuple[Template, ...]
    proposed: Conditions = NOTHING


@cache
def playbooks() -> Mapping[str, Playbook]:
    """Every playbook that ships with the system, by key."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}


def _read(path: Path) -> Playbook:
    data = tomllib.loads(path.read_text())
    return Playbook(
        path.stem,
        LocalText.from_json(data["name"]),
        LocalText.from_json(data["when"]),
        tuple(_template_of(task) for task in data["tasks"]),
        msgspec.convert(data.get("propose", {}), Conditions),
    )


def _template_of(task: Mapping[str, Any]) -> Template:
    done_by = dict(task.get("done_by", {}))
    verbs = done_by.pop("verb", ())
    is_due = "days" in task or "hours" in task
    return Template(
        key=task["key"],
        title=LocalText.from_json(task["title"]),
        team_kind=task["team"],
        within=timedelta(days=task.get("days", 0), hours=task.get("hours", 0)) if is_due else None,
        verbs=(verbs,) if isinstance(verbs, str) else tuple(verbs),
        where=done_by,
        after=tuple(task.get("after", ())),
    )


def apply(subject: Subject, case_id: str, playbook: str) -> int:
    """Give a case the tasks of a playbook, once each. Returns how many are new. Raises NO_SUCH_PLAYBOOK."""
    if playbook not in playbooks():
        raise NO_SUCH_PLAYBOOK(playbook=playbook, known=", ".join(playbooks())).at("playbook")
    case = find_for(subject, "cases.work", Case, case_id)
    with ledger.action():
        return _give(subject, case, playbooks()[playbook])


def _give(subject: Subject, case: Case, book: Playbook) -> int:
    """Give a case the tasks whose turn it is, once each; what was done already is ticked off at once."""
    tasks = Task.objects.filter(case=case, key__startswith=f"{book.key}.")
    known = {key: bool(done or dropped) for key, done, dropped in tasks.values_list(*_STANDING)}
    new = [task for task in book.tasks if f"{book.key}.{task.key}" not in known and _comes(task, book, known)]
    teams = teams_inside(case.public_id)
    past = ledger.entries([("case", case.public_id)], newest_first=False) if new else ()
    for task in new:
        number = cases.add_task(
            subject,
            case.public_id,
            title=task.title,
            team=teams.get(task.team_kind),
            due_at=clock.now() + task.within if task.within is not None else None,
            key=f"{book.key}.{task.key}",
        )
        shown = next((entry for entry in past if task.is_done_by(entry)), None)
        if shown is not None:
            _finish(number, shown)
    return len(new)


_STANDING = ("key", "done_at", "dropped_at")


def _comes(task: Template, book: Playbook, known: Mapping[str, bool]) -> bool:
    return all(known.get(f"{book.key}.{key}", False) for key in task.after)


def teams_inside(case_id: str) -> dict[str, str]:
    """One team per kind, of those that were let in. A kind without any leaves its tasks to who leads."""
    scope_id = Case.objects.values_list("scope_id", flat=True).get(public_id=case_id)
    inside = Team.objects.filter(principal__grants__scope_id=scope_id).order_by("-pk")
    return {team.kind: team.key for team in inside}


def hear(entry: Entry) -> None:
    """A case got a playbook: give its tasks. A deed shows in a line: finish its task, give the next."""
    if entry.verb in ("cases.opened", "cases.described") and entry.facts.get("playbook"):
        apply(SYSTEM, entry.stream_key, entry.facts["playbook"])
    if entry.verb in _deeds():
        for case_id in _cases_of(entry):
            _tick(case_id, entry)
    if entry.verb in ("cases.task_done", "cases.task_dropped"):
        book = playbooks().get(str(entry.facts.get("key", "")).partition(".")[0])
        case = Case.objects.filter(public_id=entry.stream_key, closed_at=None).first()
        if book and case:
            _give(SYSTEM, case, book)


@cache
def _deeds() -> frozenset[str]:
    """Every verb that finishes a task of some playbook or meeting."""
    of_playbooks = {verb for book in playbooks().values() for task in book.tasks for verb in task.verbs}
    return frozenset(of_playbooks.union(*(matter.verbs for matter in matters.MATTERS)))


def _cases_of(entry: Entry) -> list[str]:
    number = case_of(entry)
    if number:
        return [number]
    return [str(each) for each in entry.facts.get("cases", [])]


def _tick(case_id: str, entry: Entry) -> None:
    open_tasks = Task.objects.filter(case__public_id=case_id, done_at=None, dropped_at=None).exclude(key="")
    for task in open_tasks:
        template = _template(task.key)
        if template and template.is_done_by(entry):
            _finish(task.public_id, entry)


def _finish(task_id: str, entry: Entry) -> None:
    with house_language():
        outcome = telling.sentence(entry.verb, entry.facts)
    cases.finish_task(SYSTEM, task_id, outcome=outcome)


def _template(task_key: str) -> Template | None:
    book, _, key = task_key.partition(".")
    if book == MEETING:
        matter = matters.BY_KEY.get(key)
        return Template(key, LocalText(), "", verbs=matter.verbs, where=matter.where) if matter else None
    tasks = playbooks()[book].tasks if book in playbooks() else ()
    return next((each for each in tasks if each.key == key), None)
